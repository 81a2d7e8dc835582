import { randomFrom, type Random } from './random-texts';

/** Small tokenizer.json files that differ in one place from one that native loads. */

const token = (id: number, content: string, special = true) => ({
	id,
	content,
	single_word: false,
	lstrip: false,
	rstrip: false,
	normalized: false,
	special
});

const template = (start: string, id: number) => ({
	type: 'TemplateProcessing',
	single: [{ SpecialToken: { id: start, type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
	pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
	special_tokens: { [start]: { id: start, ids: [id], tokens: [start] } }
});

const file = (parts: object) => ({
	version: '1.0',
	truncation: null,
	padding: null,
	added_tokens: [],
	normalizer: null,
	pre_tokenizer: null,
	post_processor: null,
	decoder: null,
	...parts
});

/** SentencePiece's table with a trie of 256 empty units: nothing is replaced. */
const CHARS_MAP = Buffer.concat([Buffer.from([0, 4, 0, 0]), Buffer.alloc(1024)]).toString('base64');

/** In the style of Llama 2, Llama 3, GPT-2, BERT, T5 and a model of whole words. */
const FILES: readonly unknown[] = [
	file({
		truncation: { direction: 'Right', max_length: 8, strategy: 'LongestFirst', stride: 0 },
		added_tokens: [token(0, '<unk>'), token(1, '<s>')],
		normalizer: {
			type: 'Sequence',
			normalizers: [
				{ type: 'Prepend', prepend: '▁' },
				{ type: 'Replace', pattern: { String: ' ' }, content: '▁' }
			]
		},
		post_processor: template('<s>', 1),
		decoder: {
			type: 'Sequence',
			decoders: [
				{ type: 'Replace', pattern: { String: '▁' }, content: ' ' },
				{ type: 'ByteFallback' },
				{ type: 'Fuse' },
				{ type: 'Strip', content: ' ', start: 1, stop: 0 }
			]
		},
		model: {
			type: 'BPE',
			dropout: null,
			unk_token: '<unk>',
			continuing_subword_prefix: null,
			end_of_word_suffix: null,
			fuse_unk: true,
			byte_fallback: true,
			ignore_merges: false,
			vocab: { '<unk>': 0, '<s>': 1, '▁': 2, a: 3, b: 4, ab: 5, '▁ab': 6, '<0x0A>': 7 },
			merges: ['a b', '▁ ab']
		}
	}),
	file({
		added_tokens: [token(6, '<|begin|>'), token(7, '<|pad|>')],
		padding: {
			strategy: { Fixed: 6 },
			direction: 'Left',
			pad_to_multiple_of: 4,
			pad_id: 7,
			pad_type_id: 0,
			pad_token: '<|pad|>'
		},
		normalizer: { type: 'NFC' },
		pre_tokenizer: {
			type: 'Sequence',
			pretokenizers: [
				{
					type: 'Split',
					pattern: {
						Regex: "(?i:'s|'t)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|\\s+(?!\\S)|\\s+"
					},
					behavior: 'Isolated',
					invert: false
				},
				{ type: 'Digits', individual_digits: true },
				{ type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false }
			]
		},
		post_processor: {
			type: 'Sequence',
			processors: [
				{ type: 'ByteLevel', add_prefix_space: true, trim_offsets: false, use_regex: true },
				template('<|begin|>', 6)
			]
		},
		decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
		model: {
			type: 'BPE',
			ignore_merges: true,
			vocab: { a: 0, b: 1, c: 2, ab: 3, abc: 4, Ġ: 5 },
			merges: [
				['a', 'b'],
				['ab', 'c']
			]
		}
	}),
	file({
		added_tokens: [token(4, '<mask>', false)],
		pre_tokenizer: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true },
		post_processor: {
			type: 'RobertaProcessing',
			sep: ['</s>', 2],
			cls: ['<s>', 0],
			trim_offsets: true,
			add_prefix_space: false
		},
		decoder: { type: 'BPEDecoder', suffix: '</w>' },
		model: {
			dropout: 0.5,
			unk_token: 'a',
			end_of_word_suffix: '</w>',
			vocab: { a: 0, b: 1, ab: 2, 'b</w>': 3 },
			merges: ['#version: 0.2', 'a b']
		}
	}),
	file({
		normalizer: {
			type: 'BertNormalizer',
			clean_text: true,
			handle_chinese_chars: true,
			strip_accents: null,
			lowercase: true
		},
		pre_tokenizer: { type: 'BertPreTokenizer' },
		post_processor: { type: 'BertProcessing', sep: ['[SEP]', 1], cls: ['[CLS]', 2] },
		decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
		model: {
			type: 'WordPiece',
			unk_token: '[UNK]',
			continuing_subword_prefix: '##',
			max_input_chars_per_word: 100,
			vocab: { '[UNK]': 0, '[SEP]': 1, '[CLS]': 2, a: 3, '##b': 4 }
		}
	}),
	file({
		normalizer: {
			type: 'Sequence',
			normalizers: [
				{ type: 'Precompiled', precompiled_charsmap: CHARS_MAP },
				{ type: 'Strip', strip_left: false, strip_right: true },
				{ type: 'Replace', pattern: { Regex: ' {2,}' }, content: '▁' }
			]
		},
		pre_tokenizer: {
			type: 'Sequence',
			pretokenizers: [
				{ type: 'WhitespaceSplit' },
				{ type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
				{ type: 'Punctuation', behavior: 'Isolated' },
				{ type: 'CharDelimiterSplit', delimiter: '|' },
				{ type: 'FixedLength', length: 5 },
				{ type: 'UnicodeScripts' }
			]
		},
		decoder: { type: 'Metaspace', replacement: '▁', add_prefix_space: true },
		model: {
			type: 'Unigram',
			unk_id: 0,
			byte_fallback: false,
			vocab: [
				['<unk>', 0.0],
				['▁', -1.5],
				['a', -2]
			]
		}
	}),
	file({
		normalizer: { type: 'Sequence', normalizers: [{ type: 'NFD' }, { type: 'StripAccents' }] },
		pre_tokenizer: { type: 'Whitespace' },
		decoder: { type: 'CTC', pad_token: '<pad>', word_delimiter_token: '|', cleanup: true },
		model: { type: 'WordLevel', vocab: { '<unk>': 0, a: 1 }, unk_token: '<unk>' }
	})
];

/** Spellings of a member of an object, given its name in quotes and its value. */
const MEMBER_EDITS: readonly ((key: string, value: string) => string)[] = [
	(key, value) => `${key}:${value},${key}:${value}`,
	(key, value) => `${key}:null,${key}:${value}`,
	(key, value) => `${key}:${value},${key}:"x"`,
	(key, value) => `${key}:${value},"extra":[{"a":1}]`,
	(key, value) => `${key.slice(0, -1)}_":${value}`,
	() => ''
];

/** Spellings of a value. */
const VALUES: readonly string[] = [
	...[
		'null',
		'true',
		'"x"',
		'""',
		'"\\ud800"',
		'"\\u00e9"',
		'"["',
		'"B"',
		'[]',
		'{}',
		'[["a","b"]]'
	],
	...['0', '1', '3', '-1', '-0', '1.0', '2.5', '1e2', '1e400', '-1e-9', '4294967296'],
	...['18446744073709551615', '18446744073709551616', '{"Fixed":2}', '{"String":"a"}', '{"a":0}'],
	...[
		'["a b"]',
		'[true,false]',
		'[["x",1.0]]',
		'{"type":"NFC"}',
		'{"type":"Fuse"}',
		'{"prepend":""}'
	]
];

interface Place {
	/** The text with another spelling of the value here. */
	readonly withValue: (json: string) => string;
	/** The text with another spelling of the member here; `null` for an element of an array. */
	readonly withMember: ((edit: (key: string, value: string) => string) => string) | null;
	readonly json: string;
}

/** Every place of a file, as ways to write the file with another value there. */
function placesOf(value: unknown, write: (json: string) => string): Place[] {
	const places: Place[] = [];
	const isArray = Array.isArray(value);
	if (typeof value !== 'object' || value === null) return places;
	const entries = Object.entries(value);
	const [open, close] = isArray ? '[]' : '{}';
	entries.forEach(([key, inner], at) => {
		const withItem = (item: string) => {
			const items = entries.map(([name, other], i) => {
				if (i === at) return item;
				return isArray ? JSON.stringify(other) : `${JSON.stringify(name)}:${JSON.stringify(other)}`;
			});
			return write(`${open}${items.filter((other) => other !== '').join(',')}${close}`);
		};
		const quoted = JSON.stringify(key);
		const withValue = (json: string) => withItem(isArray ? json : `${quoted}:${json}`);
		const json = JSON.stringify(inner);
		places.push({
			json,
			withValue,
			withMember: isArray ? null : (edit) => withItem(edit(quoted, json))
		});
		places.push(...placesOf(inner, withValue));
	});
	return places;
}

const pick = <T>(random: Random, items: readonly T[]): T =>
	items[Math.floor(random() * items.length)];

/**
 * The small files themselves, each place of each left out and repeated, and `count` places with another
 * value.
 */
export function mutatedFiles(seed: number, count: number): string[] {
	const random = randomFrom(seed);
	const places = FILES.flatMap((whole) => placesOf(whole, (json) => json));
	const texts = new Set(FILES.map((whole) => JSON.stringify(whole)));
	for (const { withMember } of places) {
		if (!withMember) continue;
		texts.add(withMember(() => ''));
		texts.add(withMember(pick(random, MEMBER_EDITS)));
	}
	for (let i = 0; i < count; i++) {
		const { withValue, withMember, json } = pick(random, places);
		if (withMember && random() < 0.2) texts.add(withMember(pick(random, MEMBER_EDITS)));
		else if (random() < 0.1) texts.add(withValue(`[${json},${json}]`));
		else texts.add(withValue(pick(random, VALUES)));
	}
	return [...texts];
}
