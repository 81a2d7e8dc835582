import { pick, randomFrom } from './random-texts';
import {
	addedToken,
	byteLevel,
	LLAMA_STAGES,
	metaspace,
	padding,
	replace,
	sequence,
	split,
	startingWith,
	tokenizerFile as file,
	truncation,
	vocabOf
} from './spec-parts';

/** Small tokenizer.json files that differ in one place from one that native loads. */

/** SentencePiece's table with a trie of 256 empty units: nothing is replaced. */
const CHARS_MAP = Buffer.concat([Buffer.from([0, 4, 0, 0]), Buffer.alloc(1024)]).toString('base64');
const LETTERS = "(?i:'s|'t)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|\\s+(?!\\S)|\\s+";

/** In the style of Llama 2, Llama 3, GPT-2, BERT, T5 and a model of whole words. */
const FILES: readonly unknown[] = [
	file({
		...LLAMA_STAGES,
		truncation: truncation({ max_length: 8 }),
		added_tokens: [addedToken(0, '<unk>'), addedToken(1, '<s>')],
		post_processor: startingWith('<s>', 1),
		model: {
			...{ type: 'BPE', dropout: null, unk_token: '<unk>', continuing_subword_prefix: null },
			...{ end_of_word_suffix: null, fuse_unk: true, byte_fallback: true, ignore_merges: false },
			vocab: vocabOf(['<unk>', '<s>', '▁', 'a', 'b', 'ab', '▁ab', '<0x0A>']),
			merges: ['a b', '▁ ab']
		}
	}),
	file({
		added_tokens: [addedToken(6, '<|begin|>'), addedToken(7, '<|pad|>')],
		padding: padding({
			...{ strategy: { Fixed: 6 }, direction: 'Left', pad_to_multiple_of: 4 },
			...{ pad_id: 7, pad_token: '<|pad|>' }
		}),
		normalizer: { type: 'NFC' },
		pre_tokenizer: sequence(
			'pre_tokenizer',
			split({ Regex: LETTERS }),
			{ type: 'Digits', individual_digits: true },
			byteLevel({ use_regex: false })
		),
		post_processor: sequence(
			'post_processor',
			byteLevel({ add_prefix_space: true, trim_offsets: false }),
			startingWith('<|begin|>', 6)
		),
		decoder: byteLevel({ add_prefix_space: true }),
		model: {
			...{ type: 'BPE', ignore_merges: true, vocab: vocabOf(['a', 'b', 'c', 'ab', 'abc', 'Ġ']) },
			merges: ['a b', 'ab c'].map((pair) => pair.split(' '))
		}
	}),
	file({
		added_tokens: [addedToken(4, '<mask>', { special: false })],
		pre_tokenizer: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true },
		post_processor: {
			...{ type: 'RobertaProcessing', sep: ['</s>', 2], cls: ['<s>', 0] },
			...{ trim_offsets: true, add_prefix_space: false }
		},
		decoder: { type: 'BPEDecoder', suffix: '</w>' },
		model: {
			...{ dropout: 0.5, unk_token: 'a', end_of_word_suffix: '</w>' },
			vocab: vocabOf(['a', 'b', 'ab', 'b</w>']),
			merges: ['#version: 0.2', 'a b']
		}
	}),
	file({
		normalizer: {
			...{ type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true },
			...{ strip_accents: null, lowercase: true }
		},
		pre_tokenizer: { type: 'BertPreTokenizer' },
		post_processor: { type: 'BertProcessing', sep: ['[SEP]', 1], cls: ['[CLS]', 2] },
		decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
		model: {
			...{ type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##' },
			...{ max_input_chars_per_word: 100, vocab: vocabOf(['[UNK]', '[SEP]', '[CLS]', 'a', '##b']) }
		}
	}),
	file({
		normalizer: sequence(
			'normalizer',
			{ type: 'Precompiled', precompiled_charsmap: CHARS_MAP },
			{ type: 'Strip', strip_left: false, strip_right: true },
			replace({ Regex: ' {2,}' }, '▁')
		),
		pre_tokenizer: sequence(
			'pre_tokenizer',
			{ type: 'WhitespaceSplit' },
			metaspace(),
			{ type: 'Punctuation', behavior: 'Isolated' },
			{ type: 'CharDelimiterSplit', delimiter: '|' },
			{ type: 'FixedLength', length: 5 },
			{ type: 'UnicodeScripts' }
		),
		decoder: { type: 'Metaspace', replacement: '▁', add_prefix_space: true },
		model: {
			...{ type: 'Unigram', unk_id: 0, byte_fallback: false },
			vocab: Object.entries({ '<unk>': 0, '▁': -1.5, a: -2 })
		}
	}),
	file({
		normalizer: sequence('normalizer', { type: 'NFD' }, { type: 'StripAccents' }),
		pre_tokenizer: { type: 'Whitespace' },
		decoder: { type: 'CTC', pad_token: '<pad>', word_delimiter_token: '|', cleanup: true },
		model: { type: 'WordLevel', vocab: vocabOf(['<unk>', 'a']), unk_token: '<unk>' }
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
	...['null', 'true', '"x"', '""', '"\\ud800"', '"\\u00e9"', '"["', '"B"', '[]', '{}'],
	...['[["a","b"]]'],
	...['0', '1', '3', '-1', '-0', '1.0', '2.5', '1e2', '1e400', '-1e-9', '4294967296'],
	...['18446744073709551615', '18446744073709551616', '{"Fixed":2}', '{"String":"a"}', '{"a":0}'],
	...['["a b"]', '[true,false]', '[["x",1.0]]', '{"type":"NFC"}', '{"type":"Fuse"}'],
	...['{"prepend":""}']
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
