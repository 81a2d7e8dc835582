import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { multilingualText } from '../../../../tests/support/arbitrary-text';
import {
	PACKED_IDS,
	packedLab,
	packedLibrary,
	packedSpec
} from '../../../../tests/support/packed-tokenizers';
import {
	byteId,
	pieceId,
	smallRanks,
	smallSentencePiece
} from '../../../../tests/support/small-specs';
import { ModelTokens } from './model-tokens';
import type { EngineRuntime } from './engine';
import type { Runtime } from './types';

const encoder = new TextEncoder();
const anyText = fc.oneof(multilingualText, fc.string({ unit: 'binary' }), fc.string());

/** The bytes of the tokens that a runtime makes of a text, put together. */
const together = (runtime: Runtime, { tokenizer }: EngineRuntime, text: string): number[] =>
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

/** Whether a tokenizer takes text as it is; DeepSeek's list of normalizers is there and empty. */
const isPlain = (id: string): boolean => {
	const { normalizer } = packedSpec(id);
	return (
		normalizer === null || (normalizer.type === 'Sequence' && normalizer.normalizers.length === 0)
	);
};
const plain = PACKED_IDS.filter(isPlain);
const spaced = ['llama2', 'mistral-v1', 'mistral-v3', 'gemma3'];

describe('the tokens of a text put together', () => {
	it('are looked at for every tokenizer, but those that normalize characters away', () => {
		const others = PACKED_IDS.filter((id) => !plain.includes(id) && !spaced.includes(id));
		expect(others).toEqual(['qwen3', 'claude-legacy']);
	});

	describe.each(plain)('%s, which has no normalizer', (id) => {
		const lab = packedLab(id);
		let library: Runtime;
		beforeAll(async () => {
			library = await packedLibrary(id);
		});

		it('are the text, in the lab', () => {
			holds(300, (text) => expect(together(lab, lab, text)).toEqual(bytesOf(text)));
		});

		it('are the text, in the library', () => {
			holds(100, (text) => expect(together(library, lab, text)).toEqual(bytesOf(text)));
		});
	});

	describe.each(spaced)('%s, which only writes spaces as ▁', (id) => {
		const prepended = id === 'gemma3' ? '' : ' ';
		const meant = (text: string): number[] =>
			text === '' ? [] : bytesOf(prepended + text.replaceAll('▁', ' '));
		const lab = packedLab(id);
		let library: Runtime;
		beforeAll(async () => {
			library = await packedLibrary(id);
		});

		it('are the text with the space put before it, in the lab', () => {
			holds(300, (text) => expect(together(lab, lab, text)).toEqual(meant(text)));
		});

		it('are the text with the space put before it, in the library', () => {
			holds(100, (text) => expect(together(library, lab, text)).toEqual(meant(text)));
		});
	});
});

describe('ModelTokens', () => {
	const ranks = new ModelTokens(smallRanks());
	const pieces = new ModelTokens(smallSentencePiece());

	it('is as large as the largest id, added tokens counted', () => {
		expect(ranks.size).toBe(301);
		expect(pieces.size).toBe(265);
	});

	it('has ▁ and byte tokens as the model does', () => {
		expect([...pieces.content(pieceId('▁ab'))]).toEqual([...encoder.encode('▁ab')]);
		expect([...pieces.content(byteId(0xe9))]).toEqual([...encoder.encode('<0xE9>')]);
	});

	it('knows the byte of a byte piece, and that others have none', () => {
		expect(pieces.fallbackByte(byteId(0))).toBe(0);
		expect(pieces.fallbackByte(byteId(0xff))).toBe(0xff);
		expect(pieces.fallbackByte(pieceId('ab'))).toBe(-1);
		expect(pieces.fallbackByte(1)).toBe(-1);
		expect(ranks.fallbackByte(0x41)).toBe(-1);
	});

	it('spells added tokens by their names, and ids between as nothing', () => {
		expect([...ranks.content(300)]).toEqual([...encoder.encode('<|end|>')]);
		expect([...ranks.content(280)]).toEqual([]);
	});

	it.each([301, -1, 0.5, NaN])('refuses %d, naming the ids there are', (id) => {
		expect(() => ranks.content(id)).toThrow(RangeError);
		expect(() => ranks.content(id)).toThrow(
			`token id ${id} is out of range: this tokenizer has ids 0 to 300`
		);
	});
});
