import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../engine/text';
import { checkJsonBounds } from './json-bounds';

const check = (text: string) => () => checkJsonBounds(encodeUtf8(text));

it('passes what a tokenizer.json has, and ignores brackets and commas in strings', () => {
	expect(check('{"a":["[[[[","\\"{"],"b":{"c":1}}')).not.toThrow();
	expect(check('['.repeat(127) + ']'.repeat(127))).not.toThrow();
	expect(check(`"${'[,:'.repeat(3_100_000)}"`)).not.toThrow();
	expect(check(`"\\"${'['.repeat(200)}"`)).not.toThrow();
});

it.each([
	['['.repeat(128), 'nested more than 127 deep at byte 127'],
	['{"a":'.repeat(128), 'nested more than 127 deep'],
	[`[${'0,'.repeat(3_000_001)}0]`, 'more than 3000000 values'],
	[`{${'"":0 '.repeat(1_000_001)}}`, 'more than 1000000 keys']
])('refuses %#', (text, message) => {
	expect(check(text)).toThrow(message);
});
