import type { TieRule } from '../../engine/train';
import { formatCount } from '../../session/format';

/** By which rule a tie is decided, in words that end a sentence. */
export const TIE_WORDS: Record<TieRule, string> = {
	huggingface: 'the smallest pair of ids wins',
	'first-seen': 'the one seen first wins'
};

/** "3 pairs stood 4,102 times; the smallest pair of ids wins."; empty where nothing was tied. */
export function tieSentence(tied: number, count: number, ties: TieRule): string {
	if (tied < 2) return '';
	const times = count === 1 ? 'once' : `${formatCount(count)} times`;
	return `${formatCount(tied)} pairs stood ${times}; ${TIE_WORDS[ties]}.`;
}
