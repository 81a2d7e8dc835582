import { PairRules } from '../model/merge-rules';
import { Merger } from '../model/merger';
import { createSymbolSplitter, Symbols, type SymbolSplitter } from '../model/symbols';
import { ByteSource, ByteTable } from '../structures/byte-table';
import { IntBuffer } from '../structures/int-buffer';
import { TokenTable } from '../structures/token-table';
import type { Scanner } from '../pretokenize/types';
import { byLines, createPretokenizer } from './pretokenizer';
import { NEVER, type MergeSteps } from './steps';
import { trainedTokens } from './tokens';
import type { CountingRules, PretokenCounts, Training } from './types';

/** Plays the merges of a training over texts. */
export interface Replay {
	/**
	 * How a text (well-formed UTF-8) falls together when the trained tokenizer encodes it. With the feed
	 * `lines` it is cut as training cuts a corpus by lines.
	 */
	steps(bytes: Uint8Array, feed?: CountingRules['feed']): MergeSteps;
	/** The same for pre-tokens that are cut already and lie back to back: piece `i` ends at `ends[i]`. */
	stepsOfPretokens(pretokens: Pick<PretokenCounts, 'bytes' | 'ends'>): MergeSteps;
}

/** Above so many bytes, working memory is given back after use. */
const KEEP = 1 << 16;

/**
 * A replay of a training. What it gives for k merges is what the tokenizer of the first k merges gives
 * (`createTokenizer(trainedSpec(training, k))`), by this argument.
 *
 * Encoding a pre-token is a sequence of steps, each the leftmost of the possible merges of the smallest
 * number. With only the merges below k it takes the same steps as with all, up to the first step of a
 * number of k or more: before it, the smallest possible merge is below k and so the smallest with fewer
 * merges too; at it, no merge below k is possible. So a boundary is gone after k merges when the step
 * that takes it and all steps before it have numbers below k: its death is 1 + the largest number so far.
 */
export function createReplay(training: Training): Replay {
	return new PieceReplay(training);
}

class PieceReplay implements Replay {
	readonly #scan: Scanner;
	readonly #cut: SymbolSplitter;
	readonly #merger: Merger;
	readonly #symbols = new Symbols();
	/** By byte of the piece: the end of the token that begins there. */
	#ends = new Int32Array(256);

	constructor(training: Training) {
		this.#scan = createPretokenizer(training.rules.pattern).scan;
		const tokens = new TokenTable(trainedTokens(training).vocabulary);
		this.#merger = new Merger(new PairRules(tokens, training.merges));
		this.#cut = createSymbolSplitter(tokens, true, {
			unknownId: -1,
			drop: true,
			fuse: false,
			byteFallback: null
		});
	}

	steps(bytes: Uint8Array, feed: CountingRules['feed'] = 'whole'): MergeSteps {
		const ends = new IntBuffer(1 + (bytes.length >> 2));
		const scan = feed === 'lines' ? byLines(this.#scan) : this.#scan;
		scan(bytes, 0, bytes.length, ends);
		const steps = noSteps(bytes);
		const source = new ByteSource(bytes);
		/** By pre-token: 1 + the byte where it first stands. */
		const seen = new ByteTable(source, 1 << 12);
		for (let i = 0, start = 0; i < ends.length; start = ends.data[i++]) {
			const end = ends.data[i];
			const known = seen.get(source, start, end - start) - 1;
			if (known < 0) {
				seen.add(source, start, end - start, start + 1);
				this.#replay(source, start, end, steps);
			} else {
				const last = known + end - start + 1;
				steps.mergedAt.copyWithin(start + 1, known + 1, last);
				steps.products.copyWithin(start + 1, known + 1, last);
			}
		}
		return steps;
	}

	stepsOfPretokens({ bytes, ends }: Pick<PretokenCounts, 'bytes' | 'ends'>): MergeSteps {
		const steps = noSteps(bytes);
		const source = new ByteSource(bytes);
		for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
			this.#replay(source, start, ends[i], steps);
		}
		return steps;
	}

	/** Writes the boundaries (start, end] of one piece. */
	#replay(
		source: ByteSource,
		start: number,
		end: number,
		{ mergedAt, products }: MergeSteps
	): void {
		const symbols = this.#symbols;
		this.#cut(source, start, end, symbols);
		if (this.#ends.length < end - start) this.#ends = new Int32Array(2 * (end - start));
		const tokenEnds = this.#ends;
		for (let i = 0, at = start; i < symbols.count; i++) {
			tokenEnds[at - start] = symbols.ends[i];
			at = symbols.ends[i];
			mergedAt[at] = NEVER;
		}
		let death = 0;
		this.#merger.merge(source, start, symbols, (rank, _left, _right, product, position) => {
			const boundary = tokenEnds[position - start];
			if (rank >= death) death = rank + 1;
			mergedAt[boundary] = death;
			products[boundary] = product;
			tokenEnds[position - start] = tokenEnds[boundary - start];
		});
		if (tokenEnds.length > KEEP) this.#ends = new Int32Array(256);
	}
}

const noSteps = (bytes: Uint8Array) => ({
	bytes: Uint8Array.from(bytes),
	mergedAt: new Int32Array(bytes.length + 1),
	products: new Uint32Array(bytes.length + 1)
});
