import { defineCases } from './define-cases';
import { figures, issues } from './sources';
import { OWN_TEST } from './types';

/** Cases where ids are decoded (possibly with a different vocabulary) or only counted. */
export const READING_CASES = defineCases('decoder', [
	{
		slug: 'clean-up-of-spaces',
		claim: 'Decoding “cleans up” spaces that were in the text.',
		story:
			'The habit comes from models that split words at spaces: decoding removes the space before ! and other punctuation. It breaks code and any round trip. All 24 Llama 3 models on the Hub had it switched on.',
		year: 2024,
		sources: issues('transformers', 31187, 32575, 44915),
		figures: figures('transformers#44915', 'description', '24'),
		part: 'clean_up_tokenization_spaces of @xenova/transformers 2.17.2',
		caughtBy: ['config', 'round-trip'],
		publishedIn: { source: 'transformers#31187', where: 'description' },
		note: 'The issue prints the right ids and the decoded text. The ids of that text are our own.',
		names: { a: 'llama3', b: 'transformers.js, live, decoded and encoded again' },
		b: { tokenizer: 'llama3', library: { name: 'transformers.js' } },
		task: { does: 'encode-again', a: { text: '! ! !' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [0, 758, 758] },
			{ sees: 'reads', side: 'b', text: '!!!' },
			{ sees: 'tokens', side: 'b', tokens: ['!!!'] }
		],
		destination: {
			page: 'diff',
			b: { tokenizer: 'llama3', edits: [{ kind: 'clean-up-spaces', value: true }] },
			note: 'B is llama3 with that clean-up in its decoder. Look at what the model reads.'
		}
	},
	{
		slug: 'tokens-there-and-back',
		claim: 'A model wrote two tokens, and encoding its text again gives two different ones.',
		story:
			'Reinforcement learning that stores texts instead of ids trains on tokens that the model never wrote. rllm saw spikes in KL divergence. The tokenizer is right: it encodes a text in one way, and a model may choose another.',
		year: 2025,
		sources: [...issues('rllm', 272), ...issues('trl', 5224)],
		stage: 'use',
		part: 'decoding and encoding again',
		publishedIn: { source: 'rllm#272', where: 'description' },
		names: { a: 'qwen3, as a model wrote it', b: 'qwen3, decoded and encoded again' },
		b: { tokenizer: 'qwen3' },
		task: { does: 'encode-again', a: [53122, 316] },
		expect: [
			{ sees: 'reads', side: 'a', text: ' Pantom' },
			{ sees: 'ids', side: 'b', ids: [393, 30002] }
		],
		destination: {
			page: 'compare',
			ids: [53122, 316],
			note: 'One tokenizer, used in two ways. Compare reads these ids. To see the others, type “ Pantom” there as text.'
		}
	},
	{
		slug: 'byte-order-mark-lost-in-decoding',
		claim: 'A token that is a byte order mark decodes to nothing.',
		story:
			'JavaScript’s TextDecoder removes a leading U+FEFF unless it is told to keep it. js-tiktoken does not tell it to, so a text that begins with one comes back without it.',
		part: 'the decoder of js-tiktoken 1.0.21',
		note: 'No other page shows this: Compare only asks libraries to encode, and this one loses the mark when it decodes.',
		names: { a: 'cl100k_base', b: 'js-tiktoken, live' },
		b: { tokenizer: 'cl100k_base', library: { name: 'js-tiktoken' } },
		task: { does: 'decode', a: [3305] },
		expect: [
			{ sees: 'reads', side: 'a', text: '\ufeff' },
			{ sees: 'reads', side: 'b', text: '' }
		],
		destination: null
	},
	{
		slug: 'rows-without-tokens',
		claim: 'The model can produce ids that the tokenizer has no token for.',
		story:
			'Qwen’s embedding has 151,936 rows, more than its tokenizer has tokens. The other rows are padding for distributed training. Qwen’s makers call a model that produces such an id broken, and a decoder has no text for it.',
		year: 2024,
		sources: issues('Qwen3', 29, 885),
		figures: figures('Qwen3#29', 'description', '151,936'),
		stage: 'use',
		part: 'the embedding',
		caughtBy: ['embedding', 'config', 'text', 'special-tokens'],
		note: 'The issues are about Qwen 1.5. Qwen 3’s tokenizer has a few more tokens.',
		names: { a: 'qwen3, its last id', b: 'qwen3, the next row' },
		b: { tokenizer: 'qwen3' },
		task: { does: 'decode', a: [151668], b: [151669] },
		expect: [
			{ sees: 'reads', side: 'a', text: '</think>' },
			{ sees: 'no-token', side: 'b' }
		],
		destination: {
			page: 'diff',
			b: { tokenizer: 'qwen3', edits: [{ kind: 'shift-ids', from: 151668, by: 1 }] },
			rows: 151936,
			text: '</think>',
			note: 'B moves the last token to the next row, which belongs to no token. There is no error and no meaning.'
		}
	},
	{
		slug: 'p50k-ids-into-an-r50k-model',
		claim: 'Two vocabularies agree on all words and differ in a few runs of spaces.',
		story:
			'p50k is r50k plus tokens for runs of spaces at its end. A model for r50k has no rows for them. It stops with an error, or goes on silently if its embedding is padded, as GPT-J’s is.',
		severity: 'loud',
		stage: 'model',
		part: 'model.vocab',
		caughtBy: ['embedding', 'vocabulary', 'config', 'text'],
		names: { a: 'r50k_base, as the model was trained', b: 'ids of p50k_base for that model' },
		a: { tokenizer: 'gpt2' },
		b: { tokenizer: 'p50k_base' },
		task: { does: 'encode', a: { text: 'if x:\n        y' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'if x:\n        y' },
			{ sees: 'no-token', side: 'b' }
		],
		destination: {
			page: 'diff',
			note: 'Give the model more embedding rows there, and the error disappears.'
		}
	},
	{
		slug: 'the-wrong-counter',
		claim: 'Costs were estimated with the previous model’s tokenizer.',
		story:
			'A counter that did not know GPT-4o logged a warning and used cl100k. The English sentence of the issue takes 9 tokens either way. A Hindi one takes more than three times as many with cl100k.',
		year: 2024,
		sources: issues('tokencost', 44),
		figures: figures('tokencost#44', 'description', '9'),
		severity: 'warned',
		stage: 'model',
		part: 'model.vocab',
		caughtBy: ['vocabulary', 'config', 'text', 'special-tokens'],
		names: { a: 'o200k_base', b: 'counted with cl100k_base' },
		a: { tokenizer: 'o200k_base' },
		b: { tokenizer: 'cl100k_base' },
		task: { does: 'count', a: { text: 'सभी मनुष्य जन्म से स्वतंत्र हैं' } },
		expect: [{ sees: 'more-tokens', side: 'b', times: 3 }]
	},
	{
		slug: 'cl100k-read-by-o200k',
		claim: 'Ids saved with one vocabulary mean different words in the next.',
		story:
			'85,033 tokens of cl100k are also in o200k, but only 265 of them keep their id. Cached ids, logged ids and logit biases mean something else after the change.',
		figures: figures(OWN_TEST, 'src/lib/drift/vocabulary.test.ts', '85,033', '265'),
		stage: 'model',
		part: 'model.vocab',
		caughtBy: ['vocabulary', 'config', 'text', 'special-tokens'],
		names: { a: 'o200k_base', b: 'ids of cl100k_base, read by o200k_base' },
		a: { tokenizer: 'o200k_base' },
		b: { tokenizer: 'cl100k_base' },
		task: { does: 'encode', a: { text: 'The capital of France is Paris.' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'The capital of France is Paris.' },
			{ sees: 'different-text' }
		],
		destination: { page: 'diff', note: 'Look at what the model reads.' }
	},
	{
		slug: 'olmo2-data-in-olmo1-ids',
		claim: 'A deprecated script for training data gave OLMo 2 the ids of OLMo 1.',
		story:
			'A user asked which tokenizer is right for OLMo 2, because the script, known to be deprecated, named one of OLMo 1. The first answer recommended a different one of OLMo 1. With its ids, training stopped with a division by zero. With that tokenizer in the configuration too, it stopped because the vocabulary sizes don’t match.',
		year: 2025,
		sources: issues('OLMo', 790, 791),
		severity: 'loud',
		stage: 'model',
		part: 'model.vocab',
		caughtBy: ['vocabulary', 'config', 'self-encode', 'round-trip', 'text', 'special-tokens'],
		note: 'OLMo 1 has the ordinary tokens of GPT-NeoX. All ids are within OLMo 2’s vocabulary, so the ids alone cause no error.',
		names: { a: 'olmo2', b: 'ids of gpt-neox, read by olmo2' },
		a: { tokenizer: 'olmo2' },
		b: { tokenizer: 'gpt-neox' },
		task: { does: 'encode', a: { text: 'The capital of France is Paris.' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'The capital of France is Paris.' },
			{ sees: 'different-text' }
		],
		destination: { page: 'diff', note: 'Look at what the model reads.' }
	}
]);
