import {
	SCRIPT_GROUPS,
	TOKEN_KINDS,
	type KindFilter,
	type SearchMode,
	type TokenOrder
} from '../../session/links/vocabulary';
import { needleOf } from '../../ui/token/vocabulary-list';
import { REACHES, UNREACHABLE_REACHES, type Reach } from './reach';
import { NO_TOKEN, sizeOf, type VocabularyTable } from './table';

export interface TokenQuery {
	readonly search: string;
	readonly mode: SearchMode;
	/** Name in `SCRIPT_GROUPS`; `null` for any. */
	readonly script: string | null;
	readonly kind: KindFilter | null;
	readonly order: TokenOrder;
}

/** Facts that take a worker: by id, index in `REACHES`; and the ids ordered by text. `null` while they are not known. */
export interface CheckedFacts {
	readonly reaches: Uint8Array | null;
	readonly textOrder: Uint32Array | null;
}

export interface FoundTokens {
	/** Exact matches, then tokens that begin with the search, then those that contain it, each in the chosen order. */
	readonly ids: Uint32Array;
	readonly exact: number;
	readonly beginning: number;
}

/** A search as it is understood; `null` where it is none of the kind. */
export interface ParsedSearch {
	readonly id: number | null;
	/** Each text or list of bytes that a token is compared with. */
	readonly needles: readonly Uint8Array[];
	/** Why nothing can match; `null` if something can. */
	readonly problem: 'id' | 'bytes' | null;
}

const HEX_PAIRS = /^(?:0x|\\x)?[0-9a-f]{2}(?:[\s,]*(?:0x|\\x)?[0-9a-f]{2})*$/i;
/** Looks like bytes and not like a word: "0xe2", "\xe2\x80", "e2 80". */
const SURELY_BYTES = /^(?:0x|\\x)|^[0-9a-f]{2}(?:[\s,]+[0-9a-f]{2})+$/i;

/** Reads `e2 80 90`, `0xe28090`, `\xe2\x80\x90`; `null` for anything else. */
export function parseBytes(search: string): Uint8Array | null {
	const trimmed = search.trim();
	if (!HEX_PAIRS.test(trimmed)) return null;
	const digits = trimmed.replaceAll(/0x|\\x|[\s,]/gi, '');
	return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function parseSearch(search: string, mode: SearchMode): ParsedSearch {
	if (search === '') return { id: null, needles: [], problem: null };
	const bytes = mode === 'bytes' || mode === 'any' ? parseBytes(search) : null;
	const number = /^\s*\d{1,9}\s*$/.test(search) ? Number(search) : null;
	switch (mode) {
		case 'text':
			return { id: null, needles: [needleOf(search)], problem: null };
		case 'id':
			return { id: number, needles: [], problem: number === null ? 'id' : null };
		case 'bytes':
			return {
				id: null,
				needles: bytes ? [bytes] : [],
				problem: bytes ? null : 'bytes'
			};
		case 'any': {
			const isBytes = bytes !== null && SURELY_BYTES.test(search.trim());
			const needles = isBytes ? [needleOf(search), bytes] : [needleOf(search)];
			return { id: number, needles, problem: null };
		}
	}
}

const SPACE = 0x20;
const [EXACT, BEGINNING, INSIDE, NO_MATCH] = [0, 1, 2, 3] as const;

/**
 * How the token `bytes[start, end)` matches. A space before the token does not count unless it is searched, because most
 * words are in a vocabulary with and without one.
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

/** Finds the tokens that match a query. Scans all bytes, which takes milliseconds. */
export function findTokens(
	table: VocabularyTable,
	query: TokenQuery,
	{ reaches, textOrder }: CheckedFacts
): FoundTokens {
	const { vocabulary, kinds, scripts } = table;
	const { bytes, ends } = vocabulary;
	const { id: soughtId, needles, problem } = parseSearch(query.search, query.mode);
	const isSearch = query.search !== '';
	const script = query.script === null ? -1 : SCRIPT_GROUPS.indexOf(query.script);
	const kind = TOKEN_KINDS.findIndex((name) => name === query.kind);
	const wantedReaches = kind < 0 && query.kind !== null ? reachesOf(query.kind) : null;
	const found: [number[], number[], number[]] = [[], [], []];
	const size = sizeOf(table);
	const order = orderOf(table, query.order, textOrder);
	for (let i = 0; i < size; i++) {
		const id = order === null ? i : order[i];
		if (kinds[id] === NO_TOKEN) continue;
		if (script >= 0 && scripts[id] !== script) continue;
		if (kind >= 0 && kinds[id] !== kind) continue;
		if (wantedReaches && !(reaches && wantedReaches.has(REACHES[reaches[id]]))) continue;
		let match: number = isSearch ? NO_MATCH : EXACT;
		if (id === soughtId) match = EXACT;
		else if (problem === null)
			for (const needle of needles) {
				const start = id === 0 ? 0 : ends[id - 1];
				match = Math.min(match, matchOf(bytes, start, ends[id], needle));
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

function reachesOf(filter: KindFilter): ReadonlySet<Reach> {
	return new Set<Reach>(filter === 'inside' ? ['inside'] : UNREACHABLE_REACHES);
}

/** Ids in an order; `null` for the order of ids. */
function orderOf(
	table: VocabularyTable,
	order: TokenOrder,
	textOrder: Uint32Array | null
): Uint32Array | null {
	if (order === 'id') return null;
	return order === 'text' ? textOrder : orderByLength(table, order);
}

/** Lengths of all tokens in bytes, or in characters (code points; a byte of part of one counts as one). */
export function lengthOf(bytes: Uint8Array, unit: 'bytes' | 'characters'): number {
	if (unit === 'bytes') return bytes.length;
	return lengthBetween(bytes, 0, bytes.length);
}

function lengthBetween(bytes: Uint8Array, start: number, end: number): number {
	let characters = 0;
	let first = true;
	for (let at = start; at < end; at++) {
		// Continuation bytes at the beginning are parts of a character.
		if ((bytes[at] & 0xc0) !== 0x80) characters++;
		else if (first) characters = 1;
		first = false;
	}
	return characters;
}

const orders = new WeakMap<VocabularyTable, Map<TokenOrder, Uint32Array>>();

/** Ids by length, the longest first, equal ones by id: a counting sort. */
function orderByLength(table: VocabularyTable, unit: 'bytes' | 'characters'): Uint32Array {
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
	// The longest come first, so counts are added from the end.
	for (const length of lengths) places[longest - length + 1]++;
	for (let i = 1; i < places.length; i++) places[i] += places[i - 1];
	order = new Uint32Array(ends.length);
	for (let id = 0; id < lengths.length; id++) order[places[longest - lengths[id]]++] = id;
	known.set(unit, order);
	return order;
}

/** Ids ordered by the bytes of their tokens, as UTF-8 orders code points. Takes a worker. */
export function orderByText({ vocabulary: { bytes, ends } }: VocabularyTable): Uint32Array {
	const startOf = (id: number) => (id === 0 ? 0 : ends[id - 1]);
	return Uint32Array.from(ends.keys()).sort((a, b) => {
		const [startA, startB] = [startOf(a), startOf(b)];
		const length = Math.min(ends[a] - startA, ends[b] - startB);
		for (let i = 0; i < length; i++) {
			const difference = bytes[startA + i] - bytes[startB + i];
			if (difference !== 0) return difference;
		}
		return ends[a] - startA - (ends[b] - startB) || a - b;
	});
}
