import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observedSpec } from '../../../../tests/support/observed-spec';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import type { TokenizerSpec } from '../spec';
import { createTokenizer } from './create-tokenizer';

const droppedBy = (spec: TokenizerSpec) => {
	const tokenizer = createTokenizer(spec);
	return (text: string) => tokenizer.encode(text).droppedBytes ?? 0;
};

/** Removes every match of a regular expression, as a normalizer or as a pre-tokenizer. */
const removals: [string, (regex: string) => TokenizerSpec][] = [
	[
		'normalizer',
		(Regex) => ({
			...smallRanks(),
			normalizer: { type: 'Replace', pattern: { Regex }, content: '' }
		})
	],
	[
		'pre-tokenizer',
		(Regex) => ({
			...smallRanks(),
			pre_tokenizer: { type: 'Split', pattern: { Regex }, behavior: 'Removed', invert: false }
		})
	]
];

describe('droppedBytes of an encoding', () => {
	it.each(removals)('counts text that a %s removes, white space aside', (_, removing) => {
		const withoutSpaces = droppedBy(removing('\\s'));
		expect(withoutSpaces('aé bé')).toBe(0);
		// A removed letter counts at the start, in the middle and at the end. é is two bytes.
		const texts = ['xyz', 'éx', 'x \u3000é y', 'xé', 'aé bé', 'éa é', ''];
		expect(texts.map(droppedBy(removing('[aeé]')))).toEqual([0, 2, 2, 2, 5, 5, 0]);
	});

	it.each(removals)('tells those that a %s removes from those without a token', (_, removing) => {
		const { droppedBytes, removedBytes } = createTokenizer(removing('é')).encode('aéb');
		expect([droppedBytes, removedBytes]).toEqual([2, 2]);
		const { model, ...rest } = smallSentencePiece();
		const unknown = createTokenizer({ ...rest, model: { ...model, byte_fallback: false } });
		expect(unknown.encode('ab é').removedBytes).toBeUndefined();
	});

	it('does not count added tokens or the white space that they include', () => {
		const spec = smallRanks();
		const added_tokens = spec.added_tokens.map((token) => ({
			...token,
			lstrip: true,
			rstrip: true
		}));
		const tokenizer = createTokenizer({ ...spec, added_tokens });
		const { ids, droppedBytes = 0 } = tokenizer.encode('a <|end|> <|end|> b', { special: 'parse' });
		expect([[...ids], droppedBytes]).toEqual([[97, 300, 300, 98], 0]);
	});

	it('counts every byte that the corpus lacks, whatever is around it', () => {
		const dropped = droppedBy(observedSpec('abc abc cab bca'));
		const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', 'x', 'é', 'я', '草') });
		fc.assert(
			fc.property(text, (raw) => {
				const strange = [...raw].filter((character) => !'abc '.includes(character));
				expect(dropped(raw)).toBe(Buffer.byteLength(strange.join('')));
				// The same pre-tokens again, because dropping must not depend on the cache.
				expect(dropped(raw)).toBe(Buffer.byteLength(strange.join('')));
			})
		);
	});

	it('counts characters that a vocabulary of characters drops or maps to the unknown token', () => {
		const { model, ...rest } = smallSentencePiece();
		const without = { ...model, byte_fallback: false };
		expect(droppedBy({ ...rest, model })('ab é')).toBe(0);
		expect(droppedBy({ ...rest, model: without })('ab é草')).toBe(5);
		expect(droppedBy({ ...rest, model: { ...without, fuse_unk: false } })('é草 é')).toBe(7);
		expect(droppedBy({ ...rest, model: { ...without, unk_token: null } })('abé c草')).toBe(5);
	});

	it('counts a character once that the normalizer rewrites as several', () => {
		const { model, ...rest } = smallSentencePiece();
		const normalizer = { type: 'NFKC' } as const;
		const dropping = { ...model, byte_fallback: false, unk_token: null };
		// ™ is three bytes, and TM once normalized.
		expect(droppedBy({ ...rest, normalizer, model: dropping })('a™b™™')).toBe(9);
	});

	it.each(['cl100k_base', 'llama2', 'claude-legacy'])('is absent under %s', (id) => {
		const tokenizer = packedTokenizer(id);
		// NFKC turns several letters into one, and one into several.
		const text = 'ﬁnd ①½ ™ Zoë 😀\r\n\t草莓 မြန်မာ  x\u00a0\u2028𒀀';
		expect(tokenizer.encode(text).droppedBytes).toBeUndefined();
	});
});
