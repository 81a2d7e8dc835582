import fc from 'fast-check';
import { sized } from '../../../../tests/support/size';
import { pieceId, smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import {
	addedToken,
	BYTE_LETTERS,
	byteLevel,
	template,
	vocabOf
} from '../../../../tests/support/spec-parts';
import { describe, expect, it } from 'vitest';
import { TokenKind } from '../encoding';
import { parseTokenizerJson } from '../formats/tokenizer-json';
import { encodeUtf8 } from '../text/utf8';
import { createTokenizer } from './create-tokenizer';

/** A byte-level file with a few English merges. */
function byteLevelJson(fields: object = {}) {
	const merges = ['h e', 'l l', 'he ll', 'hell o', 'Ġ w', 'o r', 'Ã ©', 'Ġ Ġ'];
	const vocab = vocabOf([...BYTE_LETTERS, ...merges.map((merge) => merge.replace(' ', ''))]);
	return {
		added_tokens: [
			addedToken(264, '<s>'),
			addedToken(265, '<mask>', { special: false, lstrip: true })
		],
		pre_tokenizer: byteLevel(),
		decoder: byteLevel(),
		model: { type: 'BPE', vocab, merges },
		...fields
	};
}
const bytes = createTokenizer(parseTokenizerJson(byteLevelJson()));

/** Its template puts `<s>` before and `</s>` after the text. */
const sentencePiece = createTokenizer({
	...smallSentencePiece(),
	post_processor: template([['<s>', 1]], [['</s>', 2]])
});

const strings = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: fc.constantFrom(...'helo wr abc é\n😀', '\ud800', '<s>', '<mask>', '  ') })
);

describe('a text given as UTF-8', () => {
	it.each([
		['byte-level', bytes],
		['SentencePiece-style', sentencePiece]
	])('is encoded as the string: %s', (_, tokenizer) => {
		fc.assert(
			fc.property(strings, fc.constantFrom('text', 'parse'), (text, special) => {
				const options = { special, addSpecialTokens: true };
				expect(tokenizer.encode(encodeUtf8(text), options)).toEqual(
					tokenizer.encode(text, options)
				);
			})
		);
	});
});

describe('a byte-level tokenizer', () => {
	it('round-trips every text, and its tokens cover the text', () => {
		fc.assert(
			fc.property(strings, fc.constantFrom('text', 'parse'), (text, special) => {
				const formed = text.toWellFormed();
				const { ids, byteStarts, byteEnds } = bytes.encode(text, { special });
				let at = 0;
				for (let i = 0; i < ids.length; i++) {
					expect(byteStarts[i]).toBe(at);
					expect(byteEnds[i]).toBeGreaterThan(at);
					at = byteEnds[i];
				}
				const original = encodeUtf8(formed);
				expect(at).toBe(original.length);
				// A token that strips covers more of the text than its content.
				if (text.includes('<mask>')) return;
				expect(bytes.decode(ids)).toBe(formed);
				expect([...ids].flatMap((id) => [...bytes.tokenBytes(id)])).toEqual([...original]);
			}),
			{ numRuns: sized(500, 3000) }
		);
	});

	it('reads special tokens as text unless they are parsed, and always recognises other added tokens', () => {
		expect(bytes.decode(bytes.encode('<s>').ids)).toBe('<s>');
		expect([...bytes.encode('<s>').ids]).toEqual([60, 115, 62]);
		expect([...bytes.encode('<s>', { special: 'parse' }).ids]).toEqual([264]);
		expect([...bytes.encode('a  <mask>').ids]).toEqual([97, 265]);
	});

	it('has kinds only if some tokens are not ordinary', () => {
		expect(bytes.encode('hello').kinds).toBeUndefined();
		const { ordinary, special } = TokenKind;
		expect([...(bytes.encode('a<mask>').kinds ?? [])]).toEqual([ordinary, special]);
	});

	it('keeps a byte order mark, and returns nothing for an empty text', () => {
		expect(bytes.decode(bytes.encode('\ufeffa').ids)).toBe('\ufeffa');
		expect(bytes.encode('')).toMatchObject({ ids: new Uint32Array(0) });
		expect(bytes.decode([])).toBe('');
	});

	it('names an unknown id, and leaves special tokens out of decoded text with skipSpecial', () => {
		expect(() => bytes.decode([1, 999])).toThrow(
			new RangeError('token id 999 is out of range: expected 0 to 265')
		);
		expect(() => bytes.tokenBytes(-1)).toThrow(RangeError);
		expect(() => bytes.tokenBytes(1.5)).toThrow(RangeError);
		expect(bytes.decode([97, 264, 98], { skipSpecial: true })).toBe('ab');
	});

	it('encodes a long text after a short one and vice versa', () => {
		const long = 'hello wörld '.repeat(50_000);
		expect(bytes.decode(bytes.encode(long).ids)).toBe(long);
		expect(bytes.decode(bytes.encode('hé').ids)).toBe('hé');
		const wide = '中'.repeat(3_000_000);
		expect(bytes.encode(wide).byteEnds.at(-1)).toBe(9_000_000);
		expect(bytes.decode(bytes.encode('hé').ids)).toBe('hé');
	});
});

