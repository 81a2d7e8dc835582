import type { Encoding } from '../engine';

/** Spans of an {@link Encoding}, in bytes of the original text. */
export type TokenSpans = Pick<Encoding, 'byteStarts' | 'byteEnds'>;

/**
 * The spans where several tokenizations split one text differently.
 *
 * A byte offset is *shared* if no token of any encoding crosses it. The shared offsets divide the text
 * into spans. A span is *alike* if every encoding covers it with the same tokens, and *differs* if not.
 * Usually "the same tokens" is exactly one token each: two tokens would have a shared boundary between
 * them. The definition also covers the other cases:
 * - several tokens over the same bytes (NFKC writes `™` as `T`, `M`) are alike if every encoding has as
 *   many, over the same bytes;
 * - bytes that no encoding covers (a removed space) are alike; bytes that only some cover differ.
 *
 * Empty tokens (an added `▁`, a BOS) make no boundary and no differing span. They always count as
 * differing, since not every tokenizer adds them. Ids are not compared.
 */
export interface BoundaryComparison {
	/** Two byte offsets per differing span, in order: start and end. Spans are disjoint and never empty. */
	readonly differences: Uint32Array;
	/** Per encoding one byte per token: 1 if the token is in a differing span or empty, else 0. */
	readonly differs: readonly Uint8Array[];
}

/**
 * Compares the boundaries of `encodings` over a text of `length` bytes. Fewer than two encodings have
 * no differing spans. Linear in tokens: one sweep over all encodings, so that memory does not grow with
 * the text.
 */
export function compareBoundaries(
	encodings: readonly TokenSpans[],
	length: number
): BoundaryComparison {
	const differs = encodings.map(({ byteStarts }) => new Uint8Array(byteStarts.length));
	const count = encodings.length;
	if (count < 2) return { differences: new Uint32Array(0), differs };

	/** Per encoding: the first token of the span, and the first token after it. */
	const from = new Uint32Array(count);
	const to = new Uint32Array(count);
	let differences = new Uint32Array(256);
	let used = 0;
	let position = nextStart(encodings, differs, to);

	while (position < length) {
		let end = position + 1;
		let alike = true;
		from.set(to);
		// One lap takes every token that begins before the end found so far. A token that moves the
		// end needs another lap. Every lap except the last takes a token, so the sweep stays linear.
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
			if (used === differences.length) differences = grow(differences);
			differences[used++] = position;
			differences[used++] = end;
			for (let e = 0; e < count; e++) differs[e].fill(1, from[e], to[e]);
		}
		position = nextStart(encodings, differs, to);
	}
	return { differences: differences.slice(0, used), differs };
}

/**
 * First byte where a token with bytes begins, over all encodings; Infinity at the end. Skips empty
 * tokens and marks them.
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

/** Whether the tokens `from[e]` to `to[e]` are the same spans in every encoding, ignoring empty ones. */
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
