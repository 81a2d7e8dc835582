import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runNormalizer, runPreTokenizer } from '../../src/lib/drift/config/stages';
import {
	createTokenizer,
	parseTokenizerJson,
	type NormalizerSpec,
	type PreTokenizerSpec
} from '../../src/lib/engine';
import { charOfByte } from '../support/char-of-byte';
import { nativeLibrary as native } from '../support/native-library';
import { nativeStages } from '../support/native-stages';
import {
	addedToken,
	BYTE_LETTERS,
	byteLevel,
	metaspace,
	replace,
	sequence,
	strip,
	vocabOf
} from '../support/spec-parts';
import { sized } from '../support/size';

/** First code points of the planes with characters, and of one with only private-use characters. */
const PLANES = [0, 0x10000, 0x20000, 0x30000, 0xe0000, 0x100000];

/**
 * Code points of these planes except surrogates, each between letters of two scripts, in texts of 8,192 code points.
 * `npm test` only samples the planes with ideographs or private-use characters.
 */
function* allTexts(): Generator<string> {
	const starts = PLANES.flatMap((plane) => Array.from({ length: 8 }, (_, i) => plane + i * 0x2000));
	for (const start of starts) {
		let text = '';
		const step = start < 0x20000 || start >> 16 === 0xe ? 1 : sized(64, 1);
		for (let code = start; code < start + 0x2000; code += step) {
			if (code < 0xd800 || code > 0xdfff) text += `a${String.fromCodePoint(code)}ж`;
		}
		yield text;
	}
}

const BERT = {
	...{ type: 'BertNormalizer' as const, clean_text: false, handle_chinese_chars: false },
	...{ strip_accents: false, lowercase: false }
};

/** Named after the fields that differ from the type's defaults. */
const NORMALIZERS: readonly (readonly [string, NormalizerSpec])[] = [
	['StripAccents', { type: 'StripAccents' }],
	['Nmt', { type: 'Nmt' }],
	['ByteLevel', { type: 'ByteLevel' }],
	['BertNormalizer with clean_text', { ...BERT, clean_text: true }],
	['BertNormalizer with handle_chinese_chars', { ...BERT, handle_chinese_chars: true }],
	['BertNormalizer with strip_accents', { ...BERT, strip_accents: true }]
];

const PRE_TOKENIZERS: readonly (readonly [string, PreTokenizerSpec])[] = [
	['Punctuation', { type: 'Punctuation', behavior: 'Isolated' }],
	['Punctuation, contiguous', { type: 'Punctuation', behavior: 'Contiguous' }],
	['WhitespaceSplit', { type: 'WhitespaceSplit' }],
	['BertPreTokenizer', { type: 'BertPreTokenizer' }],
	['UnicodeScripts', { type: 'UnicodeScripts' }],
	['FixedLength', { type: 'FixedLength', length: 4 }],
	['CharDelimiterSplit', { type: 'CharDelimiterSplit', delimiter: 'ж' }]
];

const NO_MODEL = { type: 'BPE', vocab: {}, merges: [] };

describe.skipIf(!native)('a stage by itself, on every character', () => {
	it.each(NORMALIZERS)('%s rewrites it as native does', (_, normalizer) => {
		const reference = nativeStages({ normalizer }).getNormalizer();
		const ours = runNormalizer(normalizer);
		for (const text of allTexts()) {
			const expected = reference?.normalizeString(text);
			if (ours(text)[0] !== expected) expect(ours(text)[0]).toBe(expected);
		}
	});

	it.each(PRE_TOKENIZERS)('%s splits at it as native does', (_, pre_tokenizer) => {
		const reference = nativeStages({ pre_tokenizer }).getPreTokenizer();
		const ours = runPreTokenizer(pre_tokenizer);
		for (const text of allTexts()) {
			const expected = reference?.preTokenizeString(text).map(([piece]) => piece);
			const found = ours(text);
			if (found.join('|') !== expected?.join('|')) expect(found).toEqual(expected);
		}
	});
});

