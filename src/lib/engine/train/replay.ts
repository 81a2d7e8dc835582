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

/** Replays the merges of a training on texts. */
export interface Replay {
	/**
	 * Records the merges of a text (well-formed UTF-8) under the trained tokenizer. With the feed `lines` the
	 * text is split as training splits a corpus by lines.
	 */
	steps(bytes: Uint8Array, feed?: CountingRules['feed']): MergeSteps;
	/** Records the merges of pre-tokens that are back to back: pre-token `i` ends at `ends[i]`. */
	stepsOfPretokens(pretokens: Pick<PretokenCounts, 'bytes' | 'ends'>): MergeSteps;
}

/** Working memory for longer pre-tokens is released after use. */
const MAX_KEPT_BYTES = 1 << 16;

/**
 * Creates a replay of a training. Its steps after k merges are the encoding by the tokenizer of the first k
 * merges (`createTokenizer(trainedSpec(training, k))`), by this argument.
 *
 * Encoding a pre-token is a sequence of steps, each the leftmost of the possible merges of the lowest rank.
 * With only the ranks below k it takes the same steps as with all, up to the first step of rank k or more:
 * before it, the lowest possible rank is below k and so the lowest with fewer merges too; at it, no rank
 * below k is possible. So a boundary is gone after k merges if the step that removes it and all steps
 * before it have ranks below k: its `mergedAt` is 1 + the highest rank so far.
 */
export function createReplay(training: Training): Replay {
	return new PretokenReplay(training);
}

class PretokenReplay implements Replay {
	readonly #scan: Scanner;
	readonly #splitSymbols: SymbolSplitter;
	readonly #merger: Merger;
	readonly #symbols = new Symbols();
	/** Exclusive last byte of the token that begins at each byte of the pre-token. */
	#ends = new Int32Array(256);

	constructor(training: Training) {
		this.#scan = createPretokenizer(training.rules.pattern).scan;
		const tokens = new TokenTable(trainedTokens(training).vocabulary);
		this.#merger = new Merger(new PairRules(tokens, training.merges));
		this.#splitSymbols = createSymbolSplitter(tokens, true, {
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
		/** 1 + first byte of the first occurrence, by pre-token. */
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

	/** Writes the boundaries (start, end] of one pre-token. */
	#replay(
		source: ByteSource,
		start: number,
		end: number,
		{ mergedAt, products }: MergeSteps
	): void {
		const symbols = this.#symbols;
		this.#splitSymbols(source, start, end, symbols);
		if (this.#ends.length < end - start) this.#ends = new Int32Array(2 * (end - start));
		const tokenEnds = this.#ends;
		for (let i = 0, at = start; i < symbols.count; i++) {
			tokenEnds[at - start] = symbols.ends[i];
			at = symbols.ends[i];
			mergedAt[at] = NEVER;
		}
		let highest = 0;
		this.#merger.merge(source, start, symbols, (rank, _left, _right, product, position) => {
			const boundary = tokenEnds[position - start];
			if (rank >= highest) highest = rank + 1;
			mergedAt[boundary] = highest;
			products[boundary] = product;
			tokenEnds[position - start] = tokenEnds[boundary - start];
		});
		if (tokenEnds.length > MAX_KEPT_BYTES) this.#ends = new Int32Array(256);
	}
}

const noSteps = (bytes: Uint8Array) => ({
	bytes: Uint8Array.from(bytes),
	mergedAt: new Int32Array(bytes.length + 1),
	products: new Uint32Array(bytes.length + 1)
});
