/** User-facing strings for the Versions page. */
import { formatCount } from '../../../session/format';
import type { PrerenderedLineages, StepFigures } from './figures';
import { LINEAGES } from './lineages';

/** "1,089 added, 2 moved"; "same" if no special token changed. */
export function describeSpecialTokens({ added, moved, removed }: StepFigures['special']): string {
	const changes = [
		[added, 'added'],
		[moved, 'moved'],
		[removed, 'removed']
	] as const;
	const found = changes.filter(([count]) => count > 0);
	return found.length === 0
		? 'same'
		: found.map(([count, change]) => `${formatCount(count)} ${change}`).join(', ');
}

export const describeStage = (changes: boolean): string => (changes ? 'changed' : 'same');

export const NO_EXPLANATION = 'We found no official explanation.';

/** Compares token counts in two versions of OpenAI's tokenizer: "8,350 tokens in GPT-4 and 2,421 in GPT-4o". */
export function describeStep(
	{ texts, families }: Pick<PrerenderedLineages, 'texts' | 'families'>,
	text: string
): string {
	const { versions } = LINEAGES[0];
	const at = texts.findIndex(({ name }) => name === text);
	const [before, after] = ['cl100k_base', 'o200k_base'].map((tokenizer) => {
		const version = versions.findIndex((one) => one.tokenizer === tokenizer);
		return { model: versions[version].model, tokens: formatCount(families[0].tokens[version][at]) };
	});
	return `${before.tokens} tokens in ${before.model} and ${after.tokens} in ${after.model}`;
}

export const describeLoading = (name: string): string => `Loading the text in ${name}…`;

export const describeReplaced = (name: string): string => `Compare now shows the text in ${name}.`;