const token = (content: string, fields: object = {}) =>
	addedToken(0, content, { special: false, ...fields });

const LETTERS = [...'abcx ▁_<>\u0100\u0120'];
const model = (tokens: readonly string[], fields: object = {}) => ({
	...NO_MODEL,
	...{ vocab: vocabOf(tokens), ...fields }
});
const bytes = (fields: object = {}) =>
	byteLevel({ trim_offsets: false, use_regex: false, ...fields });
const metaspaceFirst = metaspace({ prepend_scheme: 'first' });
const SOME_IDS = { a: 0, b: 1, c: 2, '<': 3, '>': 6 };

const CASES: readonly (readonly [name: string, file: object, texts: readonly string[]])[] = [
	[
		'Metaspace that prepends only to the start, after a replacement of several characters',
		{
			normalizer: replace({ String: 'ab' }, 'x'),
			pre_tokenizer: metaspaceFirst,
			model: model(LETTERS)
		},
		['abc', 'cab', 'c']
	],
	[
		'Metaspace that prepends only to the start, after an insertion in the middle',
		{
			normalizer: replace({ Regex: '(?=b)' }, 'x'),
			pre_tokenizer: sequence('pre_tokenizer', { type: 'FixedLength', length: 1 }, metaspaceFirst),
			model: model(LETTERS)
		},
		['abc', 'b']
	],
	[
		'a suffix of the last token',
		{
			decoder: { type: 'BPEDecoder', suffix: '</w>' },
			pre_tokenizer: { type: 'BertPreTokenizer' },
			model: model(['a', 'b', 'a</w>', 'b</w>', 'ab</w>', '<unk>'], {
				merges: ['a b</w>'],
				end_of_word_suffix: '</w>',
				unk_token: '<unk>'
			})
		},
		['ab', 'ab a b', 'abc', 'aab']
	],
	[
		'a prefix of the tokens after the first',
		{
			decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
			pre_tokenizer: { type: 'Whitespace' },
			model: model(['a', 'b', '##a', '##b', 'ab', '##ab', '.'], {
				merges: ['a ##b', '##a ##b'],
				continuing_subword_prefix: '##'
			})
		},
		['ab', 'aab .', 'abab b']
	],
	[
		'a part of a pre-token that is a token, where merges are ignored',
		{ model: model([...LETTERS, 'ab'], { ignore_merges: true }) },
		['ab', 'ab▁ab', 'xab x']
	],
	...[{ type: 'BertProcessing' }, { ...bytes(), type: 'RobertaProcessing' }].map(
		(fields) =>
			[
				fields.type,
				{ post_processor: { ...fields, sep: ['b', 1], cls: ['c', 2] }, model: model(LETTERS) },
				['ab', '']
			] as const
	)
];

describe.skipIf(!native)('in a whole tokenizer', () => {
	it.each(CASES)('%s gives native ids and text', async (_, file, texts) => {
		const json = { added_tokens: [], model: NO_MODEL, ...file };
		const [ours, reference] = [createTokenizer(parseTokenizerJson(json)), nativeStages(json)];
		for (const text of texts) {
			for (const addSpecialTokens of [false, true]) {
				const expected = (await reference.encode(text, null, { addSpecialTokens })).getIds();
				const { ids } = ours.encode(text, { special: 'parse', addSpecialTokens });
				expect([...ids], text).toEqual(expected);
				expect(ours.decode(expected), text).toBe(await reference.decode(expected, false));
			}
		}
	});

	it.each([
		['a byte fallback of invalid bytes before a Replace', { type: 'ByteFallback' }, [0, 1]],
		['an empty token', strip('a', 1, 0), [2, 3]]
	] as const)('decodes %s as native does', async (_, first, ids) => {
		const decoder = sequence('decoder', first, replace({ Regex: '^.?' }, 'x'));
		const file = { decoder, model: model(['<0xFF>', '<0xFE>', 'a', 'b']) };
		const ours = createTokenizer(parseTokenizerJson({ added_tokens: [], ...file }));
		expect(ours.decode(ids)).toBe(await nativeStages(file).decode([...ids], false));
	});
});

