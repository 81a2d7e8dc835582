import { describe, expect, it } from 'vitest';
import { vocabularyOf } from '../../../../tests/support/spec-parts';
import { tokenTree, type TokenList, type TokenTree } from '../../session/calls/token-details';
import { holdsToken, needleOf } from './vocabulary-list';

/** Bytes a, b, space, then ab = a b, ␣ab = ␣ ab, abab = ab ab. */
const words = ['a', 'b', ' ', 'ab', ' ab', 'abab'];
const list: TokenList = {
	vocabulary: vocabularyOf(...words),
	producingMerge: Int32Array.of(-1, -1, -1, 0, 1, 2),
	merges: Uint32Array.of(0, 1, 2, 3, 3, 3)
};

it('finds text inside of tokens, and white space as it is drawn', () => {
	const search = (text: string) => words.filter((_, id) => holdsToken(list, id, needleOf(text)));
	expect(search('ba')).toEqual(['abab']);
	expect(search('·a')).toEqual([' ab']);
	expect(search('b')).toEqual(['b', 'ab', ' ab', 'abab']);
	expect(search('x')).toEqual([]);
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
