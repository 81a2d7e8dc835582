/** The merges of a word, and why the boundaries between its final tokens remain. */
import type { Tokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import { encodingOf, joinEncodings } from './joined-encodings';
import { lastTokens, wordMergesOf, type WordMerges } from './word-merges';

/** Two adjacent tokens. Offsets are bytes of {@link WordMerges.bytes}. */
export interface TokenPair {
	readonly left: number;
	readonly right: number;
	readonly start: number;
	readonly boundary: number;
	readonly end: number;
}

/** A possible merge that did not happen, because another merge took one of its tokens first. */
interface RunnerUp extends TokenPair {
	readonly rank: number;
	/** The step of the other merge, from 1. */
	readonly lostTo: number;
}

/** A boundary between two final tokens of one pre-token. No merge joins the two. */
export interface FinalBoundary extends TokenPair {
	/** Merges across the boundary that were possible at some step, in the order in which they lost. */
	readonly runnersUp: readonly RunnerUp[];
}

export interface WordTrace {
	readonly merges: WordMerges;
	readonly boundaries: readonly FinalBoundary[];
}

/** Traces a text from its byte `byteStart` on; offsets of the trace begin there. */
export function traceWord(tokenizer: Tokenizer, text: string, byteStart = 0): WordTrace {
	const { ids } = encodingOf(
		joinEncodings([tokenizer.encode(text, { wholeSpans: true })]),
		0,
		byteStart
	);
	const merges = lastTokens(wordMergesOf(encodeUtf8(text), tokenizer.trace(text)), ids.length);
	const rankOf = (left: number, right: number) => tokenizer.mergeRank(left, right);
	return { merges, boundaries: finalBoundaries(merges, rankOf) };
}

/** @param rankOf rank of the merge of two adjacent tokens, or -1 */
export function finalBoundaries(
	{ initial, steps, preTokenEnds }: WordMerges,
	rankOf: (left: number, right: number) => number
): FinalBoundary[] {
	const tokens = Array.from(initial.ids, (id, i) => ({
		id,
		start: initial.byteStarts[i],
		end: initial.byteEnds[i]
	}));
	/** The token at an index and the next one; `null` if they are not two of one pre-token. */
	const pairAt = (index: number): TokenPair | null => {
		const [left, right] = [tokens.at(index), tokens.at(index + 1)];
		if (index < 0 || !left || !right || preTokenEnds.includes(right.start)) return null;
		return {
			left: left.id,
			right: right.id,
			start: left.start,
			boundary: right.start,
			end: right.end
		};
	};
	const runnersUp: RunnerUp[] = [];
	steps.forEach(({ product, start, end }, i) => {
		const index = tokens.findIndex((token) => token.start === start);
		for (const pair of [pairAt(index - 1), pairAt(index + 1)]) {
			const rank = pair ? rankOf(pair.left, pair.right) : -1;
			if (pair && rank >= 0) runnersUp.push({ ...pair, rank, lostTo: i + 1 });
		}
		tokens.splice(index, 2, { id: product, start, end });
	});
	return tokens.flatMap((_, i) => {
		const pair = pairAt(i);
		if (!pair) return [];
		return { ...pair, runnersUp: runnersUp.filter(({ boundary }) => boundary === pair.boundary) };
	});
}
