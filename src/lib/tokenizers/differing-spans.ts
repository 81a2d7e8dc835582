import type { Encoding } from '../engine';

/** Token spans of an {@link Encoding}, in bytes of the original text. */
export type TokenSpans = Pick<Encoding, 'byteStarts' | 'byteEnds'>;

/**
 * The spans that several tokenizers split differently.
 *
 * A byte offset is *shared* if no token of any encoding crosses it. The shared offsets divide the text into spans. A
 * span differs unless its tokens (usually just one) have the same starts and ends in all encodings. Several tokens may
 * cover the same bytes (NFKC writes `™` as `T`, `M`), and a removed space isn't covered by any token.
 *
 * Empty tokens (an added `▁`, a BOS) create neither a boundary nor a differing span. Empty tokens are always marked as
 * differing, because not every tokenizer adds them. Ids aren't compared.
 */
export interface BoundaryComparison {
	/** Two byte offsets per differing span, start and end. The spans are in order, disjoint and never empty. */
	readonly differences: Uint32Array;
	/** For each encoding, one byte per token: 1 if the token is empty or in a differing span, otherwise 0. */
	readonly differs: readonly Uint8Array[];
}

/**
 * Compares the token boundaries in several encodings of a text of `length` bytes. With fewer than two encodings, there
 * are no differing spans. Takes time linear in the number of tokens, in one sweep over all encodings.
 */
export function compareBoundaries(
	encodings: readonly TokenSpans[],
	length: number
): BoundaryComparison {
	const differs = encodings.map(({ byteStarts }) => new Uint8Array(byteStarts.length));
	const count = encodings.length;
	if (count < 2) return { differences: new Uint32Array(0), differs };
	/** For each encoding, the first token of the current span and the first token after it. */
	const from = new Uint32Array(count);
	const to = new Uint32Array(count);
	const differences: number[] = [];
	let position = nextStart(encodings, differs, to);

	while (position < length) {
		let end = position + 1;
		let alike = true;
		from.set(to);
		// Each pass consumes the tokens that begin before `end`. If one of them ends later, `end` moves there, and
		// another pass follows. Every pass except the last consumes a token, so the sweep stays linear.
		for (let before = -1; before !== end;) {
			before = end;
			for (let e = 0; e < count; e++) {
				const { byteStarts, byteEnds } = encodings[e];
				let token = to[e];
				while (token < byteStarts.length && byteStarts[token] < end) {
					if (byteEnds[token] > byteStarts[token]) {
						if (byteEnds[token] > end) end = byteEnds[token];
					} else differs[e][token] = 1;
					token++;
				}
				to[e] = token;
			}
		}
		for (let e = 0; e < count && alike; e++) {
			const { byteStarts, byteEnds } = encodings[e];
			const single = to[e] - from[e] === 1;
			alike = single && byteStarts[from[e]] === position && byteEnds[from[e]] === end;
		}
		if (!alike && !sameTokens(encodings, from, to)) {
			differences.push(position, end);
			for (let e = 0; e < count; e++) differs[e].fill(1, from[e], to[e]);
		}
		position = nextStart(encodings, differs, to);
	}
	return { differences: Uint32Array.from(differences), differs };
}

/**
 * Compares each encoding only with the one at index `base`. A token in the base encoding is marked if any other
 * encoding differs from the base there. Overlapping spans from different pairs of encodings are joined.
 */
export function compareWith(
	encodings: readonly TokenSpans[],
	length: number,
	base: number
): BoundaryComparison {
	const ofBase = new Uint8Array(encodings[base].byteStarts.length);
	const spans: [start: number, end: number][] = [];
	const differs = encodings.map((encoding, e) => {
		if (e === base) return ofBase;
		const pair = compareBoundaries([encodings[base], encoding], length);
		pair.differs[0].forEach((mark, token) => (ofBase[token] |= mark));
		for (let at = 0; at < pair.differences.length; at += 2)
			spans.push([pair.differences[at], pair.differences[at + 1]]);
		return pair.differs[1];
	});
	const joined: [start: number, end: number][] = [];
	for (const span of spans.sort(([a], [b]) => a - b)) {
		const last = joined.at(-1);
		if (last && span[0] < last[1]) last[1] = Math.max(last[1], span[1]);
		else joined.push(span);
	}
	return { differences: Uint32Array.from(joined.flat()), differs };
}

/**
 * Finds where the next non-empty token of any encoding begins; Infinity at the end. Marks the empty tokens that it
 * skips.
 */
function nextStart(
	encodings: readonly TokenSpans[],
	differs: readonly Uint8Array[],
	next: Uint32Array
): number {
	let first = Infinity;
	for (let e = 0; e < encodings.length; e++) {
		const { byteStarts, byteEnds } = encodings[e];
		let token = next[e];
		while (token < byteStarts.length && byteStarts[token] === byteEnds[token]) {
			differs[e][token++] = 1;
		}
		next[e] = token;
		if (token < byteStarts.length && byteStarts[token] < first) first = byteStarts[token];
	}
	return first;
}

/** Whether the tokens from `from[e]` to `to[e]` have the same spans in every encoding `e`. Ignores empty tokens. */
function sameTokens(encodings: readonly TokenSpans[], from: Uint32Array, to: Uint32Array): boolean {
	const first = encodings[0];
	for (let e = 1; e < encodings.length; e++) {
		const other = encodings[e];
		let a = from[0];
		let b = from[e];
		for (;;) {
			while (a < to[0] && first.byteStarts[a] === first.byteEnds[a]) a++;
			while (b < to[e] && other.byteStarts[b] === other.byteEnds[b]) b++;
			if (a === to[0] || b === to[e]) break;
			if (first.byteStarts[a] !== other.byteStarts[b]) return false;
			if (first.byteEnds[a++] !== other.byteEnds[b++]) return false;
		}
		if (a !== to[0] || b !== to[e]) return false;
	}
	return true;
}

export function spanCount(differences: Uint32Array): number {
	return differences.length >>> 1;
}

/**
 * Index of the first differing span that begins after `byte`; -1 if there is none. A `byte` of -1 finds the first span.
 */
export function spanAfter(differences: Uint32Array, byte: number): number {
	const span = spansBefore(differences, byte + 1);
	return span < spanCount(differences) ? span : -1;
}

/** Index of the last differing span that begins before `byte`; -1 if there is none. */
export function spanBefore(differences: Uint32Array, byte: number): number {
	return spansBefore(differences, byte) - 1;
}

function spansBefore(differences: Uint32Array, byte: number): number {
	let low = 0;
	let high = spanCount(differences);
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (differences[2 * middle] < byte) low = middle + 1;
		else high = middle;
	}
	return low;
}
