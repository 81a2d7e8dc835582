import {
	SCRIPT_GROUPS,
	TOKEN_KINDS,
	type KindFilter,
	type TokenOrder
} from '../../session/documents/vocabulary';
import { buildVocabulary, type Vocabulary } from '../../engine';
import { decodeUtf8, encodeUtf8, firstInvalidUtf8 } from '../../engine/text';
import { needleOf } from '../../ui/token/vocabulary-list';
import { NO_TOKEN, REACHES, sizeOf, UNREACHABLE_REACHES, type VocabularyTable } from './table';

export interface TokenQuery {
	readonly search: string;
	readonly matchCase: boolean;
	/** Name in `SCRIPT_GROUPS`; `null` for any script. */
	readonly script: string | null;
	readonly kind: KindFilter | null;
	readonly order: TokenOrder;
}

export interface FoundTokens {
	/**
	 * Exact matches, then tokens that begin with the search text, then those that contain it, each in the chosen order.
	 */
	readonly ids: Uint32Array;
	readonly exact: number;
	readonly beginning: number;
}

const HEX_PAIRS = /^(?:0x|\\x)?[0-9a-f]{2}(?:[\s,]*(?:0x|\\x)?[0-9a-f]{2})*$/i;
/** Matches a search that looks like bytes rather than a word: "0xe2", "\xe2\x80", "e2 80". */
const SURELY_BYTES = /^(?:0x|\\x)|^[0-9a-f]{2}(?:[\s,]+[0-9a-f]{2})+$/i;