/** A byte-level tokenizer with tokens that begin or end with spaces, whose spans ByteLevel trims. */
const trimming = (normalizer: object | null, fields: object) => ({
	normalizer,
	pre_tokenizer: bytes(fields),
	post_processor: bytes({ ...fields, trim_offsets: true }),
	added_tokens: [token('<x>', { id: 262, lstrip: true })],
	model: model([...BYTE_LETTERS, 'Ġa', 'Ġx', 'ĠĠ', 'ĠĠa', 'aĠ', 'Ġ.'], {
		merges: ['Ġ a', 'Ġ x', 'Ġ Ġ', 'ĠĠ a', 'a Ġ', 'Ġ .']
	})
});

describe.skipIf(!native)('spans that ByteLevel trims', () => {
	const space = replace({ Regex: '\\s+' }, ' ');
	const stripped = { type: 'Strip', strip_left: true, strip_right: true };
	it.each([
		['without a normalizer', null],
		['after a Replace of white space', space],
		['after Strip and a Replace of white space', sequence('normalizer', stripped, space)],
		['after a Replace of one character by two spaces', replace({ String: 'x' }, '  ')],
		['after a Replace that removes white space', replace({ Regex: '\\s+' }, '')],
		['after NFKC', { type: 'NFKC' }]
	])('%s equal native', async (_, normalizer) => {
		const part = fc.constantFrom(...'ax.é ', '  ', '\t', '\n', '\u00a0', '\u3000');
		const parts = fc.array(part, { maxLength: 8 });
		const lastPart = fc.constantFrom('', '<x>');
		for (const add_prefix_space of [false, true]) {
			for (const use_regex of [false, true]) {
				const file = trimming(normalizer, { add_prefix_space, use_regex });
				const [ours, reference] = [createTokenizer(parseTokenizerJson(file)), nativeStages(file)];
				await fc.assert(
					fc.asyncProperty(parts, lastPart, async (characters, last) => {
						const text = characters.join('') + last;
						const expected = (await reference.encode(text)).getOffsets();
						const { byteStarts, byteEnds } = ours.encode(text);
						const chars = [...charOfByte(text), [...text].length];
						const found = Array.from(byteStarts, (start, i) =>
							start === byteEnds[i]
								? [chars[start], chars[start]]
								: [chars[start], chars[byteEnds[i] - 1] + 1]
						);
						expect(found, JSON.stringify(text)).toEqual(expected);
					}),
					{ numRuns: sized(60, 400) }
				);
			}
		}
	});
});

describe('special tokens read as text', () => {
	// Ids from Python's tokenizers 0.23.2 with `encode_special_tokens`.
	it.each([
		['<ab>c', [3, 0, 1, 6, 2]],
		['b>c', [6]],
		['<<ab>>', [3, 3, 0, 1, 6, 6]],
		['ab>c', [0, 6]]
	])('keep other added tokens from beginning in %j', (text, expected) => {
		const tokenizer = createTokenizer(
			parseTokenizerJson({
				added_tokens: [token('<ab>', { special: true }), token('b>c')],
				model: { ...NO_MODEL, vocab: SOME_IDS }
			})
		);
		expect([...tokenizer.encode(text).ids]).toEqual(expected);
	});
});

describe('a stage that cannot be exact is refused when the file is loaded', () => {
	const load = (file: object) => () =>
		createTokenizer(parseTokenizerJson({ added_tokens: [], model: model(BYTE_LETTERS), ...file }));

	it.each([
		[
			'Metaspace after ByteLevel',
			{ pre_tokenizer: sequence('pre_tokenizer', bytes(), metaspaceFirst) },
			'got Metaspace after ByteLevel'
		],
		[
			'an affix outside the byte alphabet',
			{ pre_tokenizer: bytes(), model: model(BYTE_LETTERS, { end_of_word_suffix: '▁' }) },
			'got the affix "▁"'
		]
	])('%s', (_, file, message) => {
		expect(load(file)).toThrow(message);
	});
});
