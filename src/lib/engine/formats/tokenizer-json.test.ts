import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../pipeline/create-tokenizer';
import { tokenAt } from '../structures/vocabulary';
import { parseTokenizerJson } from './tokenizer-json';
import { writeTokenizerJson } from './tokenizer-json-write';

const native = createRequire(import.meta.url)('tokenizers');

const token = (id: number, content: string, flags: object = {}) => ({
	id,
	content,
	single_word: false,
	lstrip: false,
	rstrip: false,
	normalized: false,
	special: true,
	...flags
});

const byteLevel = {
	type: 'ByteLevel',
	add_prefix_space: false,
	trim_offsets: true,
	use_regex: true
};

/** A small valid file with some parts replaced. */
function file({ model = {}, ...rest }: { model?: unknown; [field: string]: unknown } = {}) {
	return {
		version: '1.0',
		truncation: null,
		padding: null,
		added_tokens: [],
		normalizer: null,
		pre_tokenizer: null,
		post_processor: null,
		decoder: null,
		model:
			typeof model === 'object' && model !== null
				? { type: 'BPE', vocab: { a: 0, b: 1, ab: 2 }, merges: ['a b'], ...model }
				: model,
		...rest
	};
}

describe('a file that cannot be read exactly is refused by one error that names the field', () => {
	it.each([
		['Unigram', 'the most probable split'],
		['WordPiece', 'the longest matches'],
		['WordLevel', 'whole words']
	])('a %s model, whatever its other stages are', (type, needs) => {
		const json = file({ model: { type }, pre_tokenizer: { type: 'unheard of' } });
		expect(() => parseTokenizerJson(json)).toThrow(
			`model.type: got "${type}", expected "BPE"; ${type} needs ${needs} instead of merges, so use Hugging Face's tokenizers library for this file`
		);
	});

	it.each<[string, unknown, string]>([
		['no object', null, 'file: got null, expected an object'],
		['an array', [], 'file: got an array of 0, expected an object'],
		['no model', { ...file(), model: undefined }, 'model: got nothing, expected an object'],
		[
			'no merges, no type',
			file({ model: { type: undefined, merges: undefined } }),
			'model.type: got nothing, expected "BPE"'
		],
		[
			'truncated merges',
			file({ model: { merges: undefined } }),
			'model.merges: got nothing, expected an array'
		],
		[
			'a merge without the prefix for word parts',
			file({ model: { continuing_subword_prefix: '##' } }),
			'model.merges[0]: got "b" as the right token, expected it to begin with the continuing_subword_prefix "##"'
		],
		[
			'a suffix that is no string',
			file({ model: { end_of_word_suffix: 5 } }),
			'model.end_of_word_suffix: got 5, expected a string'
		],
		[
			'a list of tokens',
			file({ model: { vocab: ['a'] } }),
			'model.vocab: got an array of 1, expected an object'
		],
		[
			'an id in quotes',
			file({ model: { vocab: { a: '0' } } }),
			'model.vocab["a"]: got "0", expected a whole number'
		],
		[
			'a negative id',
			file({ model: { vocab: { a: -1 } } }),
			'model.vocab["a"]: got -1, expected a whole number'
		],
		[
			'half an id',
			file({ model: { vocab: { a: 0.5 } } }),
			'model.vocab["a"]: got 0.5, expected a whole number'
		],
		[
			'an absurd id',
			file({ model: { vocab: { a: 4e9 } } }),
			'model.vocab["a"]: got 4000000000, expected a whole number from 0 to 4194303'
		],
		[
			'an id twice',
			file({ model: { vocab: { a: 0, b: 0 }, merges: [] } }),
			'model.vocab: got id 0 for both "a" and "b", expected each id once'
		],
		[
			'a merge of unknown tokens',
			file({ model: { merges: ['a c'] } }),
			'model.merges[0]: got "a c" with "c" not in model.vocab'
		],
		[
			'a merge to an unknown token',
			file({ model: { merges: [['b', 'a']] } }),
			'model.merges[0]: got "b a" with "ba" not in model.vocab'
		],
		[
			'a merge of three',
			file({ model: { merges: ['a b c'] } }),
			'model.merges[0]: got "a b c", expected two tokens'
		],
		[
			'a merge of numbers',
			file({ model: { merges: [[0, 1]] } }),
			'model.merges[0]: got an array of 2, expected two tokens'
		],
		[
			'a merge of nothing',
			file({ model: { merges: [null] } }),
			'model.merges[0]: got null, expected two tokens'
		],
		[
			'another normalizer',
			file({ normalizer: { type: 'Transliterate' } }),
			'normalizer.type: got "Transliterate", expected "NFC" or'
		],
		[
			'half a Strip',
			file({ normalizer: { type: 'Strip', strip_left: true } }),
			'normalizer.strip_right: got nothing, expected true or false'
		],
		[
			'a step of a sequence',
			file({ normalizer: { type: 'Sequence', normalizers: [{ type: 'NFC' }, { type: 'NFX' }] } }),
			'normalizer.normalizers[1].type: got "NFX"'
		],
		[
			'no step',
			file({ normalizer: { type: 'Sequence', normalizers: [null] } }),
			'normalizer.normalizers[0]: got null, expected an object with a type'
		],
		[
			'another pre-tokenizer',
			file({ pre_tokenizer: { type: 'Words' } }),
			'pre_tokenizer.type: got "Words"'
		],
		[
			'a pattern of both kinds',
			file({
				pre_tokenizer: {
					type: 'Split',
					pattern: { String: 'a', Regex: 'b' },
					behavior: 'Isolated',
					invert: false
				}
			}),
			'pre_tokenizer.pattern: got an object, expected one of String and Regex'
		],
		[
			'an unknown behaviour',
			file({
				pre_tokenizer: {
					type: 'Split',
					pattern: { String: 'a' },
					behavior: 'isolated',
					invert: false
				}
			}),
			'pre_tokenizer.behavior: got "isolated", expected "Removed" or'
		],
		[
			'a long replacement',
			file({ pre_tokenizer: { type: 'Metaspace', replacement: '▁▁' } }),
			'pre_tokenizer.replacement: got "▁▁", expected a string of one character'
		],
		[
			'another post-processor',
			file({ post_processor: { type: 'BertProcessing', sep: ['</s>'], cls: ['<s>', 1] } }),
			'post_processor.sep: got an array of 1, expected a token and its id'
		],
		[
			'a template without its text',
			file({
				post_processor: { type: 'TemplateProcessing', single: [], pair: [], special_tokens: {} }
			}),
			'post_processor.single: got an array of 0, expected exactly one Sequence'
		],
		[
			'another decoder',
			file({ decoder: { type: 'CTC' } }),
			'decoder.type: got "CTC", expected a decoder of texts'
		],
		[
			'an added token without flags',
			file({ added_tokens: [{ id: 3, content: '<s>' }] }),
			'added_tokens[0].single_word: got nothing, expected true or false'
		],
		[
			'an added token without an id',
			file({ added_tokens: [{ ...token(0, '<s>'), id: null }] }),
			'added_tokens[0].id: got null, expected a whole number'
		]
	])('%s', (_, json, message) => {
		expect(() => parseTokenizerJson(json)).toThrow(message);
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
			pre_tokenizer: byteLevel,
			decoder: byteLevel,
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
		[[token(3, '<x>'), token(4, '<y>')]],
		[[token(9, '<x>'), token(7, '<y>')]],
		[[token(0, 'a'), token(9, '<y>'), token(5, 'ab'), token(1, '<z>')]],
		[[token(5, ''), token(9, '<y>'), token(10, '<y>', { special: false }), token(11, '<z>')]]
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
			// Five entries, of which one has the id 5. That is also the first id after them.
			const json = file({
				model: { vocab: { a: 0, '<': 1, '>': 2, x: 3, '<x>': 5 }, merges: [] },
				added_tokens: contents.map((content, i) => token(i, content))
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
			file({ added_tokens: [token(3, '<x>'), token(4, '<y>')] })
		],
		[
			'an added token within the vocabulary',
			file({ model: { vocab: { '<s>': 0, a: 1, b: 2, ab: 3 } }, added_tokens: [token(0, '<s>')] })
		],
		[
			'a vocabulary with holes',
			file({ model: { vocab: { a: 5, b: 7, ab: 30 } }, added_tokens: [token(3, '<x>')] })
		],
		[
			'bytes and strings outside the alphabet',
			file({
				pre_tokenizer: byteLevel,
				model: { vocab: { a: 0, b: 1, ab: 2, '<｜x｜>': 3 } },
				added_tokens: [token(4, '<y>')]
			})
		],
		[
			'every kind of stage',
			file({
				normalizer: {
					type: 'Sequence',
					normalizers: [
						{ type: 'NFC' },
						{ type: 'Replace', pattern: { Regex: 'x+' }, content: 'y' },
						{ type: 'Strip', strip_left: true, strip_right: false }
					]
				},
				pre_tokenizer: {
					type: 'Sequence',
					pretokenizers: [
						{ type: 'Digits', individual_digits: true },
						{ type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: false }
					]
				},
				post_processor: {
					type: 'TemplateProcessing',
					single: [
						{ SpecialToken: { id: '<s>', type_id: 0 } },
						{ Sequence: { id: 'A', type_id: 0 } }
					],
					pair: [],
					special_tokens: { '<s>': { id: '<s>', ids: [3], tokens: ['<s>'] } }
				},
				decoder: {
					type: 'Sequence',
					decoders: [
						{ type: 'ByteFallback' },
						{ type: 'Fuse' },
						{ type: 'Strip', content: ' ', start: 1, stop: 0 }
					]
				},
				added_tokens: [token(3, '<s>')]
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
		const spec = parseTokenizerJson(file({ added_tokens: [token(3, '<x>')] }));
		const moved = { ...spec, added_tokens: [{ ...spec.added_tokens[0], content: 'ab' }] };
		expect(() => writeTokenizerJson(moved)).toThrow(/tokenizer.json: /);
	});
});
