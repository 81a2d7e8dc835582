import type { MergingRules, PretokenCounts } from '../../src/lib/engine/train';

export interface NaiveMerge {
	/** Spellings of tokens, with one character (U+0000 to U+00FF) per byte. */
	readonly left: string;
	readonly right: string;
	readonly count: number;
	readonly removed: number;
}

type Rules = Pick<MergingRules, 'ties' | 'minFrequency' | 'maxTokenLength'>;

/**
 * Textbook BPE training: for each merge, recounts every pair. Ties are broken by order of occurrence, as in minbpe
 * (where `get_stats` fills a dictionary and `max` returns the first pair with the highest count), or by id, as in
 * Hugging Face's library. A byte's id is its rank in `alphabet`; ids for merges follow in order.
 *
 * @param alphabet the bytes in the order of their ids, with one character per byte
 */
export function naiveMerges(
	counts: PretokenCounts,
	alphabet: string,
	rules: Rules,
	most = Infinity
): NaiveMerge[] {
	const ids = new Map(Array.from(alphabet, (byte, id) => [byte, id]));
	const words = wordsOf(counts);
	const merges: NaiveMerge[] = [];
	while (merges.length < most) {
		const best = bestPair(words, ids, rules);
		if (!best || best.count < Math.max(1, rules.minFrequency)) break;
		const { left, right, count } = best;
		const before = countTokens(words);
		for (const word of words) mergePair(word.tokens, left, right);
		if (ids.has(left + right)) throw new Error(`two merges spell ${JSON.stringify(left + right)}`);
		ids.set(left + right, ids.size);
		merges.push({ left, right, count, removed: before - countTokens(words) });
	}
	return merges;
}

interface Word {
	readonly tokens: string[];
	readonly count: number;
}

function wordsOf({ bytes, ends, counts }: PretokenCounts): Word[] {
	return Array.from(ends, (end, i) => ({
		tokens: Array.from(bytes.subarray(i > 0 ? ends[i - 1] : 0, end), (byte) =>
			String.fromCharCode(byte)
		),
		count: counts[i]
	}));
}

const countTokens = (words: readonly Word[]) =>
	words.reduce((sum, { tokens, count }) => sum + tokens.length * count, 0);

function bestPair(words: readonly Word[], ids: ReadonlyMap<string, number>, rules: Rules) {
	const pairs = new Map<string, { left: string; right: string; count: number }>();
	for (const { tokens, count } of words) {
		for (let i = 0; i + 1 < tokens.length; i++) {
			const [left, right] = [tokens[i], tokens[i + 1]];
			if (left.length + right.length > (rules.maxTokenLength ?? Infinity)) continue;
			const key = `${ids.get(left)} ${ids.get(right)}`;
			const pair = pairs.get(key) ?? { left, right, count: 0 };
			pair.count += count;
			pairs.set(key, pair);
		}
	}
	const id = (token: string) => ids.get(token) ?? -1;
	return [...pairs.values()].reduce<{ left: string; right: string; count: number } | null>(
		(best, pair) => {
			if (!best || pair.count > best.count) return pair;
			if (pair.count < best.count || rules.ties === 'first-seen') return best;
			return (id(pair.left) - id(best.left) || id(pair.right) - id(best.right)) < 0 ? pair : best;
		},
		null
	);
}

/** Merges from left to right. A token that was just created is not merged again. */
function mergePair(tokens: string[], left: string, right: string): void {
	for (let i = 0; i + 1 < tokens.length; i++) {
		if (tokens[i] === left && tokens[i + 1] === right) tokens.splice(i, 2, left + right);
	}
}
