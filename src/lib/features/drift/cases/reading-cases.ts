import { LLAMA2_DECODER } from './changes';
import { issues } from './sources';
import { OWN_TEST, type DriftCase } from './types';

/** Ids come back as text, are read by another vocabulary, or are only counted. */
export const READING_CASES: readonly DriftCase[] = [
	{
		slug: 'clean-up-of-spaces',
		family: 'reading',
		claim: 'Decoding “cleans up” spaces that were in the text.',
		story:
			'A habit from models that split words at spaces: decoding removes the space before ! and other signs. It breaks code and any round trip. All 24 Llama 3 models on the Hub had it switched on.',
		year: 2024,
		sources: issues('transformers', 31187, 32575, 44915),
		damage: null,
		figures: [{ text: '24', source: 'transformers#44915', where: 'description' }],
		severity: 'silent',
		stage: 'clean_up_tokenization_spaces of @xenova/transformers 2.17.2',
		evidence: 'published-ids',
		publishedIn: { source: 'transformers#31187', where: 'description' },
		note: 'The issue prints the right ids and the decoded text. The ids of that text are our own.',
		names: { a: 'llama3', b: 'transformers.js, live, there and back' },
		a: { tokenizer: 'llama3' },
		b: { tokenizer: 'llama3', library: { name: 'transformers.js', merges: 'strings' } },
		task: { does: 'encode-again', a: { text: '! ! !' } },
		expect: [
			{ sees: 'ids', side: 'a', ids: [0, 758, 758] },
			{ sees: 'reads', side: 'b', text: '!!!' },
			{ sees: 'tokens', side: 'b', tokens: ['!!!'] }
		],
		look: {
			in: 'diff',
			b: { tokenizer: 'llama3', edits: [{ kind: 'clean-up-spaces', value: true }] },
			note: 'B is llama3 with that clean-up in its decoder. Look at what is read.'
		}
	},
	{
		slug: 'spaces-written-as-letters',
		family: 'reading',
		claim: 'A model’s answers showed Ġ for every space.',
		story:
			'The same upgrade that dropped DeepSeek’s spaces replaced its decoder as well. The bytes of a token are then shown in the alphabet that files write them in, where a space is Ġ.',
		year: 2026,
		sources: [...issues('kaito', 2053), ...issues('transformers', 48206)],
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'decoder',
		evidence: 'mechanism',
		names: { a: 'deepseek-v3', b: 'deepseek-v3 with Llama 2’s decoder' },
		a: { tokenizer: 'deepseek-v3' },
		b: { tokenizer: 'deepseek-v3', edits: [LLAMA2_DECODER] },
		task: { does: 'read', a: { text: 'Here is your blog' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'Here is your blog' },
			{ sees: 'reads', side: 'b', text: 'HereĠisĠyourĠblog' }
		]
	},
	{
		slug: 'benchmark-with-two-tokenizers',
		family: 'reading',
		claim: 'A benchmark counted tokens with one tokenizer, and the server used another.',
		story:
			'The client had lost DeepSeek’s decoder in an upgrade, and the server had repaired it. The client wrote a prompt of 7,140 tokens, the server read 35,921, and looked slow.',
		year: 2026,
		sources: issues('InferenceX', 937),
		damage:
			'Time to first token 482 ms → 1394 ms, output 212 → 160 tokens per second, both against the image before the upgrade.',
		figures: [
			{ text: '7,140', source: 'InferenceX#937', where: 'table in the description' },
			{ text: '35,921', source: 'InferenceX#937', where: 'table in the description' },
			{ text: '482 ms → 1394 ms', source: 'InferenceX#937', where: 'description' },
			{ text: '212 → 160', source: 'InferenceX#937', where: 'description' }
		],
		severity: 'silent',
		stage: 'decoder',
		evidence: 'mechanism',
		note: 'The pull request names the decoder and the counts. That a space became Ġ is our reading, as in the case above.',
		names: { a: 'what the client counts', b: 'what the server gets' },
		a: { tokenizer: 'deepseek-v3' },
		b: { tokenizer: 'deepseek-v3', edits: [LLAMA2_DECODER] },
		task: { does: 'encode-again', a: { text: 'we need to add' } },
		expect: [
			{ sees: 'tokens', side: 'a', tokens: ['we', ' need', ' to', ' add'] },
			{ sees: 'reads', side: 'b', text: 'weĠneedĠtoĠadd' },
			{ sees: 'more-tokens', side: 'b', times: 2 }
		]
	},
	{
		slug: 'tokens-there-and-back',
		family: 'reading',
		claim: 'A model wrote two tokens, and encoding its text again gives two different ones.',
		story:
			'Reinforcement learning that keeps texts instead of ids trains on tokens that the model never wrote. rllm saw spikes in KL divergence. The tokenizer is right: a text has one encoding, and a model may choose another.',
		year: 2025,
		sources: [...issues('rllm', 272), ...issues('trl', 5224)],
		damage: null,
		figures: [],
		severity: 'silent',
		stage: 'decoding and encoding again',
		evidence: 'published-ids',
		publishedIn: { source: 'rllm#272', where: 'description' },
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
			note: 'One tokenizer, used in two ways: Compare reads these ids. Type “ Pantom” there as text for the others.'
		}
	},
	{
		slug: 'byte-order-mark-lost-in-decoding',
		family: 'reading',
		claim: 'A token that is a byte order mark decodes to nothing.',
		story:
			'JavaScript’s TextDecoder removes a leading U+FEFF unless told not to. js-tiktoken does not tell it, so a text that begins with one does not come back.',
		year: null,
		sources: [],
		damage: null,
		figures: [],
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
			why: 'Compare asks libraries to encode, and this one loses the mark in decoding.'
		}
	},
	{
		slug: 'rows-without-tokens',
		family: 'reading',
		claim: 'The model can produce ids that the tokenizer has no token for.',
		story:
			'Qwen’s embedding has 151,936 rows, more than its tokenizer has tokens. The rest pads it for distributed training. Its makers call a model that produces such an id broken, and a decoder has nothing to show for it.',
		year: 2024,
		sources: issues('Qwen3', 29, 885),
		damage: null,
		figures: [{ text: '151,936', source: 'Qwen3#29', where: 'description' }],
		severity: 'silent',
		stage: 'the embedding',
		evidence: 'mechanism',
		note: 'The issues are about Qwen 1.5. Qwen 3’s tokenizer has a few more tokens.',
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
		claim: 'Two vocabularies agree on all words and differ in a few runs of spaces.',
		story:
			'p50k is r50k with tokens for runs of spaces at its end. A model for r50k has no rows for them. That is an error, or silence if its embedding is padded, as GPT-J’s is.',
		year: null,
		sources: [],
		damage: null,
		figures: [],
		severity: 'loud',
		stage: 'model.vocab',
		evidence: 'found-here',
		names: { a: 'r50k_base, as the model was trained', b: 'ids of p50k_base for that model' },
		a: { tokenizer: 'gpt2' },
		b: { tokenizer: 'p50k_base' },
		task: { does: 'encode', a: { text: 'if x:\n        y' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'if x:\n        y' },
			{ sees: 'no-token', side: 'b' }
		],
		look: {
			in: 'diff',
			note: 'Give the model more embedding rows there, and the error becomes silence.'
		}
	},
	{
		slug: 'the-wrong-counter',
		family: 'reading',
		claim: 'Costs were estimated with the previous model’s tokenizer.',
		story:
			'A counter that did not know GPT-4o warned and went on with cl100k. The English sentence of the issue takes 9 tokens either way. A Hindi one takes more than three times as many.',
		year: 2024,
		sources: issues('tokencost', 44),
		damage: null,
		figures: [{ text: '9', source: 'tokencost#44', where: 'description' }],
		severity: 'warned',
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
			'85,033 tokens of cl100k are in o200k as well, and only 265 of them keep their id. Cached ids, logged ids and logit biases name something else after the change.',
		year: null,
		sources: [],
		damage: null,
		figures: [
			{ text: '85,033', source: OWN_TEST, where: 'src/lib/drift/vocabulary.test.ts' },
			{ text: '265', source: OWN_TEST, where: 'src/lib/drift/vocabulary.test.ts' }
		],
		severity: 'silent',
		stage: 'model.vocab',
		evidence: 'found-here',
		names: { a: 'o200k_base', b: 'ids of cl100k_base, read by o200k_base' },
		a: { tokenizer: 'o200k_base' },
		b: { tokenizer: 'cl100k_base' },
		task: { does: 'encode', a: { text: 'The capital of France is Paris.' } },
		expect: [
			{ sees: 'reads', side: 'a', text: 'The capital of France is Paris.' },
			{ sees: 'different-text' }
		],
		look: { in: 'diff', note: 'Look at what is read.' }
	}
];
