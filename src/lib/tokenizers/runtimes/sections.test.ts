import { describe, expect, it } from 'vitest';
import { addedToken } from '../../../../tests/support/spec-parts';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import type { AddedTokenSpec, TokenizerSpec } from '../../engine';
import { addedTokenRegex, splitAtAddedTokens, type SplitText } from './sections';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const token = (id: number, content: string) => addedToken(id, content, { special: false });

const withAdded = (...added_tokens: AddedTokenSpec[]): TokenizerSpec => ({
	...smallRanks(),
	added_tokens
});

/** Abbreviates each section to its normalized text, or the id and span of an added token. */
const inShort = ({ sections }: SplitText) =>
	sections.map((section) => {
		if ('added' in section) return [section.added, section.start, section.end];
		const { bytes, start, end } = section.text;
		return decoder.decode(bytes.subarray(start, end));
	});

describe('splitAtAddedTokens', () => {
	it('splits at special tokens only with parse', () => {
		const spec = smallRanks();
		expect(inShort(splitAtAddedTokens('é<|end|>b', spec, true))).toEqual(['é', [300, 2, 9], 'b']);
		expect(inShort(splitAtAddedTokens('é<|end|>b', spec, false))).toEqual(['é<|end|>b']);
	});

	it.each([
		['other added tokens in both cases', ['\n\n'], 'a\n\n\nb', ['a', [400, 1, 3], '\nb']],
		['the longest added token', ['  ', '    ', '   '], '     ', [[401, 0, 4], ' ']],
		[
			'regex characters in an added token',
			['[.*]', '<|a\\|>'],
			'x[.*]<|a\\|>[xx]',
			['x', [400, 1, 5], [401, 5, 11], '[xx]']
		]
	])('splits at %s', (_, contents, text, sections) => {
		const spec = withAdded(...contents.map((content, i) => token(400 + i, content)));
		for (const parse of [true, false])
			expect(inShort(splitAtAddedTokens(text, spec, parse))).toEqual(sections);
	});

	it('makes no empty sections between added tokens that touch', () => {
		const touching = splitAtAddedTokens('<|end|><|end|>', smallRanks(), true);
		expect(inShort(touching)).toEqual([
			[300, 0, 7],
			[300, 7, 14]
		]);
		expect(inShort(splitAtAddedTokens('', smallRanks(), true))).toEqual([]);
	});

	it('normalizes each section on its own and keeps them all', () => {
		const found = splitAtAddedTokens('a b<s>a </s>', smallSentencePiece(), true);
		expect(inShort(found)).toEqual(['▁a▁b', [1, 3, 6], '▁a▁', [2, 8, 12]]);
		expect(found.normalizedText).toBe('▁a▁b<s>▁a▁</s>');
	});

	it('keeps the origin of each normalized byte in the whole text', () => {
		const { sections } = splitAtAddedTokens('b<s>a c', smallSentencePiece(), true);
		const last = sections[2];
		if ('added' in last) throw new Error('got an added token, expected text');
		// ▁ (3 bytes, inserted at byte 4), a, ▁ (3 bytes, the space), c
		expect([...(last.text.origin?.starts ?? [])]).toEqual([4, 4, 4, 4, 5, 5, 5, 6]);
		expect([...(last.text.origin?.ends ?? [])]).toEqual([4, 4, 4, 5, 6, 6, 6, 7]);
	});

	it('normalizes with the Unicode of JavaScript, as the libraries do', () => {
		const spec: TokenizerSpec = { ...smallRanks(), normalizer: { type: 'NFC' } };
		// U+11935 (Unicode 13) composes with U+11930. The references' Unicode 9.0 has neither.
		const { normalizedText } = splitAtAddedTokens('\u{11935}\u{11930}', spec, false);
		expect(normalizedText).toBe('\u{11938}');
	});

	it('finds added tokens in the normalized text if that comes first', () => {
		const spec: TokenizerSpec = { ...smallRanks(), normalizer: { type: 'NFKC' } };
		const text = '™＜|end|>b';
		expect(inShort(splitAtAddedTokens(text, spec, true))).toEqual(['TM<|end|>b']);
		const found = splitAtAddedTokens(text, spec, true, { normalizesFirst: true });
		expect(inShort(found)).toEqual(['TM', [300, 3, 12], 'b']);
		expect(found.normalizedText).toBe('TM<|end|>b');
	});

	it('returns the text itself without a normalizer', () => {
		const { normalizedText } = splitAtAddedTokens('a<|end|>\ufeffb', smallRanks(), true);
		expect(normalizedText).toBe('a<|end|>\ufeffb');
	});
});

it('creates no regex without added tokens to recognise', () => {
	expect(addedTokenRegex(withAdded(), true)).toBeNull();
	expect(addedTokenRegex(smallRanks(), false)).toBeNull();
});
