import fc from 'fast-check';
import { encodeUtf8 } from '../../src/lib/engine/text/utf8';
import { createPretokenCounter } from '../../src/lib/engine/train/counter';
import { createTrainer } from '../../src/lib/engine/train/trainer';
import type {
	CountingRules,
	PretokenCounts,
	Training,
	TrainingRules
} from '../../src/lib/engine/train/types';
import { EXTRAS } from '../../src/lib/engine/stages';

export const PLAIN_RULES: TrainingRules = {
	pattern: 'none',
	feed: 'whole',
	ties: 'huggingface',
	alphabet: 'observed',
	vocabularySize: 1000,
	minFrequency: 0,
	maxTokenLength: null,
	specialTokens: []
};

/** Counts the pre-tokens of a text by {@link PLAIN_RULES}, overridden by `rules`. */
export function countsOf(text: string, rules: Partial<TrainingRules> = {}): PretokenCounts {
	const counter = createPretokenCounter({ ...PLAIN_RULES, ...rules }, EXTRAS);
	counter.add(encodeUtf8(text));
	return counter.finish();
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Counts by pre-token, in order of first occurrence. @throws TypeError for a pre-token that isn't UTF-8 */
export const listed = ({ bytes, ends, counts }: PretokenCounts): [string, number][] =>
	Array.from(ends, (end, i) => [decoder.decode(bytes.subarray(ends[i - 1] ?? 0, end)), counts[i]]);

export const anyRules: fc.Arbitrary<CountingRules> = fc.record({
	pattern: fc.constantFrom<CountingRules['pattern'][]>(
		...(['gpt2', 'cl100k', 'o200k', 'llama3', 'qwen2', 'none'] as const),
		{ regex: '\\s?\\w+' }
	),
	feed: fc.constantFrom('lines' as const, 'whole' as const)
});

/** Trains on a text by {@link PLAIN_RULES}, overridden by `rules`. */
export function trainOn(text: string, rules: Partial<TrainingRules> = {}): Training {
	const trainer = createTrainer(countsOf(text, rules), { ...PLAIN_RULES, ...rules });
	while (!trainer.advance(1000));
	return trainer.result();
}

/**
 * Invented merges of the letters a, b and c, not learned from a corpus. They are a harder test than real merges,
 * because their order is arbitrary, and several may spell the same bytes and so share an id.
 */
export const anyTraining: fc.Arbitrary<Training> = fc
	.record({
		picks: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 40 }),
		specialTokens: fc.constantFrom([], ['<|end|>', '<|pad|>']),
		pattern: fc.constantFrom('none' as const, 'gpt2' as const, { regex: 'b+' })
	})
	.map(({ picks, specialTokens, pattern }) => {
		const first = specialTokens.length;
		const spellings = ['a', 'b', 'c'];
		const pairs = new Set<string>();
		const merges: number[] = [];
		const products: number[] = [];
		for (const pick of picks) {
			const [left, right] = pick.map((n) => n % spellings.length);
			const spelling = spellings[left] + spellings[right];
			if (spelling.length > 12 || pairs.has(`${left} ${right}`)) continue;
			pairs.add(`${left} ${right}`);
			merges.push(first + left, first + right);
			const known = spellings.indexOf(spelling);
			products.push(first + (known < 0 ? spellings.push(spelling) - 1 : known));
		}
		const nothing = new Float64Array(products.length);
		return {
			rules: { ...PLAIN_RULES, pattern, specialTokens },
			alphabet: new TextEncoder().encode('abc'),
			merges: Uint32Array.from(merges),
			products: Uint32Array.from(products),
			counts: nothing,
			removed: nothing,
			tokensBefore: 0,
			end: 'size' as const
		};
	});
