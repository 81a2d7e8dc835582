/** What is to be said about a training that was done. */
import { formatCount } from '../../session/format';
import type { PairsAfter, Training, TrainingRules } from '../../engine/train';

/** "The corpus gives 312 of 1,024 tokens: …" Null where the size was reached. */
export function endWords({ rules, end, products, alphabet }: Training): string | null {
	if (end === 'size') return null;
	const size = alphabet.length + rules.specialTokens.length + new Set(products).size;
	const often = rules.minFrequency > 1 ? `${formatCount(rules.minFrequency)} times` : 'at all';
	const limit = rules.maxTokenLength === null ? '' : ' and is short enough';
	return `The corpus gives ${formatCount(size)} of ${formatCount(rules.vocabularySize)} tokens: no pair is left that stands there ${often}${limit}.`;
}

/**
 * The claim of the page, held to one merge: "True here: of 31 different pairs none stood more often than
 * the one of merge 4." Pairs that may not be merged are no part of it: they may stand more often.
 * @param step from 1 up
 */
export function claimWords(
	{ distinct, barred }: Pick<PairsAfter, 'distinct' | 'barred'>,
	step: number
): string {
	const may = barred > 0 ? ' that may be merged' : '';
	const others =
		distinct === 1
			? `no other pair${may} was left beside`
			: `of ${formatCount(distinct)} different pairs${may} none stood more often than`;
	return `True here: ${others} the one of merge ${formatCount(step)}.`;
}

/** What a reader should know of how the corpus was cut, in sentences. */
export function corpusNotes(trained: {
	readonly matched: boolean;
	readonly rules: Pick<TrainingRules, 'feed'>;
}): readonly string[] {
	if (trained.matched) return [];
	const whole = trained.rules.feed === 'lines' ? 'every line' : 'the whole text';
	return [`The pattern matched nothing: ${whole} is one pre-token.`];
}
