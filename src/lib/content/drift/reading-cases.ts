import { issues } from './sources';
import type { DriftCase } from './types';

/** Ids come back as text, are read by another vocabulary, or are only counted. */
export const READING_CASES: readonly DriftCase[] = [
	{
		slug: 'clean-up-of-spaces',
		family: 'reading',
		claim: 'Decoding “cleans up” spaces that were there.',
		story:
			'A habit from models that split words at spaces: decoding takes away the space before ! and other signs. On code and in any round trip it changes what was written, and it is on unless switched off.',
		year: 2024,
		sources: issues('transformers', 31187, 32575, 44915),
		damage: '3.6 % of lines of code do not come back as they were.',
		severity: 'silent',
		stage: 'clean_up_tokenization_spaces of @xenova/transformers 2.17.2',
		evidence: 'published-ids',
		names: { a: 'llama3', b: 'transformers.js, live, there and back' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', library: { name: 'transformers.js', merges: 'strings' } },
		task: { does: 'encode-again', a: { text: '! ! !' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [0, 758, 758] },
			{ sees: 'reads', side: 'b', text: '!!!' },
			{ sees: 'ids', side: 'b', ids: [12340] }
		],
		look: {
			in: 'diff',
			b: { tokenizer: 'llama3', edits: [{ kind: 'clean-up-spaces', value: true }] },
			note: 'B is llama3 with that clean-up in its decoder: look at what is read.'
		}
	},
	{
		slug: 'tokens-there-and-back',
		family: 'reading',
		claim: 'A model wrote two tokens; encoded again, its text is two others.',
		story:
			'Reinforcement learning that keeps texts instead of ids trains on tokens that the model never wrote. Nothing is wrong with the tokenizer: a text has one encoding, and a model may choose another.',
		year: 2025,
		sources: [
			...issues('rllm', 272),
			...issues('trl', 5224),
			{ name: 'vLLM blog, 22 October 2025', url: 'https://vllm.ai/blog/2025-10-22-agent-lightning' }
		],
		damage: 'Spikes of the KL divergence in training.',
		severity: 'silent',
		stage: 'decoding and encoding again',
		evidence: 'published-ids',
		names: { a: 'what a model wrote, qwen3', b: 'its text, encoded again' },
		a: { tokenizer: 'qwen3' },
		b: { tokenizer: 'qwen3' },
		task: { does: 'encode-again', a: [53122, 316] },
		expect: [
			{ sees: 'reads', side: 'a', text: ' Pantom' },
			{ sees: 'ids', side: 'b', ids: [393, 30002] }
		],
		look: {
			in: 'compare',
			tokenizer: 'qwen3',
			ids: [53122, 316],
			note: 'One tokenizer, used in two ways: Compare reads these ids; type “ Pantom” there as text for the others.'
		}
	},
	{
		slug: 'byte-order-mark-lost-in-decoding',
		family: 'reading',
		claim: 'A token that is a byte order mark decodes to nothing.',
		story:
			'JavaScript’s TextDecoder takes a leading U+FEFF away unless told not to. js-tiktoken does not tell it, so a text that begins with one does not come back.',
		year: null,
		sources: [],
		damage: null,
		severity: 'silent',
		stage: 'the decoder of js-tiktoken 1.0.21',
		evidence: 'found-here',
		names: { a: 'cl100k_base', b: 'js-tiktoken, live' },
		a: { tokenizer: 'cl100k_base' },
		b: { tokenizer: 'cl100k_base', library: { name: 'js-tiktoken' } },
		task: { does: 'decode', a: [3305] },
		expect: [
			{ sees: 'reads', side: 'a', text: '\ufeff' },
			{ sees: 'reads', side: 'b', text: '' }
		],
		look: {
			in: 'nowhere',
			why: 'Compare asks libraries to encode, and this one loses the mark in decoding: it is shown here only.'
		}
	},
	{
		slug: 'rows-without-tokens',
		family: 'reading',
		claim: 'The model can say ids that the tokenizer has no token for.',
		story:
			'Qwen’s embedding has 151,936 rows, its tokenizer 151,669 ids: the rest is padding. Some libraries decode such an id to nothing, some stop.',
		year: 2025,
		sources: issues('Qwen3', 29, 885),
		damage: null,
		severity: 'silent',
		stage: 'the embedding',
		evidence: 'mechanism',
		names: { a: 'qwen3, its last id', b: 'qwen3, the next row' },
		a: { tokenizer: 'qwen3' },
		b: { tokenizer: 'qwen3' },
		task: { does: 'decode', a: [151668], b: [151669] },
		expect: [
			{ sees: 'reads', side: 'a', text: '</think>' },
			{ sees: 'no-token', side: 'b' }
		],
		look: {
			in: 'diff',
			b: { tokenizer: 'qwen3', edits: [{ kind: 'shift-ids', from: 151668, by: 1 }] },
			rows: 151936,
			text: '</think>',
			note: 'B gives the last token the next row, one of those without a token: no error, and no meaning.'
		}
	},
	{
		slug: 'p50k-ids-into-an-r50k-model',
		family: 'reading',
		claim: 'Two vocabularies agree on all words, and differ in a few runs of spaces.',
		story:
			'p50k is r50k with tokens for runs of spaces at its end. A model for r50k has no rows for them: an error, or silence where its embedding is padded, as GPT-J’s is to 50,400.',
		year: null,
		sources: [],
		damage: null,
		severity: 'loud',
		stage: 'model.vocab',
		evidence: 'found-here',
		names: { a: 'r50k_base, as the model was trained', b: 'ids of p50k_base for that model' },
		a: { tokenizer: 'r50k_base' },
		b: { tokenizer: 'p50k_base' },
		task: { does: 'encode', a: { text: 'if x:\n        y' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'if x:\n        y' },
			{ sees: 'no-token', side: 'b' }
		],
		look: {
			in: 'diff',
			note: 'Write 50400 rows there, as many as GPT-J has, and the error becomes silence.'
		}
	},
	{
		slug: 'the-wrong-counter',
		family: 'reading',
		claim: 'Costs were estimated with the tokenizer of the model before.',
		story:
			'A counter that did not know GPT-4o went on with cl100k. English hides it; Hindi comes out more than three times too dear.',
		year: 2024,
		sources: issues('tokencost', 44),
		damage: null,
		severity: 'silent',
		stage: 'model.vocab',
		evidence: 'mechanism',
		names: { a: 'o200k_base', b: 'counted with cl100k_base' },
		a: { tokenizer: 'o200k_base' },
		b: { tokenizer: 'cl100k_base' },
		task: { does: 'count', a: { text: 'सभी मनुष्य जन्म से स्वतंत्र हैं' } },
		expect: [{ sees: 'more-tokens', side: 'b', times: 3 }]
	},
	{
		slug: 'cl100k-read-by-o200k',
		family: 'reading',
		claim: 'Ids saved under one vocabulary are other words under the next.',
		story:
			'85,033 tokens of cl100k are in o200k as well, 265 of them at the same id. Cached ids, logged ids and logit biases all name something else after the change.',
		year: null,
		sources: [],
		damage: null,
		severity: 'silent',
		stage: 'model.vocab',
		evidence: 'found-here',
		names: { a: 'o200k_base', b: 'ids of cl100k_base, read by o200k_base' },
		a: { tokenizer: 'o200k_base' },
		b: { tokenizer: 'cl100k_base' },
		task: { does: 'encode', a: { text: 'The capital of France is Paris.' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'The capital of France is Paris.' },
			{ sees: 'other-text' }
		],
		look: { in: 'diff', note: 'Look at what is read.' }
	}
];
