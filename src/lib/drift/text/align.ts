import type { Encoding } from '../../engine';
import { compareBoundaries } from '../../tokenizers/differing-spans';
import { StretchState, type TextAlignment } from '../types';

type Tokens = Pick<Encoding, 'ids' | 'byteStarts' | 'byteEnds'>;

/**
 * Two encodings of one text of `length` bytes side by side, aligned by bytes of the original: stretches
 * and tokens in three states (see {@link TextAlignment}). Linear in tokens.
 */
export function alignEncodings(a: Tokens, b: Tokens, length: number): TextAlignment {
	return new Alignment(a, b).run(length);
}

class Alignment {
	readonly #a: Tokens;
	readonly #b: Tokens;
	readonly #tokensA: Uint8Array;
	readonly #tokensB: Uint8Array;
	readonly #ends: number[] = [];
	readonly #states: StretchState[] = [];
	/** The next token of each side. */
	#nextA = 0;
	#nextB = 0;

	constructor(a: Tokens, b: Tokens) {
		this.#a = a;
		this.#b = b;
		this.#tokensA = new Uint8Array(a.ids.length);
		this.#tokensB = new Uint8Array(b.ids.length);
	}

	run(length: number): TextAlignment {
		const { differences } = compareBoundaries([this.#a, this.#b], length);
		for (let at = 0; at < differences.length; at += 2) {
			this.#alike(differences[at]);
			this.#place(differences[at], differences[at + 1]);
		}
		this.#alike(length);
		this.#empty();
		// What no token covers at the end.
		this.#stretch(length, StretchState.sameIds, false);
		return {
			ends: Uint32Array.from(this.#ends),
			states: Uint8Array.from(this.#states),
			tokensA: this.#tokensA,
			tokensB: this.#tokensB
		};
	}

	/** Tokens before byte `end`, which are split alike. */
	#alike(end: number): void {
		const [a, b] = [this.#a, this.#b];
		for (;;) {
			this.#empty();
			const [i, j] = [this.#nextA, this.#nextB];
			if (i >= a.ids.length || a.byteStarts[i] >= end) break;
			const state = a.ids[i] === b.ids[j] ? StretchState.sameIds : StretchState.otherIds;
			// Bytes that neither side covers (a removed space) are the same.
			this.#stretch(a.byteStarts[i], StretchState.sameIds, false);
			this.#stretch(a.byteEnds[i], state, false);
			this.#tokensA[i] = this.#tokensB[j] = state;
			this.#nextA++;
			this.#nextB++;
		}
		this.#stretch(end, StretchState.sameIds, false);
	}

	/** Tokens of a span that the two split differently. */
	#place(start: number, end: number): void {
		this.#stretch(start, StretchState.sameIds, false);
		while (this.#nextA < this.#a.ids.length && this.#a.byteStarts[this.#nextA] < end) {
			this.#tokensA[this.#nextA++] = StretchState.otherCuts;
		}
		while (this.#nextB < this.#b.ids.length && this.#b.byteStarts[this.#nextB] < end) {
			this.#tokensB[this.#nextB++] = StretchState.otherCuts;
		}
		this.#stretch(end, StretchState.otherCuts, true);
	}

	/** Tokens without bytes (a BOS, an added `▁`) split nothing, but their ids count. */
	#empty(): void {
		const [firstA, firstB] = [this.#nextA, this.#nextB];
		this.#nextA = emptyUntil(this.#a, firstA);
		this.#nextB = emptyUntil(this.#b, firstB);
		const count = this.#nextA - firstA;
		const sameNumber = count === this.#nextB - firstB;
		let same = sameNumber;
		for (let i = 0; i < count && same; i++) {
			same = this.#a.ids[firstA + i] === this.#b.ids[firstB + i];
		}
		if (same) return;
		const state = sameNumber ? StretchState.otherIds : StretchState.otherCuts;
		this.#tokensA.fill(state, firstA, this.#nextA);
		this.#tokensB.fill(state, firstB, this.#nextB);
	}

	/** Extends the last stretch to byte `end`, or adds one. */
	#stretch(end: number, state: StretchState, alone: boolean): void {
		const last = this.#ends.length - 1;
		const before = last < 0 ? 0 : this.#ends[last];
		if (end < before || (end === before && this.#ends.length > 0)) {
			// Several tokens over the same bytes: the worse state counts.
			if (state === StretchState.otherIds && this.#states[last] === StretchState.sameIds) {
				this.#states[last] = state;
			}
			return;
		}
		if (end === 0) return;
		if (!alone && last >= 0 && this.#states[last] === state) this.#ends[last] = end;
		else {
			this.#ends.push(end);
			this.#states.push(state);
		}
	}
}

/** The first token from `from` on that covers bytes. */
function emptyUntil({ ids, byteStarts, byteEnds }: Tokens, from: number): number {
	let next = from;
	while (next < ids.length && byteStarts[next] === byteEnds[next]) next++;
	return next;
}
