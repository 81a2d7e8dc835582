import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { addedToken, byteLevel } from '../../../../tests/support/spec-parts';
import { createTokenizer } from '../pipeline/create-tokenizer';
import { tokenAt } from '../structures/vocabulary';
import { parseTokenizerJson } from './tokenizer-json';
import { writeTokenizerJson } from './tokenizer-json-write';

const native = createRequire(import.meta.url)('tokenizers');

/** A small valid file with some parts replaced. */
function file({ model = {}, ...rest }: { model?: unknown; [field: string]: unknown } = {}) {
	return {
		...{ version: '1.0', truncation: null, padding: null, added_tokens: [] },
		...{ normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null },
		model:
			typeof model === 'object' && model !== null
				? { type: 'BPE', vocab: { a: 0, b: 1, ab: 2 }, merges: ['a b'], ...model }
				: model,
		...rest
	};
}

describe('a file that cannot be read exactly is refused by one error that names the field', () => {
	it.each([
		['Unigram', 'chooses the most probable split'],
		['WordPiece', 'takes the longest matches'],
		['WordLevel', 'looks up whole words']
	])('a %s model, whatever its other stages are', (type, method) => {
		const json = file({ model: { type }, pre_tokenizer: { type: 'unheard of' } });
		expect(() => parseTokenizerJson(json)).toThrow(
			`model.type: got "${type}", expected "BPE"; ${type} ${method} instead of merging, so use Hugging Face's tokenizers library for this file`
		);
	});

	it.each<[string, unknown]>([
		['file: got null, expected an object', null],
		['file: got an array of 0, expected an object', []],
		['model: got nothing, expected an object', { ...file(), model: undefined }]
	])('%s', (message, json) => {
		expect(() => parseTokenizerJson(json)).toThrow(message);
	});

	it.each<[string, object]>([
		['type: got nothing, expected "BPE"', { type: undefined, merges: undefined }],
		['end_of_word_suffix: got 5, expected a string', { end_of_word_suffix: 5 }],
		['vocab: got an array of 1, expected an object', { vocab: ['a'] }],
		['vocab["a"]: got "0", expected a whole number', { vocab: { a: '0' } }],
		['vocab["a"]: got -1, expected a whole number', { vocab: { a: -1 } }],
		['vocab["a"]: got 0.5, expected a whole number', { vocab: { a: 0.5 } }],
		[
			'vocab["a"]: got 4000000000, expected a whole number from 0 to 4194303',
			{ vocab: { a: 4e9 } }
		],
		['vocab: got id 0 for both "a" and "b", expected', { vocab: { a: 0, b: 0 }, merges: [] }],
		['merges: got nothing, expected an array', { merges: undefined }],
		['merges[0]: got "a c" with "c" not in model.vocab', { merges: ['a c'] }],
		['merges[0]: got "b a" with "ba" not in model.vocab', { merges: [['b', 'a']] }],
		['merges[0]: got "a b c", expected two tokens', { merges: ['a b c'] }],
		['merges[0]: got an array of 2, expected two tokens', { merges: [[0, 1]] }],
		['merges[0]: got null, expected two tokens', { merges: [null] }],
		[
			'merges[0]: got "b" as the right token, expected it to begin with the continuing_subword_prefix "##"',
			{ continuing_subword_prefix: '##' }
		]
	])('model.%s', (message, model) => {
		expect(() => parseTokenizerJson(file({ model }))).toThrow(`model.${message}`);
	});

	const split = { type: 'Split', pattern: { String: 'a' }, behavior: 'Isolated', invert: false };
	const template = { type: 'TemplateProcessing', single: [], pair: [], special_tokens: {} };
	it.each<[string, string, object]>([
		['normalizer', 'type: got "Transliterate", expected "NFC" or', { type: 'Transliterate' }],
		['normalizer', 'strip_right: got nothing, expected true', { type: 'Strip', strip_left: true }],
		[
			'normalizer',
			'normalizers[1].type: got "NFX"',
			{ type: 'Sequence', normalizers: [{ type: 'NFC' }, { type: 'NFX' }] }
		],
		['normalizer', 'normalizers[0]: got null', { type: 'Sequence', normalizers: [null] }],
		['pre_tokenizer', 'type: got "Words"', { type: 'Words' }],
		[
			'pre_tokenizer',
			'pattern: got an object, expected either "String" or "Regex"',
			{ ...split, pattern: { String: 'a', Regex: 'b' } }
		],
		['pre_tokenizer', 'behavior: got "isolated", expected', { ...split, behavior: 'isolated' }],
		[
			'pre_tokenizer',
			'replacement: got "▁▁", expected a string of one character',
			{ type: 'Metaspace', replacement: '▁▁' }
		],
		[
			'post_processor',
			'sep: got an array of 1, expected a token and its id',
			{ type: 'BertProcessing', sep: ['</s>'], cls: ['<s>', 1] }
		],
		['post_processor', 'single: got an array of 0, expected exactly one Sequence', template],
		['decoder', 'type: got "CTC", expected a decoder of texts', { type: 'CTC' }]
	])('%s.%s', (stage, message, value) => {
		expect(() => parseTokenizerJson(file({ [stage]: value }))).toThrow(`${stage}.${message}`);
	});

	it.each([
		['single_word: got nothing, expected true or false', { single_word: undefined }],
		['id: got null, expected a whole number', { id: null }]
	])('added_tokens[0].%s', (message, fields) => {
		const json = file({ added_tokens: [addedToken(3, '<s>', fields)] });
		expect(() => parseTokenizerJson(json)).toThrow(`added_tokens[0].${message}`);
	});

	it('sequences nested too deeply', () => {
		let normalizer: object = { type: 'NFC' };
		for (let i = 0; i < 40; i++) normalizer = { type: 'Sequence', normalizers: [normalizer] };
		expect(() => parseTokenizerJson(file({ normalizer }))).toThrow('expected at most 32 sequences');
	});
});