it('adds as many special tokens as a template has', () => {
	const ids = new Array<number>(200_000).fill(300);
	const post_processor = template([['many', ...ids]]);
	const tokenizer = createTokenizer({ ...smallRanks(), post_processor });
	expect(tokenizer.encode('a', { addSpecialTokens: true }).ids).toHaveLength(200_001);
});

it('gives each token all its bytes with wholeSpans, although the file trims offsets', () => {
	const json = byteLevelJson({ post_processor: byteLevel() });
	const ours = createTokenizer(parseTokenizerJson(json));
	const { byteStarts, byteEnds } = ours.encode('hello  world ', { wholeSpans: true });
	expect([...byteStarts]).toEqual([0, ...byteEnds.slice(0, -1)]);
	expect(byteEnds.at(-1)).toBe(13);
});

describe('a SentencePiece-style tokenizer', () => {
	it('gives tokens the spans of their characters, and an added ▁ an empty one', () => {
		const { ids, byteStarts, byteEnds } = sentencePiece.encode('ab ab c');
		expect([...ids]).toEqual(['▁ab', '▁ab', '▁', 'c'].map(pieceId));
		expect(Buffer.from(sentencePiece.tokenBytes(ids[0])).toString()).toBe(' ab');
		expect([...byteStarts]).toEqual([0, 2, 5, 6]);
		expect([...byteEnds]).toEqual([2, 5, 6, 7]);
		const alone = sentencePiece.encode('é');
		expect([...alone.byteStarts]).toEqual([0, 0, 1]);
		expect([...alone.byteEnds]).toEqual([0, 1, 2]);
		const { ordinary, byteFallback } = TokenKind;
		expect([...(alone.kinds ?? [])]).toEqual([ordinary, byteFallback, byteFallback]);
	});

	it('adds the tokens of its template at the ends of the text if asked', () => {
		const { ids, byteStarts, byteEnds, kinds } = sentencePiece.encode('ab', {
			addSpecialTokens: true
		});
		expect([...ids]).toEqual([1, pieceId('▁ab'), 2]);
		expect([...byteStarts]).toEqual([0, 0, 2]);
		expect([...byteEnds]).toEqual([0, 2, 2]);
		const { added, ordinary } = TokenKind;
		expect([...(kinds ?? [])]).toEqual([added, ordinary, added]);
	});

	it('round-trips every text', () => {
		fc.assert(
			fc.property(strings, (text) => {
				const formed = text.toWellFormed();
				// ▁ decodes to a space, even if the text contained ▁ itself.
				expect(sentencePiece.decode(sentencePiece.encode(text).ids)).toBe(
					formed.replaceAll('▁', ' ')
				);
			}),
			{ numRuns: sized(500, 2000) }
		);
	});
});

describe('a trace', () => {
	it('builds a tree for a token, and none for one that is only added', () => {
		const [hello, ...more] = bytes.mergeTrees(259);
		expect(more).toEqual([]);
		expect(hello).toMatchObject({
			id: 259,
			start: 0,
			end: 5,
			merge: { rank: 3, left: { id: 258, merge: { rank: 2 } }, right: { id: 111, merge: null } }
		});
		expect(bytes.mergeTrees(264)).toEqual([]);
		expect(() => bytes.mergeTrees(266)).toThrow(RangeError);
	});

	it('has the span of each pre-token', () => {
		const parts = bytes.trace('hello world<s>', { special: 'parse' });
		expect(parts.map(({ kind, byteStart, byteEnd }) => [kind, byteStart, byteEnd])).toEqual([
			['piece', 0, 5],
			['piece', 5, 11],
			['added', 11, 14]
		]);
	});
});
