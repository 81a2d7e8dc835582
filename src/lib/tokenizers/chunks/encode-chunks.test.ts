import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multilingualText } from '../../../../tests/support/arbitrary-text';
import { packedLab } from '../../../../tests/support/packed-tokenizers';
import { sized } from '../../../../tests/support/size';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { finish } from '../../../../tests/support/steps';
import { createTokenizer, type Encoding } from '../../engine';
import { chunkText, encodeInChunks } from './encode-chunks';
import { EngineRuntime } from '../runtimes/engine';

const plain = ({ ids, byteStarts, byteEnds, kinds }: Encoding) => ({
	ids: [...ids],
	byteStarts: [...byteStarts],
	byteEnds: [...byteEnds],
	kinds: [...(kinds ?? new Uint8Array(ids.length))]
});

describe('chunkText', () => {
	it('returns a text no longer than the target as one chunk', () => {
		expect(chunkText('a\nb', smallRanks(), 3)).toEqual([{ start: 0, end: 3, spaceBefore: false }]);
		expect(chunkText('', smallRanks(), 3)).toEqual([{ start: 0, end: 0, spaceBefore: false }]);
	});

	it('splits after the first newline between two letters from the target on', () => {
		expect(chunkText('one\n two\nthree\nfour', smallRanks(), 2)).toEqual([
			{ start: 0, end: 9, spaceBefore: false },
			{ start: 9, end: 15, spaceBefore: false },
			{ start: 15, end: 19, spaceBefore: false }
		]);
	});

	it.each(['one\n\ntwo', 'one.\ntwo', 'one\n2', 'one\r\ntwo', 'one two'])(
		'does not split %j, where a run of white space or punctuation could cross the boundary',
		(text) => {
			expect(chunkText(text, smallRanks(), 1)).toHaveLength(1);
		}
	);

	it('leaves out the space that the normalizer prepends, and has a default target of 65,536 code units', () => {
		expect(chunkText('ab c  d', smallSentencePiece(), 1)).toEqual([
			{ start: 0, end: 2, spaceBefore: false },
			{ start: 3, end: 7, spaceBefore: true }
		]);
		const line = `${'x'.repeat(63)}\n`;
		const chunks = chunkText(`${line.repeat(2048)}x`, smallRanks());
		expect(chunks.map(({ end }) => end)).toEqual([65_600, 131_073]);
	});
});

describe('encodeInChunks', () => {
	it('yields the share done after each chunk except the last', () => {
		const spec = smallRanks();
		const { yielded } = finish(
			encodeInChunks(new EngineRuntime(createTokenizer(spec)), spec, 'a\nb\nc\nd\ne', {}, 1)
		);
		expect(yielded).toEqual([2 / 9, 4 / 9, 6 / 9, 8 / 9]);
	});

	it('gives a token that begins a chunk the space that was left out before it', () => {
		const spec = smallSentencePiece();
		const { result } = finish(
			encodeInChunks(new EngineRuntime(createTokenizer(spec)), spec, 'ab ab c', {}, 1)
		);
		// ▁ab ▁ab ▁ c
		expect(plain(result)).toEqual({
			ids: [264, 264, 259, 262],
			byteStarts: [0, 2, 5, 6],
			byteEnds: [2, 5, 6, 7],
			kinds: [0, 0, 0, 0]
		});
	});

	it.each(['cl100k_base', 'llama2', 'gemma3', 'claude-legacy'])(
		'gives the ids and offsets of the whole, however small the chunks: %s',
		(id) => {
			const lab = packedLab(id);
			const { spec } = lab.tokenizer;
			fc.assert(
				fc.property(
					multilingualText,
					fc.nat({ max: 30 }),
					fc.constantFrom('text' as const, 'parse' as const),
					(text, target, special) => {
						const { result } = finish(encodeInChunks(lab, spec, text, { special }, target));
						expect(plain(result)).toEqual(plain(lab.encode(text, { special })));
					}
				),
				{ numRuns: sized(150, 1000) }
			);
		}
	);
});
