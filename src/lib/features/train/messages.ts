/** User-facing strings of the Train page. */
import type { PairsAfter, PatternName, TieRule, Training, TrainingRules } from '../../engine/train';
import { formatBytes, formatCount, formatTimes, plural } from '../../session/format';
import type { TrainedFileParams } from '../../session/worker/training';

/** Rules in the panel. The vocabulary size has its own field. */
export type PanelRules = Omit<TrainingRules, 'vocabularySize'>;

/** Names of the patterns, in the order of the list. */
export const PATTERN_NAMES: Record<PatternName, string> = {
	gpt2: 'GPT-2',
	cl100k: 'cl100k (GPT-4)',
	o200k: 'o200k (GPT-4o)',
	llama3: 'Llama 3',
	qwen2: 'Qwen 2',
	none: 'None'
};

/** "GPT-2 pattern, ties to the smaller pair of ids, all 256 bytes" */
export function describeRules(rules: PanelRules): string {
	const { pattern, minFrequency, maxTokenLength, specialTokens } = rules;
	const parts = [
		typeof pattern !== 'string'
			? 'your own pattern'
			: pattern === 'none'
				? 'no pattern'
				: `${PATTERN_NAMES[pattern]} pattern`,
		rules.ties === 'huggingface'
			? 'ties to the smaller pair of ids'
			: 'ties to the first-seen pair',
		rules.alphabet === 'bytes' ? 'all 256 bytes' : 'observed bytes'
	];
	if (rules.feed === 'whole') parts.push('whole text at once');
	if (minFrequency > 1) parts.push(`pairs that occur at least ${formatTimes(minFrequency)}`);
	if (maxTokenLength !== null) parts.push(`tokens up to ${plural(maxTokenLength, 'byte')}`);
	if (specialTokens.length > 0) parts.push(plural(specialTokens.length, 'special token'));
	return parts.join(', ');
}

/** "8 kB · 8,201 characters · 1,204 distinct pre-tokens". Characters are code points. */
export function describeCorpus(facts: {
	readonly bytes: number;
	readonly chars: number;
	readonly distinct: number;
}): string {
	return [
		formatBytes(facts.bytes),
		plural(facts.chars, 'character'),
		plural(facts.distinct, 'distinct pre-token')
	].join(' · ');
}

/** Says what it means that the pattern matched nothing; `null` if it matched. */
export function describeUnmatched(trained: {
	readonly matched: boolean;
	readonly rules: Pick<TrainingRules, 'feed'>;
}): string | null {
	if (trained.matched) return null;
	const whole = trained.rules.feed === 'lines' ? 'every line' : 'the whole text';
	return `The pattern matched nothing, so ${whole} is one pre-token.`;
}

/**
 * "Here, of 31 distinct pairs, none occurred more often than merge 4’s." Leaves out pairs that may not be
 * merged, because they may occur more often.
 * @param step from 1 up
 */
export function describeClaim(
	{ distinct, barred }: Pick<PairsAfter, 'distinct' | 'barred'>,
	step: number
): string {
	const allowed = barred > 0 ? ' that may be merged' : '';
	const merge = `merge ${formatCount(step)}’s`;
	return distinct === 1
		? `Here, ${merge} pair was the only one left${allowed}.`
		: `Here, of ${formatCount(distinct)} distinct pairs${allowed}, none occurred more often than ${merge}.`;
}

const TIE_RULES: Record<TieRule, string> = {
	huggingface: 'The smallest pair of ids wins.',
	'first-seen': 'The first-seen pair wins.'
};

/** "3 pairs occurred 4,102 times. The smallest pair of ids wins."; empty if nothing was tied. */
export const describeTie = (tied: number, count: number, ties: TieRule): string =>
	tied < 2 ? '' : `${formatCount(tied)} pairs occurred ${formatTimes(count)}. ${TIE_RULES[ties]}`;

/** Says why training stopped before the vocabulary size: "Training stopped at 312 of …"; else empty. */
export function describeEnd({ rules, end, products, alphabet }: Training): string {
	if (end === 'size') return '';
	const size = alphabet.length + rules.specialTokens.length + new Set(products).size;
	const isLimited = rules.maxTokenLength !== null;
	const often = `no remaining pair occurs ${formatTimes(rules.minFrequency)}`;
	const limited = isLimited ? `${often} and is short enough` : often;
	const any = isLimited ? 'no remaining pair is short enough' : 'no pair remains';
	return `Training stopped at ${formatCount(size)} of ${formatCount(rules.vocabularySize)} tokens: ${rules.minFrequency > 1 ? limited : any}.`;
}

/** "GPT-2 pattern, …, 412 merges. Trained in this browser on 8,287 bytes." @param bytes of the corpus */
export const describeTrained = (rules: PanelRules, merges: number, bytes: number): string =>
	`${describeRules(rules)}, ${plural(merges, 'merge')}. Trained in this browser on ${plural(bytes, 'byte')}.`;

export const describeLargeCorpus = (name: string, bytes: number, maxBytes: number): string =>
	`${name} has ${formatBytes(bytes)}. The page trains on at most ${formatBytes(maxBytes)}. Count the file with "bpe-lab count" and open the table instead.`;

/** @param byte offset of the NUL */
export const describeBinaryFile = (name: string, byte: number): string =>
	`${name} looks binary: byte ${formatCount(byte)} is NUL. Training needs UTF-8 text.`;

/** @param byte offset of the byte that is not UTF-8 */
export const describeInvalidUtf8 = (name: string, byte: number, hex: string): string =>
	`${name} is not UTF-8: byte ${formatCount(byte)} is 0x${hex}. Save it as UTF-8 and open it again.`;

export const COUNTS_WITHOUT_ORDER =
	'A table of counts has no order, so the first-seen pair is unknown. Let the smaller pair of ids win ties.';

/** @param step that a link asked for @param merges of the training */
export const describeMissedStep = (step: number, merges: number): string =>
	`The link asks for merge ${formatCount(step)}, but training ended after ${plural(merges, 'merge')}.`;

export const describeSaved = (name: string): string =>
	`Saved as “${name}”. You can choose it on every page.`;

export const SAVE_AFTER_TRAINING =
	'Wait until training ends, or stop it to save or export the previous tokenizer.';

export const TRAIN_FIRST = 'Press Train first.';

export const NOT_HELD_YET = 'The training is still being prepared.';

/** Says what was replaced, with a way to undo it. */
export const describeReplaced = (by: string): string => `Replaced the corpus by ${by}.`;

export const describeEmptyFile = (name: string): string =>
	`${name} is empty. Open a file with text to train on.`;

/** Names the merges up to the one that is shown. */
export const describeUpTo = (merges: number): string =>
	merges === 0 ? 'Before any merge' : `Up to merge ${formatCount(merges)}`;

/** Formats that a trained tokenizer can be exported to. */
export const EXPORTS: readonly {
	readonly format: TrainedFileParams['format'];
	readonly name: string;
	readonly note: string;
}[] = [
	{
		format: 'tokenizer.json',
		name: 'tokenizer.json',
		note: 'For Hugging Face tokenizers and transformers.js, with pattern and special tokens'
	},
	{
		format: 'tiktoken',
		name: '.tiktoken',
		note: 'Ranks for tiktoken. Add pattern and special tokens in code.'
	},
	{
		format: 'vocab-merges',
		name: 'vocab.json and merges.txt',
		note: 'The two files of GPT-2'
	},
	{
		format: 'counts',
		name: 'Pre-token counts as TSV',
		note: 'To train on again, here or with bpe-lab train --counts'
	}
];
