/** User-facing strings of the Train page. */
import {
	describePattern,
	type CountingRules,
	type PairsAfter,
	type PatternName,
	type TieRule,
	type Training,
	type TrainingRules
} from '../../engine/train';
import {
	formatBytes,
	formatCount,
	formatList,
	formatTimes,
	isolate,
	plural
} from '../../session/format';
import { tokenText } from '../../ui/token/token-text';

/** All rules except the vocabulary size, which the page shows in a separate field. */
export type PanelRules = Omit<TrainingRules, 'vocabularySize'>;

/** In display order. */
export const PATTERN_NAMES: Record<PatternName, string> = {
	gpt2: 'GPT-2',
	cl100k: 'cl100k (GPT-4)',
	o200k: 'o200k (GPT-4o)',
	llama3: 'Llama 3',
	qwen2: 'Qwen 2',
	none: 'None'
};

/** "GPT-2 pattern, ties go to the pair with the smaller ids, all 256 bytes" */
export function describeRules(rules: PanelRules): string {
	const { pattern, minFrequency, maxTokenLength, specialTokens } = rules;
	const parts = [
		typeof pattern !== 'string'
			? 'your own pattern'
			: pattern === 'none'
				? 'no pattern'
				: `${PATTERN_NAMES[pattern]} pattern`,
		rules.ties === 'huggingface'
			? 'ties go to the pair with the smaller ids'
			: 'ties go to the first-seen pair',
		rules.alphabet === 'bytes' ? 'all 256 bytes' : 'observed bytes'
	];
	if (rules.feed === 'whole') parts.push('pattern applied to the whole text');
	if (minFrequency > 1) parts.push(`pairs that occur at least ${formatTimes(minFrequency)}`);
	if (maxTokenLength !== null) parts.push(`tokens up to ${plural(maxTokenLength, 'byte')}`);
	if (specialTokens.length > 0) parts.push(plural(specialTokens.length, 'special token'));
	return parts.join(', ');
}

/** "8 kB · 8,201 characters". Characters are code points. */
export function describeCorpus(facts: { readonly bytes: number; readonly chars: number }): string {
	return `${formatBytes(facts.bytes)} · ${plural(facts.chars, 'character')}`;
}

export const PRE_TOKENS_HINT =
	'A pre-token is usually a number, punctuation, or a word with the space before it. The pattern splits the text into pre-tokens, and no merge joins two of them.';

/** Explains the consequences if the pattern matched nothing; `null` if it matched. */
export function describeUnmatched(trained: {
	readonly matched: boolean;
	readonly rules: Pick<TrainingRules, 'feed'>;
}): string | null {
	if (trained.matched) return null;
	const whole = trained.rules.feed === 'lines' ? 'every line' : 'the whole text';
	return `The pattern matched nothing, so ${whole} is one pre-token.`;
}

/** The pair that the visitor predicted, and how it compares with the merged pair. */
export interface PredictionOutcome {
	readonly merged: readonly [number, number];
	readonly chosen: { readonly count: number };
	/** How often the merged pair occurs. */
	readonly count: number;
	readonly isMerged: boolean;
	/** Whether the predicted pair occurs as often as the merged one. */
	readonly isRight: boolean;
	/** Number of pairs that occur as often as the merged one, including the merged one. */
	readonly tied: number;
}

export function describePrediction(
	{ chosen, count, isMerged, isRight, merged, tied }: PredictionOutcome,
	ties: TieRule
): string {
	if (!isRight)
		return `Your pair occurs ${formatTimes(chosen.count)}, but the merged one occurs ${formatTimes(count)}.`;
	if (tied < 2) return `No other pair occurs ${formatTimes(count)}.`;
	const tie = describeTie(tied, count, ties, merged);
	return isMerged ? tie : `Your pair occurs as often as the merged one. ${tie}`;
}

/** "All 585 merges shorten this corpus from 8,277 tokens to 2,188." @param corpusTokens counts after 0, 1, … merges */
export function describeTraining(corpusTokens: Float64Array): string {
	const merges = corpusTokens.length - 1;
	if (merges < 1) return 'This corpus has no pair to merge.';
	const verb = merges === 1 ? 'shortens' : 'shorten';
	return `${merges === 1 ? '1 merge' : `All ${formatCount(merges)} merges`} ${verb} this corpus from ${plural(corpusTokens[0], 'token')} to ${formatCount(corpusTokens[merges])}.`;
}

/** "9 times, so 9 fewer tokens." Counts every occurrence, even overlapping ones. */
export function describeEffect({
	left,
	count,
	removed
}: {
	readonly left: { readonly bytes: Uint8Array };
	readonly count: number;
	readonly removed: number;
}): string {
	const fewer = `${formatCount(removed)} fewer ${removed === 1 ? 'token' : 'tokens'}`;
	const times = formatTimes(count);
	// Occurrences can overlap only if a token is followed by itself.
	return removed === count
		? `${times}, so ${fewer}.`
		: `${times}, but ${fewer}: in ${tokenText(left.bytes).repeat(3)}, two occurrences overlap.`;
}

/** "The 7 most frequent of 31 pairs, before this merge" */
export function describeRanking(
	found: Pick<PairsAfter, 'pairs' | 'distinct' | 'barred'> | null
): string {
	if (!found) return 'The most frequent pairs, before this merge';
	const { pairs, distinct, barred } = found;
	const allowed = barred > 0 ? ' that may be merged' : '';
	const all =
		pairs.length < distinct
			? `The ${pairs.length} most frequent of ${formatCount(distinct)} pairs`
			: `All ${plural(distinct, 'pair')}`;
	return `${all}${allowed}, before this merge`;
}

