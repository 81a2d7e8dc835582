/**
 * Determines which tokens a text can encode to. Besides a token's own text, this tries longer texts, because some
 * tokens occur only inside longer text. The token's bytes are also merged: no merge crosses a token's boundaries, so
 * merging a text produces the token only if merging the token's bytes does.
 */
import type { Tokenizer } from '../../engine';
import { decodeUtf8, firstInvalidUtf8 } from '../../engine/text';
import { TOKEN_KINDS } from '../../session/documents/vocabulary';
import { bytesOf, NO_TOKEN, REACHES, type VocabularyTable } from './table';

const [UNTESTED, OWN, INSIDE, PROVEN, UNREACHABLE, PARTIAL] = REACHES.keys();

/** Number of tokens between progress reports. */
const PROGRESS_STEP = 2048;
/**
 * Texts to try before and after a token: letters, digits, spaces, line endings, and symbols that patterns keep together
 * with the following text. `ſ` ends an English contraction in patterns that ignore case.
 */
const BEFORE = ['', '\n', 'a', 'A', ' ', '1', '.', 'é', '字', ' a', '§', '†', '⌘'];
const AFTER = ['', 'a', ' ', '\n', '1', '.', 's', '\n\n', 'ſ'];

/** Yields progress and returns an index in {@link REACHES} for each id. */
export function* checkReach(
	tokenizer: Tokenizer,
	table: VocabularyTable
): Generator<number, Uint8Array> {
	const { kinds } = table;
	const special = TOKEN_KINDS.indexOf('special');
	const byte = TOKEN_KINDS.indexOf('byte');
	const isFallback = !tokenizer.spec.model.byte_level;
	const reaches = new Uint8Array(kinds.length);
	for (let id = 0; id < kinds.length; id++) {
		if (id % PROGRESS_STEP === PROGRESS_STEP - 1) yield id / kinds.length;
		reaches[id] =
			kinds[id] === NO_TOKEN || kinds[id] === special
				? UNTESTED
				: reachOf(tokenizer, id, bytesOf(table, id), isFallback && kinds[id] === byte);
	}
	return reaches;
}

/** @param isFallback whether the token is used for byte fallback, which doesn't involve merging */
function reachOf(tokenizer: Tokenizer, id: number, bytes: Uint8Array, isFallback: boolean): number {
	const isWhole = firstInvalidUtf8(bytes) < 0;
	const own = isWhole ? tokenizer.decode([id]) : null;
	if (own !== null) {
		const { ids } = tokenizer.encode(own);
		if (ids.length === 1 && ids[0] === id) return OWN;
	}
	const trees = tokenizer.mergeTrees(id);
	// A token without merge trees is listed only in `added_tokens`, so it is matched in text without merging.
	const isMerged = isFallback || trees.length === 0 || (trees.length === 1 && trees[0].id === id);
	if (!isMerged) return PROVEN;
	if (own === null) return isInText(tokenizer, id, bytes);
	return findText(tokenizer, id, own) === null ? UNREACHABLE : INSIDE;
}

/** Returns a text that contains `text` and whose encoding includes the token; `null` if none was found. */
export function findText(tokenizer: Tokenizer, id: number, text: string): string | null {
	for (const before of BEFORE)
		for (const after of AFTER) {
			const longer = before + text + after;
			if (tokenizer.encode(longer).ids.includes(id)) return longer;
		}
	return null;
}

function isInText(tokenizer: Tokenizer, id: number, bytes: Uint8Array): number {
	let isPossible = false;
	for (const completed of completionsOf(bytes)) {
		isPossible = true;
		if (tokenizer.encode(decodeUtf8(completed)).ids.includes(id)) return INSIDE;
	}
	return isPossible ? PARTIAL : PROVEN;
}

/** Partial characters to try before a token: a lead byte, alone or with continuation bytes. */
const LEADS: readonly (readonly number[])[] = [
	[],
	...range(0xc2, 0xdf).map((lead) => [lead]),
	...range(0xe0, 0xef).flatMap((lead) => [[lead], [lead, 0x81], [lead, 0xa1], [lead, 0xb9]]),
	...range(0xf0, 0xf4).flatMap((lead) => [
		[lead],
		[lead, 0x81],
		[lead, 0x9f],
		[lead, 0x90, 0x81],
		[lead, 0x9f, 0x98]
	])
];
const TAILS: readonly (readonly number[])[] = [
	[],
	...range(0x80, 0xbf).map((tail) => [tail]),
	[0x80, 0x80],
	[0xbf, 0xbf],
	[0x9f, 0x98],
	[0xa0, 0x80],
	[0x83, 0x95],
	[0xb7, 0xad],
	[0x9f, 0x98, 0x80],
	[0xa7, 0x83, 0x95],
	[0x97, 0xb7, 0xad],
	[0x90, 0x80, 0x80],
	[0x80, 0x80, 0x80]
];

/** Yields UTF-8 texts that contain a token's bytes; yields nothing if the bytes can't occur in UTF-8. */
function* completionsOf(bytes: Uint8Array): Generator<Uint8Array> {
	const isContinuation = (bytes[0] & 0xc0) === 0x80;
	for (const lead of isContinuation ? LEADS.slice(1) : LEADS.slice(0, 1))
		for (const tail of TAILS) {
			const completed = Uint8Array.from([...lead, ...bytes, ...tail]);
			if (firstInvalidUtf8(completed) < 0) yield completed;
		}
}

function range(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
