import { describe, expect, it } from 'vitest';
import { tokenTree, type TokenList, type TokenTree } from '../../session/calls/token-details';
import { findTokens } from './vocabulary-list';

/** Bytes a, b, space, then ab = a b, ␣ab = ␣ ab, abab = ab ab. */
const words = ['a', 'b', ' ', 'ab', ' ab', 'abab'];
const list: TokenList = {
	vocabulary: {
		bytes: new TextEncoder().encode(words.join('')),
		ends: Uint32Array.of(1, 2, 3, 5, 8, 12)
	},
	madeBy: Int32Array.of(-1, -1, -1, 0, 1, 2),
	merges: Uint32Array.of(0, 1, 2, 3, 3, 3)
};
const usage = Float64Array.of(3, 0, 7, 0, 9, 1);
const all = { step: 3, search: '', unused: false, order: 'id' } as const;

describe('findTokens', () => {
	it('lists the tokens of the step', () => {
		expect(findTokens(list, usage, all)).toEqual([0, 1, 2, 3, 4, 5]);
		expect(findTokens(list, usage, { ...all, step: 1 })).toEqual([0, 1, 2, 3]);
		expect(findTokens(list, usage, { ...all, step: 0 })).toEqual([0, 1, 2]);
	});

	it('finds text, white space as it is drawn, and ids', () => {
		const search = (text: string) => findTokens(list, usage, { ...all, search: text });
		expect(search('ba')).toEqual([5]);
		expect(search('·a')).toEqual([4]);
		expect(search('b')).toEqual([1, 3, 4, 5]);
		expect(search('4')).toEqual([4]);
		expect(search('x')).toEqual([]);
	});

	it('lists unused tokens made by merges, but no unused bytes', () => {
		expect(findTokens(list, usage, { ...all, unused: true })).toEqual([3]);
		expect(findTokens(list, null, { ...all, unused: true })).toEqual([]);
	});

	it('sorts by usage and by length, equal ones by id', () => {
		expect(findTokens(list, usage, { ...all, order: 'usage' })).toEqual([4, 2, 0, 5, 1, 3]);
		expect(findTokens(list, usage, { ...all, order: 'length' })).toEqual([5, 4, 3, 0, 1, 2]);
	});
});

describe('tokenTree', () => {
	const text = ({ token, parts }: TokenTree): unknown => {
		const name = new TextDecoder().decode(token.bytes);
		return parts === null ? name : [name, ...parts.map(text)];
	};

	it('goes down to the bytes', () => {
		expect(text(tokenTree(list, 5))).toEqual(['abab', ['ab', 'a', 'b'], ['ab', 'a', 'b']]);
		expect(tokenTree(list, 4).merge).toBe(2);
		expect(tokenTree(list, 0)).toMatchObject({ merge: null, parts: null });
	});

	it('truncates the deepest levels of a large tree', () => {
		expect(text(tokenTree(list, 5, 5))).toEqual(['abab', ['ab', 'a', 'b'], 'ab']);
	});
});
