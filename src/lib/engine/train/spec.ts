import { createSpecialToken } from '../formats/added-tokens';
import type { PreTokenizerSpec, TokenizerSpec } from '../spec';
import { listOfPairs } from '../structures/merge-list';
import { vocabularySize } from '../structures/vocabulary';
import { patternRegex } from './patterns';
import { trainedTokens } from './tokens';
import type { Training, TrainingPattern } from './types';

/**
 * Builds a tokenizer from the first `merges` merges of a training run (all by default), as if training had stopped
 * there.
 *
 * As in Hugging Face's library, the `lines` feed affects only training: the tokenizer splits each text as a whole. With
 * an observed alphabet, the tokenizer drops bytes that are not in the alphabet.
 * @throws RangeError if `merges` is not a whole number from 0 to the number of merges
 */
export function trainedSpec(training: Training, merges = training.products.length): TokenizerSpec {
	const { vocabulary } = trainedTokens(training, merges);
	const { rules } = training;
	const firstSpecial = rules.alphabet === 'observed' ? 0 : vocabularySize(vocabulary);
	return {
		normalizer: null,
		pre_tokenizer: preTokenizer(rules.pattern),
		model: {
			type: 'BPE',
			vocabulary,
			byte_level: true,
			merges: listOfPairs(training.merges.slice(0, 2 * merges)),
			unk_token: null,
			fuse_unk: false,
			byte_fallback: false,
			ignore_merges: false
		},
		post_processor: null,
		decoder: byteLevel(false),
		added_tokens: rules.specialTokens.map((content, i) =>
			createSpecialToken(firstSpecial + i, content)
		)
	};
}

function preTokenizer(pattern: TrainingPattern): PreTokenizerSpec {
	if (pattern === 'gpt2') return byteLevel(true);
	const regex = patternRegex(pattern);
	if (regex === null) return byteLevel(false);
	return {
		type: 'Sequence',
		pretokenizers: [
			{ type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false },
			byteLevel(false)
		]
	};
}

const byteLevel = (useRegex: boolean) =>
	({
		type: 'ByteLevel',
		add_prefix_space: false,
		trim_offsets: true,
		use_regex: useRegex
	}) as const;
