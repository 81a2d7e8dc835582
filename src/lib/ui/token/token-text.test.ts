import { expect, it } from 'vitest';
import { tokenText } from './token-text';

it.each([
	[[0x20, 0x74, 0x68], '·th'],
	[[0x0a, 0x09], '↵→'],
	[[0xe2, 0x80], '<e2 80>'],
	[[0x20, 0xf0, 0x9f], '·<f0 9f>'],
	[[0xcc, 0x81], '◌\u0301'],
	[[0x20, 0xcc, 0x81], '·◌\u0301'],
	[[0xc3, 0xa9, 0x20, 0x20], 'é··'],
	[[0xc2, 0xa0], '[NBSP]'],
	[[], '']
])('writes %j as %s', (bytes, text) => {
	expect(tokenText(Uint8Array.from(bytes))).toBe(text);
});
