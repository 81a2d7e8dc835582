import type { TrainingRules } from '../../engine/train';
import { DEFAULT_RULES } from '../downloads/corpora';
import type { DocumentValue } from './document.svelte';
import { corpus, tokenizer, WHITESPACE } from './fields';
import { flag, oneOf, text, texts, whole } from './schema';

/** Default tokenizer to compare with the trained one. */
export const BESIDE = 'cl100k_base';

/** Link fields for the training rules. A named pattern is stored in the field `pattern`, a custom one in `regex`. */
export const RULE_FIELDS = {
	vocabularySize: whole('size', DEFAULT_RULES.vocabularySize, 1),
	pattern: oneOf('pattern', ['gpt2', 'cl100k', 'o200k', 'llama3', 'qwen2', 'none'], 'gpt2'),
	/** A custom pattern, which overrides the named one. */
	regex: { ...text('regex', null), isTyped: true },
	ties: oneOf('ties', ['huggingface', 'first-seen'], DEFAULT_RULES.ties),
	alphabet: oneOf('alphabet', ['observed', 'bytes'], DEFAULT_RULES.alphabet),
	feed: oneOf('feed', ['lines', 'whole'], DEFAULT_RULES.feed),
	minFrequency: whole('min', DEFAULT_RULES.minFrequency, 0),
	maxTokenLength: whole('longest', DEFAULT_RULES.maxTokenLength, 1),
	specialTokens: { ...texts('special'), isTyped: true }
};
type RuleValues = DocumentValue<typeof RULE_FIELDS>;

/** State of the Train page. The hash contains a custom corpus, and the text to encode unless that is the default. */
export const TRAIN_FIELDS = {
	/** Id of an example corpus; `null` if the corpus is in the hash or doesn't fit in a link. */
	corpus: corpus('corpus'),
	...RULE_FIELDS,
	/** Number of merges shown. */
	step: { ...whole('step', 1, 0), refersToInput: true },
	/** Index of the outlined pair among the most frequent pairs; the pair at index 0 is the one merged. */
	pair: { ...whole('pair', null, 0), refersToInput: true },
	beside: tokenizer('beside', BESIDE),
	whitespace: WHITESPACE,
	speed: oneOf('speed', ['slow', 'normal', 'fast', 'fastest'], 'normal'),
	/** Whether the page asks the visitor to predict the next merge. */
	predict: flag('predict')
};

export function rulesOf(values: RuleValues): TrainingRules {
	const { pattern, regex, vocabularySize, ties, alphabet, feed } = values;
	const { minFrequency, maxTokenLength, specialTokens } = values;
	return {
		...{ vocabularySize, ties, alphabet, feed, minFrequency, maxTokenLength, specialTokens },
		pattern: regex === null ? pattern : { regex }
	};
}

/** Converts training rules to link fields. Omits the `pattern` field if the pattern is a custom one. */
export const fieldsOf = ({ pattern, ...rules }: TrainingRules): Partial<RuleValues> => ({
	...rules,
	...(typeof pattern === 'string' ? { pattern, regex: null } : pattern)
});
