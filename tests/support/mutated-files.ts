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
		normalizer: sequence(
			'normalizer',
			{
				...{ type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true },
				...{ strip_accents: null, lowercase: true }
			},
			{ type: 'NFD' },
			{ type: 'StripAccents' }
		),
		pre_tokenizer: { type: 'BertPreTokenizer' },
		post_processor: { type: 'BertProcessing', sep: ['[SEP]', 1], cls: ['[CLS]', 2] },
		decoder: sequence(
			'decoder',
			{ type: 'WordPiece', prefix: '##', cleanup: true },
			{ type: 'CTC', pad_token: '<pad>', word_delimiter_token: '|', cleanup: true }
		),
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
			...[{ type: 'WhitespaceSplit' }, { type: 'Whitespace' }, metaspace()],
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
	file({ model: { type: 'WordLevel', vocab: vocabOf(['<unk>', 'a']), unk_token: '<unk>' } })
];

/** Spellings of a member of an object, given its name in quotes and its value. */
const MEMBER_EDITS: readonly ((key: string, value: string) => string)[] = [
	(key, value) => `${key}:${value},${key}:${value}`,
	(key, value) => `${key}:null,${key}:${value}`,
	(key, value) => `${key}:${value},${key}:"x"`,
	(key, value) => `${key}:${value},"extra":[{"a":1}]`,
	(key, value) => `${key.slice(0, -1)}_":${value}`
];

/** Spellings of a value. The lab takes the last 1,024 numbers of 64 bits for larger ones, so none of them is here. */
const VALUES: readonly string[] = [
	...['null', 'true', '"x"', '""', '"\\ud800"', '"\\u00e9"', '"["', '"B"', '[]', '{}'],
	...['[["a","b"]]'],
	...['0', '1', '3', '-1', '-0', '1.0', '2.5', '1e2', '1e400', '-1e-9', '4294967296'],
	...['18446744073709549568', '18446744073709551616', '{"Fixed":2}', '{"String":"a"}', '{"a":0}'],
	...['["a b"]', '[true,false]', '[["x",1.0]]', '{"type":"NFC"}', '{"type":"Fuse"}'],
	...['{"prepend":""}']
];

/** Stands for a value. */
const MARK = '"@"';
const MARKED_MEMBER = /"[^"]*":"@"/;

interface Place {
	/** The file as JSON, with {@link MARK} in place of one value. */
	readonly file: string;
	/** That value. */
	readonly json: string;
	readonly isMember: boolean;
}

/** Every place of a file. Its values are set to the mark one at a time. */
function placesOf(file: unknown, part = file as Record<string, unknown>): Place[] {
	return Object.entries(part).flatMap(([key, value]) => {
		part[key] = '@';
		const isMember = !Array.isArray(part);
		const place = { file: JSON.stringify(file), json: JSON.stringify(value), isMember };
		part[key] = value;
		const isInner = typeof value === 'object' && value !== null;
		return [place, ...(isInner ? placesOf(file, value as Record<string, unknown>) : [])];
	});
}

const withMember = ({ file, json }: Place, edit: (typeof MEMBER_EDITS)[number]) =>
	file.replace(MARKED_MEMBER, (member) => edit(member.slice(0, -4), json));
const withoutMember = ({ file }: Place) => file.replace(/(?<=\{)"[^"]*":"@",?|,"[^"]*":"@"/, '');

/** The small files themselves, each member of each left out and repeated, and `count` places with another value. */
export function mutatedFiles(seed: number, count: number): string[] {
	const random = randomFrom(seed);
	// Each part of a file must be an object of its own.
	const places = FILES.flatMap((whole) => placesOf(JSON.parse(JSON.stringify(whole))));
	const texts = new Set(FILES.map((whole) => JSON.stringify(whole)));
	for (const place of places.filter(({ isMember }) => isMember)) {
		texts.add(withoutMember(place));
		texts.add(withMember(place, pick(random, MEMBER_EDITS)));
	}
	for (let i = 0; i < count; i++) {
		const { file, json } = pick(random, places);
		const value = random() < 0.1 ? `[${json},${json}]` : pick(random, VALUES);
		texts.add(file.replace(MARK, () => value));
	}
	return [...texts];
}
