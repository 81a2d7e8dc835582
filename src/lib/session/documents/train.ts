import type { TrainingRules } from '../../engine/train';
import { DEFAULT_RULES } from '../downloads/corpora';
import type { DocumentValue } from './document.svelte';
import { corpus, tokenizer, WHITESPACE } from './fields';
import { flag, oneOf, text, texts, whole } from './schema';

/** The tokenizer next to the trained one, by default. */
export const BESIDE = 'cl100k_base';

/** The rules of training, with the pattern in two fields. */
export const RULE_FIELDS = {
	vocabularySize: whole('size', DEFAULT_RULES.vocabularySize, 1),
	pattern: oneOf('pattern', ['gpt2', 'cl100k', 'o200k', 'llama3', 'qwen2', 'none'], 'gpt2'),
	/** Replaces a named pattern. */
	regex: { ...text('regex', null), isTyped: true },
	ties: oneOf('ties', ['huggingface', 'first-seen'], DEFAULT_RULES.ties),
	alphabet: oneOf('alphabet', ['observed', 'bytes'], DEFAULT_RULES.alphabet),
	feed: oneOf('feed', ['lines', 'whole'], DEFAULT_RULES.feed),
	minFrequency: whole('min', DEFAULT_RULES.minFrequency, 0),
	maxTokenLength: whole('longest', DEFAULT_RULES.maxTokenLength, 1),
	specialTokens: { ...texts('special'), isTyped: true }
};
type RuleValues = DocumentValue<typeof RULE_FIELDS>;

/**
 * What Train shows. The hash holds the corpus if it is not an example, and the text that is shown step by step if it is not
 * the default.
 */
export const TRAIN_FIELDS = {
	/** Id of an example corpus; `null` for a corpus that is in the hash or in no link. */
	corpus: corpus('corpus'),
	...RULE_FIELDS,
	/** Number of merges shown. */
	step: { ...whole('step', 1, 0), isOfInput: true },
	/** Place of the pair that is outlined, among the most frequent ones before the merge; 0 is merged. */
	pair: { ...whole('pair', null, 0), isOfInput: true },
	/** The tokenizer next to the trained one. */
	beside: tokenizer('beside', BESIDE),
	whitespace: WHITESPACE,
	/** Speed of playback. */
	speed: oneOf('speed', ['slow', 'normal', 'fast', 'fastest'], 'normal'),
	/** Whether the visitor predicts the next merge. */
	predict: flag('predict')
};

/** The rules of a document, of which it reads no other field. */
export function rulesOf(values: RuleValues): TrainingRules {
	const { pattern, regex, vocabularySize, ties, alphabet, feed } = values;
	const { minFrequency, maxTokenLength, specialTokens } = values;
	return {
		...{ vocabularySize, ties, alphabet, feed, minFrequency, maxTokenLength, specialTokens },
		pattern: regex === null ? pattern : { regex }
	};
}

/** The fields of rules. A pattern of one's own leaves the named one as it is. */
export const fieldsOf = ({ pattern, ...rules }: TrainingRules): Partial<RuleValues> => ({
	...rules,
	...(typeof pattern === 'string' ? { pattern, regex: null } : pattern)
});
