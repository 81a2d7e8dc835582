import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multilingualText } from '../../../../tests/support/arbitrary-text';
import { packedLab, packedLibrary } from '../../../../tests/support/packed-tokenizers';
import { sized } from '../../../../tests/support/size';
import {
	byteId,
	pieceId,
	smallRanks,
	smallSentencePiece
} from '../../../../tests/support/small-specs';
import { ModelTokens } from './align';
import type { EngineRuntime } from './engine';
import type { Runtime } from './runtime';

const encoder = new TextEncoder();
const anyText = fc.oneof(multilingualText, fc.string({ unit: 'binary' }), fc.string());

/** Concatenates the bytes of the tokens that a runtime returns for text. */
const concatenated = (runtime: Runtime, { tokenizer }: EngineRuntime, text: string): number[] =>
	Array.from(runtime.encode(text).ids).flatMap((id) => [...tokenizer.tokenBytes(id)]);

/** Checks a statement on `runs` random texts. */
const holds = (runs: number, statement: (text: string) => void): void =>
	fc.assert(
		fc.property(anyText, (text) => {
			statement(text);
		}),
		{ numRuns: runs }
	);

const bytesOf = (text: string): number[] => [...encoder.encode(text.toWellFormed())];

// Ranks in js-tiktoken, and byte-level merges and SentencePiece's ▁ in transformers.js.
describe.each([
	['cl100k_base', bytesOf],
	['llama3', bytesOf],
	['llama2', (text: string) => (text === '' ? [] : bytesOf(` ${text.replaceAll('▁', ' ')}`))]
])('the concatenated tokens of a text under %s', (id, meant) => {
	const lab = packedLab(id);

	it('are the text, with the prepended space if there is one', async () => {
		const library = await packedLibrary(id);
		holds(sized(100, 300), (text) => expect(concatenated(lab, lab, text)).toEqual(meant(text)));
		holds(sized(30, 100), (text) => expect(concatenated(library, lab, text)).toEqual(meant(text)));
	});
});

describe('ModelTokens', () => {
	const ranks = new ModelTokens(smallRanks());
	const sentencePiece = new ModelTokens(smallSentencePiece());

	it('has the contents of tokens as the model does, and the byte of a byte token', () => {
		expect([...sentencePiece.content(pieceId('▁ab'))]).toEqual([...encoder.encode('▁ab')]);
		expect([...sentencePiece.content(byteId(0xe9))]).toEqual([...encoder.encode('<0xE9>')]);
		expect(sentencePiece.fallbackByte(byteId(0))).toBe(0);
		expect(sentencePiece.fallbackByte(byteId(0xff))).toBe(0xff);
		expect(sentencePiece.fallbackByte(pieceId('ab'))).toBe(-1);
		expect(sentencePiece.fallbackByte(1)).toBe(-1);
		expect(ranks.fallbackByte(0x41)).toBe(-1);
		expect([...ranks.content(300)]).toEqual([...encoder.encode('<|end|>')]);
		expect([...ranks.content(280)]).toEqual([]);
		expect([...ranks.content(301)]).toEqual([]);
	});

	it.each([-1, 0.5, NaN])('refuses %d, which is no id', (id) => {
		expect(() => ranks.content(id)).toThrow(RangeError);
		expect(() => ranks.content(id)).toThrow(`token id ${id} is out of range`);
	});
});