/** Says which rule broke a tie; empty if there was no tie. @param merged ids of the merged pair */
export function describeTie(
	tied: number,
	count: number,
	ties: TieRule,
	[left, right]: readonly [number, number]
): string {
	if (tied < 2) return '';
	const rule =
		ties === 'huggingface'
			? `with the smallest ids (${left} and ${right})`
			: 'that occurs first in the corpus';
	return `A tie: ${formatCount(tied)} pairs occur ${formatTimes(count)}. The pair ${rule} is merged.`;
}

/** "vocabulary: 256 bytes + 585 merges = 841 tokens" */
export function describeSize({ rules, products, alphabet }: Training): string {
	const made = new Set(products).size;
	const specials = rules.specialTokens.length;
	const parts = [
		plural(alphabet.length, 'byte'),
		made === products.length
			? plural(made, 'merge')
			: `${plural(made, 'token')} from ${plural(products.length, 'merge')}`
	];
	if (specials > 0) parts.push(plural(specials, 'special token'));
	return `vocabulary: ${parts.join(' + ')} = ${plural(alphabet.length + made + specials, 'token')}`;
}

export function describeEnd({ rules, end }: Training): string {
	const { vocabularySize, minFrequency, maxTokenLength } = rules;
	if (end === 'size') return `Training reached the maximum of ${plural(vocabularySize, 'token')}.`;
	const often = minFrequency > 1 ? [`occurs ${formatTimes(minFrequency)}`] : [];
	const conditions = maxTokenLength === null ? often : [...often, 'is short enough'];
	const left = conditions.length > 0 ? ` that ${conditions.join(' and ')}` : '';
	return `No pair is left${left}.`;
}

/** "GPT-2 pattern, …, 412 merges. Trained in this browser on 8,277 bytes." @param bytes size of the corpus */
export const describeTrained = (rules: PanelRules, merges: number, bytes: number): string =>
	`${describeRules(rules)}, ${plural(merges, 'merge')}. Trained in this browser on ${plural(bytes, 'byte')}.`;

export const describeLargeCorpus = (name: string, bytes: number, maxBytes: number): string =>
	`${isolate(name)} is ${formatBytes(bytes)}. This page can train on at most ${formatBytes(maxBytes)}. Run "bpe-lab count" on the file and open the resulting table instead.`;

export const describeMissingManifest = (manifest: string): string =>
	`These counts are in shards, but ${manifest}, which lists the shards, is missing. Drop the whole folder, or all of its files together.`;

export const describeMissingShards = (names: readonly string[], manifest: string): string =>
	`${manifest} lists ${describeNames(names)}, which ${names.length === 1 ? 'is' : 'are'} missing. Drop the whole folder, or all of its files together.`;

export const describeForeignShards = (names: readonly string[], manifest: string): string =>
	`${manifest} does not list ${describeNames(names)}. Drop only files from a single folder of counts.`;

function describeNames(names: readonly string[]): string {
	const first = names.slice(0, 3).map(isolate);
	const more = names.length - first.length;
	return formatList(more > 0 ? [...first, `${formatCount(more)} more`] : first);
}

export const describeLargeShards = (maxBytes: number): string =>
	`These shards exceed ${formatBytes(maxBytes)}, the most that the page can train on. Train with "bpe-lab train --counts", or leave out rare pre-tokens.`;

/** @param rule rule that differs */
export const describeCountedOtherwise = (
	name: string,
	counted: CountingRules,
	rule: keyof CountingRules
): string =>
	rule === 'pattern'
		? `${isolate(name)} was counted with the pattern ${isolate(describePattern(counted.pattern))}. Choose that pattern, or count again.`
		: `${isolate(name)} was counted with the pattern applied to ${counted.feed === 'lines' ? 'each line' : 'the whole text'}. Choose the same setting, or count again.`;

export const describeBinaryFile = (name: string, byte: number): string =>
	`${isolate(name)} looks binary: byte ${formatCount(byte)} is NUL. Training needs UTF-8 text.`;

export const describeInvalidUtf8 = (name: string, byte: number, hex: string): string =>
	`${isolate(name)} is not UTF-8: byte ${formatCount(byte)} is 0x${hex}. Save it as UTF-8 and open it again.`;

export const COUNTS_WITHOUT_ORDER =
	'A table of counts has no order, so the first-seen pair is unknown. For ties, choose “the pair with the smaller ids”.';

/** @param step step that a link asks for @param merges number of merges in the training run */
export const describeMissedStep = (step: number, merges: number): string =>
	`The link asks for merge ${formatCount(step)}, but training ended after ${plural(merges, 'merge')}.`;

export const describeSaved = (name: string): string =>
	`Saved as “${isolate(name)}” for use on every page.`;

export const SAVE_AFTER_TRAINING =
	'To save or export the previous tokenizer, wait until training ends, or stop it.';

export const TRAIN_FIRST = 'Press Train first.';

export const STILL_PREPARING = 'The training run is still being prepared.';

export const describeReplaced = (by: string): string => `Replaced the corpus with ${by}.`;

export const describeEmptyFile = (name: string): string =>
	`${isolate(name)} is empty. Open a file with text to train on.`;

/** "bytes 0–688 of 8,277" @param last byte after the last one */
export const describeWindow = (bytes: {
	readonly first: number;
	readonly last: number;
	readonly total: number;
}): string =>
	`bytes ${formatCount(bytes.first)}–${formatCount(bytes.last)} of ${formatCount(bytes.total)}`;

export const COUNTS_EXPORT = {
	name: 'Pre-token counts as TSV',
	note: 'For training again on this page or with bpe-lab train --counts'
};
