import type { Vocabulary } from '../engine';
import type { EmbeddingFindings } from './types';

/**
 * B's ids against the rows of the model's embedding.
 * @param tokensA what each id of A stands for (`tokenTexts`); likewise `tokensB`
 * @param rows of the model; null for A's largest id + 1
 */
export function checkEmbedding(
	tokensA: Vocabulary,
	tokensB: Vocabulary,
	rows: number | null
): EmbeddingFindings {
	const sizeA = tokensA.ends.length;
	const sizeB = tokensB.ends.length;
	const limit = rows ?? sizeA;
	let outOfRange = 0;
	let inPadding = 0;
	let firstOutside: number | null = null;
	let firstPadding: number | null = null;
	for (let id = 0; id < sizeB; id++) {
		if (!hasToken(tokensB, id)) continue;
		if (id >= limit) {
			outOfRange++;
			firstOutside ??= id;
		} else if (!hasToken(tokensA, id)) {
			inPadding++;
			firstPadding ??= id;
		}
	}
	return {
		rows: limit,
		sizeA,
		sizeB,
		outOfRange,
		inPadding,
		firstId: firstOutside ?? firstPadding,
		state: outOfRange > 0 ? 'out-of-range' : inPadding > 0 ? 'padding' : 'in-range'
	};
}

function hasToken({ ends }: Vocabulary, id: number): boolean {
	return id < ends.length && ends[id] > (id === 0 ? 0 : ends[id - 1]);
}
