import { toByteLevel } from '../../src/lib/engine';
import type { Training } from '../../src/lib/engine/train';

/** A training run's tokens by id, and its merges, both in Hugging Face's spelling. */
export function mergeSpellings(training: Training): {
	readonly vocabulary: ReadonlyMap<number, string>;
	readonly merges: readonly string[];
} {
	const { alphabet, merges, products, rules } = training;
	const first = rules.alphabet === 'observed' ? rules.specialTokens.length : 0;
	const vocabulary = new Map(Array.from(toByteLevel(alphabet), (char, i) => [first + i, char]));
	const spelled = Array.from(products, (product, i) => {
		const left = vocabulary.get(merges[2 * i]);
		const right = vocabulary.get(merges[2 * i + 1]);
		if (left === undefined || right === undefined) throw new Error(`merge ${i} is of no token`);
		vocabulary.set(product, left + right);
		return `${left} ${right}`;
	});
	return { vocabulary, merges: spelled };
}
