import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observedSpec } from '../../../tests/support/observed-spec';
import { packedTokenizer } from '../../../tests/support/packed-tokenizers';
import { smallRanks, smallSentencePiece } from '../../../tests/support/small-specs';
import { createTokenizer, type TokenizerSpec } from '../engine';
import { LostBytes } from './lost-bytes';

const lostOf = (spec: TokenizerSpec) => {
	const tokenizer = createTokenizer(spec);
	const bytes = new LostBytes(tokenizer);
	return (text: string) => bytes.count(text, Buffer.byteLength(text), tokenizer.encode(text));
};

describe('LostBytes', () => {
	it('counts bytes that no token carries, white space aside', () => {
		// "aé bé": the é are two bytes each.
		const bytes = new LostBytes({
			spec: smallRanks(),
			tokenBytes: () => Uint8Array.of(97)
		});
		const lost = (spans: [number, number][], kinds?: number[]) =>
			bytes.count('aé bé', 7, {
				ids: new Uint32Array(spans.length),
				byteStarts: Uint32Array.from(spans, ([start]) => start),
				byteEnds: Uint32Array.from(spans, ([, end]) => end),
				...(kinds && { kinds: Uint8Array.from(kinds) })
			});
		expect(
			lost([
				[0, 3],
				[3, 7]
			])
		).toBe(0);
		// A removed space is no loss, a removed letter is: in front, between, behind.
		expect(
			lost([
				[0, 3],
				[4, 7]
			])
		).toBe(0);
		expect(
			lost([
				[1, 3],
				[3, 5]
			])
		).toBe(3);
		expect(
			lost([
				[0, 1],
				[4, 5]
			])
		).toBe(4);
		expect(lost([])).toBe(6);
		// An unknown token stands for what is lost; overlapping and empty tokens lose nothing.
		expect(
			lost(
				[
					[0, 1],
					[1, 3],
					[3, 7]
				],
				[0, 3, 0]
			)
		).toBe(2);
		expect(
			lost([
				[0, 0],
				[0, 3],
				[1, 3],
				[3, 7]
			])
		).toBe(0);
	});

	it('finds what is dropped inside of a span, between and behind what has tokens', () => {
		const lost = lostOf(observedSpec('abc abc cab bca'));
		expect(lost('abc cab')).toBe(0);
		// Cyrillic а and б are two bytes each; the c behind them gets a span that covers them.
		expect(lost('abc абc')).toBe(4);
		expect(lost('абc')).toBe(4);
		expect(lost('ab аб')).toBe(4);
		expect(lost('axbxc')).toBe(2);
		expect(lost('что-то')).toBe(11);
	});

	it('counts every byte that the corpus never showed, whatever stands around it', () => {
		const lost = lostOf(observedSpec('abc abc cab bca'));
		const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', 'x', 'é', 'я', '草') });
		fc.assert(
			fc.property(text, (raw) => {
				const strange = [...raw].filter((character) => !'abc '.includes(character));
				expect(lost(raw)).toBe(Buffer.byteLength(strange.join('')));
			})
		);
	});

	it('finds what a vocabulary of characters drops, and what is an unknown token', () => {
		const { model, ...rest } = smallSentencePiece();
		const without = { ...model, byte_fallback: false };
		expect(lostOf({ ...rest, model })('ab é')).toBe(0);
		expect(lostOf({ ...rest, model: without })('ab é草')).toBe(5);
		expect(lostOf({ ...rest, model: { ...without, unk_token: null } })('abé c草')).toBe(5);
	});

	it.each(['cl100k_base', 'llama2', 'gemma3', 'claude-legacy', 'deepseek-v3'])(
		'finds nothing lost under %s',
		(id) => {
			const tokenizer = packedTokenizer(id);
			const bytes = new LostBytes(tokenizer);
			// NFKC makes one letter of several, and several of one.
			const text = 'ﬁnd ①½ ™ Zoë 😀\r\n\t草莓 မြန်မာ  x\u00a0\u2028𒀀';
			expect(bytes.count(text, Buffer.byteLength(text), tokenizer.encode(text))).toBe(0);
		}
	);
});
