import { PreTrainedTokenizer } from '@xenova/transformers/src/tokenizers.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multilingualText } from '../../../../tests/support/arbitrary-text';
import { smallUnigram, smallWordPiece } from '../../../../tests/support/library-files';
import { nativeLibrary } from '../../../../tests/support/native-library';
import { TokenKind } from '../../engine';
import { decodeUtf8, encodeUtf8 } from '../../engine/text';
import { LibraryTokenizer } from './library-tokenizer';

const start = (json: object, config: object | null = null) =>
	new LibraryTokenizer({
		tokenizer: JSON.stringify(json),
		config: config && JSON.stringify(config)
	});

const wordPiece = start(smallWordPiece());
const unigram = start(smallUnigram());

/** Byte spans of native tokenizers. */
async function nativeSpans(json: object, text: string) {
	const native = nativeLibrary?.Tokenizer.fromString(JSON.stringify(json));
	const encoding = await native?.encode(text, null, { addSpecialTokens: false });
	const bytes = [0];
	for (const character of text) bytes.push((bytes.at(-1) ?? 0) + encodeUtf8(character).length);
	return {
		ids: encoding?.getIds(),
		spans: encoding?.getOffsets().map(([from, to]) => [bytes[from], bytes[to]])
	};
}

function encodeSpans(tokenizer: LibraryTokenizer, text: string) {
	const { ids, byteStarts, byteEnds } = tokenizer.encode(text, { special: 'parse' });
	return {
		ids: [...ids],
		spans: Array.from(ids, (_, i) => [byteStarts[i], byteEnds[i]])
	};
}

describe.skipIf(!nativeLibrary)('LibraryTokenizer and native tokenizers', () => {
	it.each([
		'The tokenizers, the Strawberry!',
		'Café, CAFÉ and cafe\u0301.',
		'  the\t\ttoken\n\n',
		'unknown 中文 the中',
		'the [MASK] token[SEP]',
		'x\u0000y \ufffd 😀 é',
		''
	])('agree on ids and spans of WordPiece: %j', async (text) => {
		expect(encodeSpans(wordPiece, text)).toEqual(await nativeSpans(smallWordPiece(), text));
	});

	it.each([
		'the strawberry is a tokenizers.',
		'the  café ﬁne',
		'the</s>token<pad> é',
		' the strawberry ',
		'is½ ㎏'
	])('agree on ids and spans of Unigram: %j', async (text) => {
		expect(encodeSpans(unigram, text)).toEqual(await nativeSpans(smallUnigram(), text));
	});
});

describe('LibraryTokenizer', () => {
	it.each([
		['WordPiece', wordPiece, smallWordPiece()],
		['Unigram', unigram, smallUnigram()]
	])('gives the ids of the library for any text: %s', (_, tokenizer, json) => {
		// The library's Metaspace, which knows its prefix by an older name.
		const metaspace = { type: 'Metaspace', replacement: '▁', add_prefix_space: true };
		const old = json.pre_tokenizer.type === 'Metaspace' ? { pre_tokenizer: metaspace } : {};
		const library = new PreTrainedTokenizer({ ...json, ...old, decoder: null }, {});
		fc.assert(
			fc.property(multilingualText, (text) => {
				const { ids, byteStarts, byteEnds } = tokenizer.encode(text, { special: 'parse' });
				const wellFormed = text.toWellFormed();
				// The library puts a ▁ even before no text.
				const expected = wellFormed === '' ? [] : library.encode(wellFormed, null, {});
				expect([...ids]).toEqual(expected);
				const { length } = encodeUtf8(wellFormed);
				for (let i = 0; i < ids.length; i++) {
					expect(byteStarts[i]).toBeLessThanOrEqual(byteEnds[i]);
					expect(byteEnds[i]).toBeLessThanOrEqual(length);
					if (i === 0) continue;
					expect(byteStarts[i]).toBeGreaterThanOrEqual(byteStarts[i - 1]);
					expect(byteEnds[i]).toBeGreaterThanOrEqual(byteEnds[i - 1]);
				}
			})
		);
	});

	it('gives a ▁ that the pre-tokenizer adds no bytes', () => {
		expect(encodeSpans(unigram, 'é')).toEqual({
			ids: [3, 11],
			spans: [
				[0, 0],
				[0, 2]
			]
		});
	});

	it('reads special tokens as text unless they are parsed', () => {
		expect(wordPiece.encode('[SEP]').ids).not.toContain(3);
		expect([...wordPiece.encode('[SEP]', { special: 'parse' }).ids]).toEqual([3]);
	});

	it('marks unknown tokens and counts their bytes', () => {
		const { ids, kinds, droppedBytes } = wordPiece.encode('the 日');
		expect(decodeUtf8(wordPiece.tokenBytes(ids[1]))).toBe('[UNK]');
		expect([...(kinds ?? [])]).toEqual([TokenKind.ordinary, TokenKind.unknown]);
		expect(droppedBytes).toBe(3);
	});

	it('spells ids with spaces between the words of WordPiece, and says which it lacks', () => {
		const { ids } = wordPiece.encode('the tokenizers');
		const spelled = wordPiece.spell(Uint32Array.from([...ids, 9999]));
		expect(decodeUtf8(spelled.document)).toBe('the tokenizers');
		expect(spelled.outOfRange).toEqual([{ id: 9999, position: ids.length }]);
	});

	it('spells ids of Unigram with the spaces that they have', () => {
		const { ids } = unigram.encode('the strawberry');
		expect(decodeUtf8(unigram.spell(ids).document)).toBe(' the strawberry');
		expect(unigram.decode(ids)).toBe('the strawberry');
	});

	it('refuses ids out of range', () => {
		expect(() => wordPiece.decode([9999])).toThrow('got id 9999, expected one below');
		expect(wordPiece.decode([])).toBe('');
	});

	it.each([
		[
			'a stage that the library lacks',
			{ ...smallWordPiece(), pre_tokenizer: { type: 'UnicodeScripts' } },
			'transformers.js 2.17.2 cannot run the tokenizer: Unknown PreTokenizer type: UnicodeScripts'
		],
		[
			'a Unigram model without an unknown token',
			{ ...smallUnigram(), model: { ...smallUnigram().model, unk_id: null } },
			'model.unk_id: got null, expected the id of the unknown token'
		],
		[
			'a WordPiece model without its unknown token',
			{ ...smallWordPiece(), model: { ...smallWordPiece().model, unk_token: '<none>' } },
			'model.unk_token: got "<none>", expected a token of the vocabulary'
		]
	])('refuses %s', (_, json, message) => {
		expect(() => start(json)).toThrow(message);
	});

	it('applies the settings of the library before its normalizer', () => {
		const spaced = start(smallUnigram(), { remove_space: true });
		expect([...spaced.encode('  the   the ').ids]).toEqual([...unigram.encode('the the').ids]);
	});
});
