import type { PatternName, TrainingRules } from '../../engine/train';
import { plural } from '../../session/format';

/** The rules of training that stand in the panel; the size has a field of its own. */
export type PanelRules = Omit<TrainingRules, 'vocabularySize'>;

export const PATTERN_NAMES: Record<PatternName, string> = {
	gpt2: 'GPT-2',
	cl100k: 'cl100k (GPT-4)',
	o200k: 'o200k (GPT-4o)',
	llama3: 'Llama 3',
	qwen2: 'Qwen 2',
	none: 'None'
};

/** The rules in one sentence: "GPT-2 pattern, ties to the smaller pair of ids, all 256 bytes". */
export function rulesSentence(rules: PanelRules): string {
	const { pattern, minFrequency, maxTokenLength, specialTokens } = rules;
	const parts = [
		typeof pattern !== 'string'
			? 'your own pattern'
			: pattern === 'none'
				? 'no pattern'
				: `${PATTERN_NAMES[pattern]} pattern`,
		rules.ties === 'huggingface'
			? 'ties to the smaller pair of ids'
			: 'ties to the pair seen first',
		rules.alphabet === 'bytes' ? 'all 256 bytes' : 'observed bytes'
	];
	if (rules.feed === 'whole') parts.push('text in one piece');
	if (minFrequency > 1) parts.push(`pairs that occur ${minFrequency} times or more`);
	if (maxTokenLength !== null) parts.push(`tokens up to ${plural(maxTokenLength, 'byte')}`);
	if (specialTokens.length > 0) parts.push(plural(specialTokens.length, 'special token'));
	return parts.join(', ');
}