/** Reads `e2 80 90`, `0xe28090` or `\xe2\x80\x90`; `null` for anything else. */
function parseBytes(search: string): Uint8Array | null {
	const trimmed = search.trim();
	if (!HEX_PAIRS.test(trimmed) || !SURELY_BYTES.test(trimmed)) return null;
	const digits = trimmed.replaceAll(/0x|\\x|[\s,]/gi, '');
	return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Text or bytes to search for, and the vocabulary to search. */
interface Needle {
	readonly bytes: Uint8Array;
	readonly among: Vocabulary;
}

/** Parses a search as an id, if possible, and as the text or bytes to search for. */
function parseSearch(
	{ search, matchCase }: TokenQuery,
	{ vocabulary }: VocabularyTable
): { readonly id: number | null; readonly needles: readonly Needle[] } {
	if (search === '') return { id: null, needles: [] };
	const id = /^\s*\d{1,9}\s*$/.test(search) ? Number(search) : null;
	const text = matchCase
		? { bytes: needleOf(search), among: vocabulary }
		: { bytes: needleOf(search.toLowerCase()), among: lowerCased(vocabulary) };
	const bytes = parseBytes(search);
	return { id, needles: bytes ? [text, { bytes, among: vocabulary }] : [text] };
}

const lowerCasedOnes = new WeakMap<Vocabulary, Vocabulary>();

/** Converts a vocabulary to lower case, except for tokens that aren't whole characters. */
function lowerCased(vocabulary: Vocabulary): Vocabulary {
	let lower = lowerCasedOnes.get(vocabulary);
	if (!lower) {
		const { bytes, ends } = vocabulary;
		const tokens = Array.from(ends, (end, id) => {
			const token = bytes.subarray(id === 0 ? 0 : ends[id - 1], end);
			if (!hasCapitals(token) || firstInvalidUtf8(token) >= 0) return token;
			return encodeUtf8(decodeUtf8(token).toLowerCase());
		});
		lowerCasedOnes.set(vocabulary, (lower = buildVocabulary(tokens)));
	}
	return lower;
}

/** Whether a token may contain a capital letter: an ASCII capital or any non-ASCII character. */
const hasCapitals = (token: Uint8Array): boolean =>
	token.some((byte) => byte >= 0x80 || (byte >= 0x41 && byte <= 0x5a));

const SPACE = 0x20;
const [EXACT, BEGINNING, INSIDE, NO_MATCH] = [0, 1, 2, 3] as const;

/**
 * How the token `bytes[start, end)` matches the search text. A leading space in the token is ignored unless the search
 * text begins with one, because a vocabulary contains most words both with and without the space.
 */
function matchOf(bytes: Uint8Array, start: number, end: number, needle: Uint8Array): number {
	const { length } = needle;
	const [first] = needle;
	const last = end - length;
	for (let at = start; at <= last; at++) {
		if (bytes[at] !== first) continue;
		let same = 1;
		while (same < length && bytes[at + same] === needle[same]) same++;
		if (same < length) continue;
		const begins = at === start || (at === start + 1 && bytes[start] === SPACE);
		return !begins ? INSIDE : at === last ? EXACT : BEGINNING;
	}
	return NO_MATCH;
}

/**
 * Finds the tokens that match a query. Scans all bytes, because this is fast enough to do on every key press.
 * @param reaches index in `REACHES`, by id; `null` while unknown
 */
export function findTokens(
	table: VocabularyTable,
	query: TokenQuery,
	reaches: Uint8Array | null
): FoundTokens {
	const { kinds, scripts } = table;
	const { id: soughtId, needles } = parseSearch(query, table);
	const isSearch = query.search !== '';
	const script = query.script === null ? -1 : SCRIPT_GROUPS.indexOf(query.script);
	const kind = TOKEN_KINDS.findIndex((name) => name === query.kind);
	const wantedReaches = query.kind === 'inside' ? ['inside'] : UNREACHABLE_REACHES;
	const isByReach = kind < 0 && query.kind !== null;
	const found: [number[], number[], number[]] = [[], [], []];
	const size = sizeOf(table);
	const order = query.order === 'id' ? null : orderByLength(table, query.order);
	for (let i = 0; i < size; i++) {
		const id = order === null ? i : order[i];
		if (kinds[id] === NO_TOKEN) continue;
		if (script >= 0 && scripts[id] !== script) continue;
		if (kind >= 0 && kinds[id] !== kind) continue;
		if (isByReach && !(reaches && wantedReaches.includes(REACHES[reaches[id]]))) continue;
		let match: number = isSearch ? NO_MATCH : EXACT;
		if (id === soughtId) match = EXACT;
		else
			for (const { bytes: needle, among } of needles) {
				const start = id === 0 ? 0 : among.ends[id - 1];
				match = Math.min(match, matchOf(among.bytes, start, among.ends[id], needle));
			}
		if (match !== NO_MATCH) found[match].push(id);
	}
	const [exact, beginning] = found;
	return {
		ids: Uint32Array.from(found.flat()),
		exact: exact.length,
		beginning: beginning.length
	};
}

/** Length of a token in bytes or in characters (code points; a partial character counts as one). */
export function lengthOf(bytes: Uint8Array, unit: 'bytes' | 'characters'): number {
	if (unit === 'bytes') return bytes.length;
	return lengthBetween(bytes, 0, bytes.length);
}

function lengthBetween(bytes: Uint8Array, start: number, end: number): number {
	let characters = 0;
	let first = true;
	for (let at = start; at < end; at++) {
		// Continuation bytes at the beginning are a partial character.
		if ((bytes[at] & 0xc0) !== 0x80) characters++;
		else if (first) characters = 1;
		first = false;
	}
	return characters;
}

const orders = new WeakMap<VocabularyTable, Map<TokenOrder, Uint32Array>>();

/** Sorts ids by length (longest first), then by id, with a counting sort. */
export function orderByLength(table: VocabularyTable, unit: 'bytes' | 'characters'): Uint32Array {
	const known = orders.get(table) ?? new Map<TokenOrder, Uint32Array>();
	orders.set(table, known);
	let order = known.get(unit);
	if (order) return order;
	const { bytes, ends } = table.vocabulary;
	const lengths = ends.map((end, id) => {
		const start = id === 0 ? 0 : ends[id - 1];
		return unit === 'bytes' ? end - start : lengthBetween(bytes, start, end);
	});
	const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
	const places = new Uint32Array(longest + 2);
	// The longest tokens come first, so the counts are accumulated from the end.
	for (const length of lengths) places[longest - length + 1]++;
	for (let i = 1; i < places.length; i++) places[i] += places[i - 1];
	order = new Uint32Array(ends.length);
	for (let id = 0; id < lengths.length; id++) order[places[longest - lengths[id]]++] = id;
	known.set(unit, order);
	return order;
}
