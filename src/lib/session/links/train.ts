import type { TrainingRules } from '../../engine/train';
import { DEFAULT_RULES } from '../downloads/corpora';
import { corpus, WHITESPACE } from './fields';
import {
	flag,
	oneOf,
	readLink,
	text,
	texts,
	whole,
	writeLink,
	type LinkReading,
	type LinkValues
} from './schema';

/**
 * Schema of links to Train. The hash holds the corpus if it is not an example, and the text that is shown step by
 * step if it is not the default.
 */
const TRAIN_LINK = {
	corpus: corpus('corpus'),
	vocabularySize: whole('size', DEFAULT_RULES.vocabularySize, 1),
	pattern: oneOf('pattern', ['gpt2', 'cl100k', 'o200k', 'llama3', 'qwen2', 'none'], 'gpt2'),
	/** Replaces a named pattern. */
	regex: text('regex', null),
	ties: oneOf('ties', ['huggingface', 'first-seen'], DEFAULT_RULES.ties),
	alphabet: oneOf('alphabet', ['observed', 'bytes'], DEFAULT_RULES.alphabet),
	feed: oneOf('feed', ['lines', 'whole'], DEFAULT_RULES.feed),
	minFrequency: whole('min', DEFAULT_RULES.minFrequency, 0),
	maxTokenLength: whole('longest', DEFAULT_RULES.maxTokenLength, 1),
	specialTokens: texts('special'),
	/** Number of merges shown; `null` for all. */
	step: whole('step', null, 0),
	/** The tokenizer next to the trained one, which may not exist; `null` for the default. */
	beside: text('beside', null),
	whitespace: WHITESPACE,
	/** Speed of playback. */
	speed: oneOf('speed', ['slow', 'normal', 'fast', 'fastest'], 'normal'),
	/** Text or id that the vocabulary is searched for. */
	search: text('find', ''),
	order: oneOf('sort', ['id', 'usage', 'length'], 'id'),
	/** Whether only tokens are listed that occur nowhere. */
	unused: flag('unused'),
	/** Id of the token whose merge tree is open; `null` if none is. */
	tree: whole('tree', null, 0),
	/** Merges that are saved or exported. */
	extent: oneOf('export', ['all', 'shown'], 'all'),
	/** Whether the visitor predicts the next merge. */
	predict: flag('predict')
};

type TrainValues = LinkValues<typeof TRAIN_LINK>;

/** How the page shows a training. */
export type TrainViewLink = Pick<
	TrainValues,
	'speed' | 'search' | 'order' | 'unused' | 'tree' | 'extent' | 'predict'
>;

export interface TrainLink extends TrainViewLink, Pick<TrainValues, 'beside' | 'whitespace'> {
	readonly rules: TrainingRules;
	/** Id of an example corpus; `null` for a corpus that is in the hash or in no link. */
	readonly corpus: string | null;
	/** Number of merges shown; `null` for all. */
	readonly step: number | null;
}

export function readTraining(search: URLSearchParams): LinkReading<TrainLink> {
	const { values, problems } = readLink(TRAIN_LINK, search, undefined);
	const { pattern, regex, vocabularySize, ties, alphabet, feed, ...others } = values;
	const { minFrequency, maxTokenLength, specialTokens, ...link } = others;
	const rules = {
		vocabularySize,
		pattern: regex === null ? pattern : { regex },
		ties,
		alphabet,
		feed,
		minFrequency,
		maxTokenLength,
		specialTokens
	};
	return { values: { ...link, rules }, problems };
}

/** Writes the search part, which always names the vocabulary size. */
export function writeTraining({
	rules: { pattern, ...rules },
	...link
}: Pick<TrainLink, 'rules' | 'corpus' | 'step'> & Partial<TrainLink>): string {
	const patternOrRegex = typeof pattern === 'string' ? { pattern } : pattern;
	return writeLink(TRAIN_LINK, { ...rules, ...patternOrRegex, ...link }, { vocabularySize: null });
}
