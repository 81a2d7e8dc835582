import { describe, expect, it } from 'vitest';
import { byteLevel } from '../../../../tests/support/spec-parts';
import type {
	DecoderSpec,
	NormalizerSpec,
	PostProcessorSpec,
	PreTokenizerSpec
} from '../../engine';
import {
	describeDecoder,
	describeNormalizer,
	describePostProcessor,
	describePreTokenizer
} from './describe-stages';

describe('stages in words', () => {
	it.each<[NormalizerSpec, string]>([
		[
			{ type: 'Strip', strip_left: true, strip_right: false },
			'Removes white space before the text'
		],
		[
			{
				...{ type: 'BertNormalizer', clean_text: true, handle_chinese_chars: false },
				...{ strip_accents: null, lowercase: true }
			},
			'BERT’s rules: removes control characters, removes accents, converts letters to lower case'
		],
		[
			{ type: 'Precompiled', precompiled_charsmap: 'A'.repeat(1000) },
			'Replaces graphemes and characters listed in SentencePiece’s table'
		],
		[
			{
				...{ type: 'SentencePiece', precompiled_charsmap: 'A', add_dummy_prefix: true },
				...{ remove_extra_whitespaces: true, escape_whitespaces: true },
				user_defined_symbols: ['<x>']
			},
			'Replaces the longest strings listed in SentencePiece’s table; Leaves user-defined symbols such as "<x>" unchanged; ' +
				'Removes repeated spaces and spaces at the start and end of the text; Puts a space before the text; Writes spaces as "▁"'
		],
		[
			{ type: 'Replace', pattern: { Regex: '\\s+' }, content: '\u00a0' },
			'Replaces the regular expression /\\s+/ with "\\u{a0}"'
		]
	])('%j', (spec, words) => {
		expect(describeNormalizer(spec).join('; ')).toBe(words);
	});

	it.each<[PreTokenizerSpec, string]>([
		[{ type: 'Punctuation', behavior: 'MergedWithNext' }, 'Splits before punctuation'],
		[
			{ type: 'Punctuation', behavior: 'Contiguous' },
			'Splits at punctuation; consecutive matches form one pre-token'
		],
		[{ type: 'CharDelimiterSplit', delimiter: '▁' }, 'Splits at "▁" and removes it'],
		[{ type: 'FixedLength', length: 1000 }, 'Splits into pre-tokens of 1,000 code points'],
		[{ type: 'WhitespaceSplit' }, 'Splits at white space and removes it'],
		[byteLevel({ use_regex: false }), 'Writes bytes in GPT-2’s byte alphabet']
	])('%j', (spec, words) => {
		expect(describePreTokenizer(spec)).toEqual([words]);
	});

	it('of a post-processor and a decoder are not those of a pre-tokenizer with the same name', () => {
		const roberta: PostProcessorSpec = {
			type: 'RobertaProcessing',
			sep: ['</s>', 2],
			cls: ['<s>', 0],
			trim_offsets: true,
			add_prefix_space: true
		};
		expect(
			describePostProcessor({
				type: 'Sequence',
				processors: [byteLevel({ trim_offsets: false }), roberta]
			})
		).toEqual([
			'Token spans include spaces',
			'Token spans leave out spaces at both ends',
			'If special tokens are added: "<s>", the text, "</s>"'
		]);
		const strip: DecoderSpec = { type: 'Strip', content: ' ', start: 1, stop: 0 };
		expect(describeDecoder({ type: 'Sequence', decoders: [byteLevel(), strip] })).toEqual([
			'Turns characters of GPT-2’s byte alphabet into bytes',
			'Removes " " from each token: up to 1 at the start'
		]);
	});
});
