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
import { getDescriptor } from '../catalogue';
import type { Runtime } from './runtime';

const encoder = new TextEncoder();
const anyText = fc.oneof(multilingualText, fc.string({ unit: 'binary' }), fc.string());

/** Concatenated bytes of the tokens of a text in a runtime. */
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

/** Whether a tokenizer has no normalizer; DeepSeek's is an empty sequence. */
const isPlain = (id: string): boolean => {
	const { normalizer } = packedSpec(id);
	return (
		normalizer === null || (normalizer.type === 'Sequence' && normalizer.normalizers.length === 0)
	);
};
const plain = PACKED_IDS.filter(isPlain);
const spaced = PACKED_IDS.filter((id) => getDescriptor(id).kind === 'SentencePiece BPE');

describe('the concatenated tokens of a text', () => {
	it('are checked for every tokenizer, except those that normalize characters away', () => {
		const others = PACKED_IDS.filter((id) => !plain.includes(id) && !spaced.includes(id));
		expect(others.filter((id) => !/^NFK?C/.test(getDescriptor(id).preTokenizer))).toEqual([]);
	});

	describe.each(plain)('%s, which has no normalizer', (id) => {
		const lab = packedLab(id);
		let library: Runtime;
		beforeAll(async () => {
			library = await packedLibrary(id);
		});

		it('are the text, in the lab', () => {
			holds(300, (text) => expect(concatenated(lab, lab, text)).toEqual(bytesOf(text)));
		});

		it('are the text, in the library', () => {
			holds(100, (text) => expect(concatenated(library, lab, text)).toEqual(bytesOf(text)));
		});
	});

	describe.each(spaced)('%s, which only writes spaces as ▁', (id) => {
		const prepended = /^(gemma|internlm)/.test(id) ? '' : ' ';
		const meant = (text: string): number[] =>
			text === '' ? [] : bytesOf(prepended + text.replaceAll('▁', ' '));
		const lab = packedLab(id);
		let library: Runtime;
		beforeAll(async () => {
			library = await packedLibrary(id);
		});

		it('are the text with the prepended space, in the lab', () => {
			holds(300, (text) => expect(concatenated(lab, lab, text)).toEqual(meant(text)));
		});

		it('are the text with the prepended space, in the library', () => {
			holds(100, (text) => expect(concatenated(library, lab, text)).toEqual(meant(text)));
		});
	});
});

describe('ModelTokens', () => {
	const ranks = new ModelTokens(smallRanks());
	const sentencePiece = new ModelTokens(smallSentencePiece());

	it('has ▁ and byte tokens as the model does', () => {
		expect([...sentencePiece.content(pieceId('▁ab'))]).toEqual([...encoder.encode('▁ab')]);
		expect([...sentencePiece.content(byteId(0xe9))]).toEqual([...encoder.encode('<0xE9>')]);
	});

	it('finds the byte of a byte token, and -1 for others', () => {
		expect(sentencePiece.fallbackByte(byteId(0))).toBe(0);
		expect(sentencePiece.fallbackByte(byteId(0xff))).toBe(0xff);
		expect(sentencePiece.fallbackByte(pieceId('ab'))).toBe(-1);
		expect(sentencePiece.fallbackByte(1)).toBe(-1);
		expect(ranks.fallbackByte(0x41)).toBe(-1);
	});

	it('has added tokens by their content, and nothing for ids without a token', () => {
		expect([...ranks.content(300)]).toEqual([...encoder.encode('<|end|>')]);
		expect([...ranks.content(280)]).toEqual([]);
		expect([...ranks.content(301)]).toEqual([]);
	});

	it.each([-1, 0.5, NaN])('refuses %d, which is no id', (id) => {
		expect(() => ranks.content(id)).toThrow(RangeError);
		expect(() => ranks.content(id)).toThrow(`token id ${id} is out of range`);
	});
});
