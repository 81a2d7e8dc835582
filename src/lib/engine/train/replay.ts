import { PairRules } from '../model/merge-rules';
import { Merger } from '../model/merger';
import { createSymbolSplitter, Symbols } from '../model/symbols';
import { ByteSource, ByteTable } from '../structures/byte-table';
import { IntBuffer } from '../structures/arrays';
import { TokenTable } from '../structures/token-table';
import type { Extras } from '../text/extras';
import { byLines, createPretokenizer } from './pretokenizer';
import { NEVER, PRETOKEN_END, type MergeSteps } from './steps';
import { trainedTokens } from './tokens';
import type { CountingRules, PretokenCounts, Training } from './types';

/** Replays a training run's merges on any text. */
export interface Replay {
	/**
	 * Records the merges that the trained tokenizer makes in a text, which must be well-formed UTF-8. With the
	 * `lines` feed, each line is treated as a separate text, as in training.
	 */
	steps(bytes: Uint8Array, feed?: CountingRules['feed']): MergeSteps;
}

/** Longer `tokenEnds` arrays are released after use. */
const MAX_REUSED_BYTES = 1 << 16;

/**
 * Creates a replay of a training run. The tokens after k merges are the same as those of a tokenizer with only the
 * first k merges (`createTokenizer(trainedSpec(training, k))`).
 *
 * Proof: at each step, encoding a pre-token applies the merge with the lowest rank among those possible. Encoding with
 * only the first k merges therefore applies the same merges as encoding with all of them, but stops before the first
 * merge whose rank is k or higher. A boundary is gone after k merges if every merge up to the one that removes it has a
 * rank below k, so its `mergedAt` is 1 + the highest of these ranks.
 */
export function createReplay(training: Training, extras: Extras): Replay {
	const { scan } = createPretokenizer(training.rules.pattern, extras);
	const merges = createPretokenReplay(training);
	return {
		steps(bytes, feed = 'whole') {
			const ends = new IntBuffer(1 + (bytes.length >> 2));
			const source = new ByteSource(bytes);
			(feed === 'lines' ? byLines(scan) : scan)(source, 0, bytes.length, ends);
			const steps = emptySteps(bytes);
			/** For each pre-token, 1 + the byte offset of its first occurrence. */
			const seen = new ByteTable(source, 1 << 12);
			for (let i = 0, start = 0; i < ends.length; start = ends.data[i++]) {
				const end = ends.data[i];
				const known = seen.get(source, start, end - start) - 1;
				if (known < 0) {
					seen.add(source, start, end - start, start + 1);
					merges.replay(source, start, end, steps);
				} else {
					const last = known + end - start + 1;
					steps.mergedAt.copyWithin(start + 1, known + 1, last);
					steps.products.copyWithin(start + 1, known + 1, last);
				}
			}
			return steps;
		}
	};
}

/** Creates a replay for text that has already been split into pre-tokens. */
export function createPretokenReplay(training: Training) {
	const tokens = new TokenTable(trainedTokens(training).vocabulary);
	const merger = new Merger(new PairRules(tokens, training.merges));
	const unknown = { unknownId: -1, drop: true, fuse: false, byteFallback: null };
	const splitSymbols = createSymbolSplitter(tokens, true, unknown);
	const symbols = new Symbols();
	/** For each byte of the pre-token at which a token begins, the token's end byte (exclusive). */
	let tokenEnds = new Int32Array(256);

	/** Records which merge removes each boundary of the pre-token at [start, end). */
	const replay = (
		source: ByteSource,
		start: number,
		end: number,
		{ mergedAt, products }: MergeSteps
	) => {
		splitSymbols(source, start, end, symbols);
		if (tokenEnds.length < end - start) tokenEnds = new Int32Array(2 * (end - start));
		const ends = tokenEnds;
		for (let i = 0, at = start; i < symbols.count; i++) {
			ends[at - start] = symbols.ends[i];
			at = symbols.ends[i];
			mergedAt[at] = at === end ? PRETOKEN_END : NEVER;
		}
		let highest = 0;
		merger.merge(source, start, symbols, (rank, _left, _right, product, position) => {
			const boundary = ends[position - start];
			if (rank >= highest) highest = rank + 1;
			mergedAt[boundary] = highest;
			products[boundary] = product;
			ends[position - start] = ends[boundary - start];
		});
		if (tokenEnds.length > MAX_REUSED_BYTES) tokenEnds = new Int32Array(256);
	};

	return {
		replay,
		/** Records the merges in each pre-token. Pre-token `i` ends at `ends[i]`. */
		stepsOfPretokens({ bytes, ends }: Pick<PretokenCounts, 'bytes' | 'ends'>) {
			const steps = emptySteps(bytes);
			const source = new ByteSource(bytes);
			for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
				replay(source, start, ends[i], steps);
			}
			return steps;
		}
	};
}

const emptySteps = (bytes: Uint8Array): MergeSteps => ({
	bytes: Uint8Array.from(bytes),
	mergedAt: new Int32Array(bytes.length + 1),
	products: new Uint32Array(bytes.length + 1)
});
