import type { Encoding } from '../engine';

/** What the comparison needs of an {@link Encoding}: the spans, in bytes of the original text. */
export type TokenSpans = Pick<Encoding, 'byteStarts' | 'byteEnds'>;

/**
 * Where several tokenizations of one text cut it differently.
 *
 * A byte position is *shared* when no token of any encoding straddles it. The text falls apart at
 * the shared positions; a span between two neighbouring ones is *alike* when every encoding covers
 * it with the same tokens, and otherwise a *place*. In the plain case "the same tokens" is exactly
 * one token each: two tokens that share a border would have split the span. The wording also
 * settles the rest:
 * - several tokens over the same bytes (NFKC writes `™` as `T`, `M`) are alike when every encoding
 *   has as many, over the same bytes;
 * - bytes that no encoding covers (a removed space) are alike; covered by some only, a place.
 *
 * Empty tokens (an added `▁`, a BOS) cut nothing: they never make a place, and always count as
 * differing, since not every tokenizer adds them. Ids are not looked at.
 */
export interface CutComparison {
	/** Two per place, in order: first byte, byte after the last. Places are disjoint, never empty. */
	readonly places: Uint32Array;
	/** Per encoding one byte a token: 1 where the token lies in a place or is empty, else 0. */
	readonly differs: readonly Uint8Array[];
}

/**
 * Compares the cuts of `encodings` over a text of `length` bytes. With fewer than two encodings
 * there is nothing to differ from: no places, all zeros. Linear in tokens; a sweep over all
 * encodings at once, so that memory does not grow with the text.
 */
export function compareCuts(encodings: readonly TokenSpans[], length: number): CutComparison {
	const differs = encodings.map(({ byteStarts }) => new Uint8Array(byteStarts.length));
	const count = encodings.length;
	if (count < 2) return { places: new Uint32Array(0), differs };

	/** Per encoding: the token the span begins with, and the first token after it. */
	const from = new Uint32Array(count);
	const to = new Uint32Array(count);
	let places = new Uint32Array(256);
	let used = 0;
	let position = nextStart(encodings, differs, to);

	while (position < length) {
		let end = position + 1;
		let alike = true;
		from.set(to);
		// One lap takes every token that begins before the end found so far; a token that moves the
		// end asks for another lap. Every lap but the last takes a token, so the whole stays linear.
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
			if (used === places.length) places = grow(places);
			places[used++] = position;
			places[used++] = end;
			for (let e = 0; e < count; e++) differs[e].fill(1, from[e], to[e]);
		}
		position = nextStart(encodings, differs, to);
	}
	return { places: places.slice(0, used), differs };
}

/**
 * The first byte at which a token with bytes begins, over all encodings; Infinity at the end.
 * Steps over empty tokens and marks them.
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

/** Whether the tokens `from[e]` to `to[e]` are the same spans in every encoding, empty ones aside. */
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

function grow(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
	const larger = new Uint32Array(array.length * 2);
	larger.set(array);
	return larger;
}
