import type { Encoding } from '../encoding';
import type { TrainedTokens } from './tokens';

/** Value in `mergedAt` for a boundary within a pre-token that no merge removes. Greater than any merge's number. */
export const NEVER = 0x7ffffffe;
/** Value in `mergedAt` for the boundary at the end of a pre-token. */
export const PRETOKEN_END = 0x7fffffff;

/**
 * The merges in a text of n bytes, recorded so that the tokens after any number of merges can be read without
 * tokenizing again. Boundary `p` is before byte `p`. The arrays can be transferred to another thread.
 */
export interface MergeSteps {
	/** UTF-8 of the text: n bytes. */
	readonly bytes: Uint8Array<ArrayBuffer>;
	/**
	 * n + 1 entries: number of the merge (from 1) that removes each boundary; {@link NEVER} or {@link PRETOKEN_END} if
	 * none. After k merges, the boundaries with a value above k remain. The value is 0 if no token ever ends at the
	 * boundary: at boundary 0, and after a byte outside the alphabet, because that byte belongs to the next token's span.
	 */
	readonly mergedAt: Int32Array<ArrayBuffer>;
	/** n + 1 entries: id of the token produced by removing each boundary; 0 if no merge removes the boundary. */
	readonly products: Uint32Array<ArrayBuffer>;
}

/**
 * Finds the tokens that overlap [byteFrom, byteTo) after `merges` merges. Offsets are byte offsets into the
 * whole text. The time taken depends only on the range, not on the length of the text.
 */
export function encodingAfter(
	{ bytes, mergedAt, products }: MergeSteps,
	merges: number,
	{ byteIds, lengths }: Pick<TrainedTokens, 'byteIds' | 'lengths'>,
	byteFrom = 0,
	byteTo = bytes.length
): Encoding {
	const start = startBefore(mergedAt, merges, byteFrom);
	const stop = Math.min(byteTo, bytes.length);
	const last =
		byteFrom < stop ? Math.min(endAfter(mergedAt, merges, stop - 1), bytes.length) : start;
	let count = 0;
	for (let at = start + 1; at <= last; at++) count += Number(mergedAt[at] > merges);
	const ids = new Uint32Array(count);
	// Each token begins where the previous token ends.
	const bounds = new Uint32Array(count + 1).fill(start, 0, 1);
	let droppedBytes = 0;
	// The longest product within a token is the token itself.
	let product = -1;
	let length = 0;
	for (let i = 0, at = start + 1; at <= last; at++) {
		const removedBy = mergedAt[at];
		if (removedBy > merges) {
			ids[i] = length === 0 ? byteIds[bytes[at - 1]] : product;
			bounds[++i] = at;
			length = 0;
		} else if (removedBy === 0) {
			droppedBytes++;
		} else if (lengths[products[at]] > length) {
			product = products[at];
			length = lengths[product];
		}
	}
	return {
		ids,
		byteStarts: bounds.subarray(0, count),
		byteEnds: bounds.subarray(1),
		droppedBytes: droppedBytes || undefined
	};
}

export interface ByteSpan {
	readonly byteStart: number;
	readonly byteEnd: number;
}

/** Finds the span of the token that contains byte `byte` after `merges` merges. */
export function spanAt({ mergedAt, bytes }: MergeSteps, merges: number, byte: number): ByteSpan {
	const byteStart = startBefore(mergedAt, merges, byte);
	return { byteStart, byteEnd: Math.min(endAfter(mergedAt, merges, byteStart), bytes.length) };
}

/**
 * Lists, in ascending order, the boundaries in [byteFrom, byteTo) where the token `left` is followed by `right` in the
 * same pre-token after `merges` merges. Overlapping occurrences are included: `aaa` contains `a` + `a` twice.
 */
export function pairBoundaries(
	steps: MergeSteps,
	merges: number,
	tokens: Pick<TrainedTokens, 'byteIds' | 'lengths'>,
	{ left, right }: { readonly left: number; readonly right: number },
	byteFrom = 0,
	byteTo = steps.bytes.length
): Uint32Array {
	// The left token ends at the boundary, so it can begin before `byteFrom`.
	const { ids, byteStarts } = encodingAfter(steps, merges, tokens, byteFrom - 1, byteTo);
	return byteStarts.filter(
		(at, i) =>
			i > 0 &&
			ids[i - 1] === left &&
			ids[i] === right &&
			at >= byteFrom &&
			steps.mergedAt[at] !== PRETOKEN_END
	);
}

/** Lists, in ascending order, the boundaries in [byteFrom, byteTo) that merge number `merge` (from 1) removes. */
export function boundariesRemovedBy(
	{ mergedAt, bytes }: MergeSteps,
	merge: number,
	byteFrom = 0,
	byteTo = bytes.length
): Uint32Array {
	const found: number[] = [];
	for (let at = Math.max(1, byteFrom); merge > 0 && at < byteTo; at++) {
		if (mergedAt[at] === merge) found.push(at);
	}
	return Uint32Array.from(found);
}

function startBefore(mergedAt: Int32Array, merges: number, byte: number): number {
	let at = Math.min(Math.max(0, byte), mergedAt.length - 1);
	while (at > 0 && mergedAt[at] <= merges) at--;
	return at;
}

/** End byte (exclusive) of the token that begins at `start`; n + 1 if only bytes without a token follow. */
function endAfter(mergedAt: Int32Array, merges: number, start: number): number {
	let at = start + 1;
	while (at < mergedAt.length && mergedAt[at] <= merges) at++;
	return at;
}
