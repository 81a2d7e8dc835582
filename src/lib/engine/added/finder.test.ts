import { describe, expect, it } from 'vitest';
import { addedToken } from '../../../../tests/support/spec-parts';
import { IntBuffer } from '../structures/arrays';
import { encodeUtf8 } from '../text/utf8';
import { createFinder } from './finder';
import { EXTRAS } from '../text/all-extras';

type Flags = Partial<Record<'single_word' | 'lstrip' | 'rstrip', boolean>>;

type Token = string | [string, Flags];

/** Finds tokens (`content` or `[content, flags]`). Returns the text of each match. */
function find(text: string, ...tokens: Token[]): string[] {
	const bytes = encodeUtf8(text);
	const { data, length } = matches(bytes, tokens);
	return Array.from({ length: length / 3 }, (_, i) =>
		new TextDecoder().decode(bytes.subarray(data[3 * i + 1], data[3 * i + 2]))
	);
}

function matches(bytes: Uint8Array, tokens: readonly Token[]): IntBuffer {
	const sought = tokens.map((token, id) => {
		const [content, flags] = typeof token === 'string' ? [token, {}] : token;
		return { token: addedToken(id, content, flags), content: encodeUtf8(content) };
	});
	const found = new IntBuffer();
	createFinder(sought, EXTRAS)?.find({ bytes, start: 0, end: bytes.length, origin: null }, found);
	return found;
}

describe('added tokens', () => {
	const both = { lstrip: true, rstrip: true };
	const word = { single_word: true };
	it.each<[string, string, Token[], string[]]>([
		['are found from left to right, the longest first', 'aaab', ['a', 'aa', 'aab'], ['aa', 'a']],
		['are the longest', '<unused12>', ['<unused1>', '<unused12>', '<'], ['<unused12>']],
		['are shorter if a longer one does not end', '<unused1x', ['<unused1>', '<'], ['<']],
		[
			'include white space before with lstrip',
			'a \u3000<x>\n\tb',
			[['<x>', { lstrip: true }]],
			[' \u3000<x>']
		],
		[
			'include white space after with rstrip',
			'a \u3000<x>\n\u0085b',
			[['<x>', { rstrip: true }]],
			['<x>\n\u0085']
		],
		['exclude what the previous one includes', '<x> <x> ', [['<x>', both]], ['<x> ', '<x> ']],
		['are whole words', 'cat cats concat cat', [['cat', word]], ['cat', 'cat']],
		['are not found after a letter', 'é<x>', [['<x>', word]], []],
		['are not found after a mark', '\u0301<x>', [['<x>', word]], []],
		['are found between signs', '-<x>-', [['<x>', word]], ['<x>']],
		['are not found within matches that are no words', 'cab ab', [['ab', word], 'b'], ['ab']]
	])('%s', (_, text, tokens, found) => {
		expect(find(text, ...tokens)).toEqual(found);
	});

	it('take linear time however long they are', () => {
		const long = 'a'.repeat(20_000);
		expect(find(`${long.repeat(20)}b`, `${long}b`, `c${long}`)).toEqual([`${long}b`]);
	});

	it.each([{ lstrip: true }, { rstrip: true }])('take linear time with %o', (flags) => {
		const tabs = encodeUtf8('\t'.repeat(100_000));
		expect(matches(tabs, [['\t', flags]]).length / 3).toBe(100_000);
	});

	it('have no finder if there are none, or only empty ones', () => {
		expect(createFinder([], EXTRAS)).toBeNull();
		expect(find('abc', '')).toEqual([]);
	});
});