describe('reading a tokenizer.json', () => {
	it('accepts merges as strings and as pairs', () => {
		const strings = parseTokenizerJson(file());
		const pairs = parseTokenizerJson(file({ model: { merges: [['a', 'b']] } }));
		expect(strings.model.merges?.pairs).toEqual(Uint32Array.of(0, 1));
		expect(pairs).toEqual(strings);
	});

	it('accepts tokens that are names of object properties', () => {
		const json = JSON.parse(
			'{"model":{"type":"BPE","vocab":{"__proto__":0,"constructor":1,"toString":2},"merges":[]}}'
		);
		const { vocabulary } = parseTokenizerJson(json).model;
		expect(new TextDecoder().decode(tokenAt(vocabulary, 0))).toBe('__proto__');
		expect(new TextDecoder().decode(tokenAt(vocabulary, 1))).toBe('constructor');
	});

	it('keeps byte-level tokens as bytes, and strings outside the alphabet as they are', () => {
		const json = file({
			pre_tokenizer: byteLevel(),
			decoder: byteLevel(),
			model: { vocab: { Ġ: 0, Ã: 1, '<｜x｜>': 2 }, merges: [] }
		});
		const spec = parseTokenizerJson(json);
		expect([...tokenAt(spec.model.vocabulary, 0)]).toEqual([0x20]);
		expect([...tokenAt(spec.model.vocabulary, 1)]).toEqual([0xc3]);
		expect(spec.model.foreign_tokens).toEqual([{ id: 2, content: '<｜x｜>' }]);
		expect(createTokenizer(spec).decode([2, 0, 2])).toBe('<｜x｜> <｜x｜>');
	});

	it('ignores truncation and padding', () => {
		expect(parseTokenizerJson(file({ truncation: { max_length: 1 }, padding: {} }))).toEqual(
			parseTokenizerJson(file())
		);
	});

	it.each([
		[[addedToken(3, '<x>'), addedToken(4, '<y>')]],
		[[addedToken(9, '<x>'), addedToken(7, '<y>')]],
		[[addedToken(0, 'a'), addedToken(9, '<y>'), addedToken(5, 'ab'), addedToken(1, '<z>')]],
		[
			[
				addedToken(5, ''),
				addedToken(9, '<y>'),
				addedToken(10, '<y>', { special: false }),
				addedToken(11, '<z>')
			]
		]
	])('assigns ids to added tokens as the native library does: %j', (added_tokens) => {
		const json = file({ added_tokens });
		const reference = native.Tokenizer.fromString(JSON.stringify(json));
		for (const { content, id } of parseTokenizerJson(json).added_tokens) {
			expect(id, content).toBe(reference.tokenToId(content));
		}
	});

	it.each([[['<x>', 'xa']], [['xa', '<x>']], [['<x>', 'xa', '>a']]])(
		'finds the last of the added tokens that get the same id, as the native library does: %j',
		async (contents) => {
			// There are five entries, so added tokens get ids from 5 on, but one entry already has id 5.
			const json = file({
				model: { vocab: { a: 0, '<': 1, '>': 2, x: 3, '<x>': 5 }, merges: [] },
				added_tokens: contents.map((content, i) => addedToken(i, content))
			});
			const tokenizer = createTokenizer(parseTokenizerJson(json));
			const reference = native.Tokenizer.fromString(JSON.stringify(json));
			for (const text of ['<x>', 'xa', '>a', '<x>axa<x>a']) {
				const ids = (await reference.encode(text)).getIds();
				expect([...tokenizer.encode(text, { special: 'parse' }).ids], text).toEqual(ids);
				expect(tokenizer.decode(ids), text).toBe(await reference.decode(ids, false));
			}
		}
	);
});

describe('writing a tokenizer.json', () => {
	it.each<[string, object]>([
		['a plain file', file()],
		[
			'added tokens after the vocabulary',
			file({ added_tokens: [addedToken(3, '<x>'), addedToken(4, '<y>')] })
		],
		[
			'an added token within the vocabulary',
			file({
				model: { vocab: { '<s>': 0, a: 1, b: 2, ab: 3 } },
				added_tokens: [addedToken(0, '<s>')]
			})
		],
		[
			'a vocabulary with holes',
			file({ model: { vocab: { a: 5, b: 7, ab: 30 } }, added_tokens: [addedToken(3, '<x>')] })
		],
		[
			'bytes and strings outside the alphabet',
			file({
				pre_tokenizer: byteLevel(),
				model: { vocab: { a: 0, b: 1, ab: 2, '<｜x｜>': 3 } },
				added_tokens: [addedToken(4, '<y>')]
			})
		]
	])('%s reads as the same spec, here and in the native library', (_, json) => {
		const spec = parseTokenizerJson(json);
		const written = JSON.parse(JSON.stringify(writeTokenizerJson(spec)));
		expect(parseTokenizerJson(written)).toEqual(spec);
		const reference = native.Tokenizer.fromString(JSON.stringify(written));
		const original = native.Tokenizer.fromString(JSON.stringify(json));
		expect(reference.getVocab(true)).toEqual(original.getVocab(true));
	});

	it('refuses ids that the format cannot give an added token', () => {
		const spec = parseTokenizerJson(file({ added_tokens: [addedToken(3, '<x>')] }));
		const moved = { ...spec, added_tokens: [{ ...spec.added_tokens[0], content: 'ab' }] };
		expect(() => writeTokenizerJson(moved)).toThrow(/tokenizer.json: /);
	});
});
