/** Small tokenizer.json files of the models that transformers.js runs, as objects. */

const added = (id: number, content: string, flags: object = {}) => ({
	id,
	content,
	single_word: false,
	lstrip: false,
	rstrip: false,
	normalized: false,
	special: true,
	...flags
});

const WORDS = ['the', 'token', 'straw', 'berry', 'un', 'known', 'cafe', '中', '文', ',', '.', '!'];
const CONTINUATIONS = ['izer', 's', 'berry', 'ed', 'a', 'b', 'e', 'r', 'y', 'known'];

/** A WordPiece model as BERT's: lower case, without accents, words split at spaces and punctuation. */
export function smallWordPiece() {
	const tokens = [
		'[PAD]',
		'[UNK]',
		'[CLS]',
		'[SEP]',
		'[MASK]',
		...WORDS,
		...'abcdefghijklmnopqrstuvwxyz',
		...CONTINUATIONS.map((token) => `##${token}`)
	];
	return {
		version: '1.0',
		truncation: null,
		padding: null,
		added_tokens: [
			...tokens.slice(0, 4).map((content, id) => added(id, content)),
			added(4, '[MASK]', { lstrip: true })
		],
		normalizer: {
			type: 'BertNormalizer',
			clean_text: true,
			handle_chinese_chars: true,
			strip_accents: null,
			lowercase: true
		},
		pre_tokenizer: { type: 'BertPreTokenizer' },
		post_processor: null,
		decoder: { type: 'WordPiece', prefix: '##', cleanup: false },
		model: {
			type: 'WordPiece',
			unk_token: '[UNK]',
			continuing_subword_prefix: '##',
			max_input_chars_per_word: 100,
			vocab: Object.fromEntries(tokens.map((token, id) => [token, id]))
		}
	};
}

/** A Unigram model as T5's, with the score of a token falling with its id. */
export function smallUnigram() {
	const pieces = [
		'▁',
		'▁the',
		'▁straw',
		'berry',
		'▁token',
		'izer',
		's',
		'▁caf',
		'é',
		'▁is',
		'.',
		...'abcdefghijklmnopqrstuvwxyz'
	];
	return {
		version: '1.0',
		truncation: null,
		padding: null,
		added_tokens: [added(0, '<pad>'), added(1, '</s>'), added(2, '<unk>')],
		normalizer: { type: 'NFKC' },
		pre_tokenizer: {
			type: 'Metaspace',
			replacement: '▁',
			prepend_scheme: 'always',
			split: true
		},
		post_processor: null,
		decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
		model: {
			type: 'Unigram',
			unk_id: 2,
			byte_fallback: false,
			vocab: [
				['<pad>', 0],
				['</s>', 0],
				['<unk>', 0],
				...pieces.map((piece, i): [string, number] => [piece, -2 - i / 4])
			]
		}
	};
}
