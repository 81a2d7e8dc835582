import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sized } from '../../../../tests/support/size';
import { encodeUtf8 } from '../../engine/text';
import { checkJsonBounds, JsonMembers, JsonNumber, readJson } from './exact-json';

it('gives the value that JSON.parse gives, whatever it hides', () => {
	fc.assert(
		fc.property(fc.json({ maxDepth: 4 }), fc.boolean(), (json, isRepeated) => {
			const text = isRepeated ? `{"a":${json},"b":1.0,"a":${json}}` : json;
			expect(readJson(text).value).toEqual(JSON.parse(text));
		})
	);
});

it('hands over the value itself if nothing is hidden', () => {
	const document = readJson('{"a": [1, -2.5, "\\u00e9", {"b": null}], "1": true}');
	expect(document.exact).toBe(document.value);
	expect(document.hasByteOrderMark).toBe(false);
});

it('keeps each repetition of a key', () => {
	const text = '{"a": 1, "b": [{"x y": 1, "x y": {"a": 1, "a": 2}}], "a": 2, "a": 3}';
	const { exact, value } = readJson(text);
	expect(value).toEqual({ a: 3, b: [{ 'x y': { a: 2 } }] });
	const members = (...entries: JsonMembers['entries']) => new JsonMembers(entries);
	const inner = members(['x y', 1], ['x y', members(['a', 1], ['a', 2])]);
	expect(exact).toEqual(members(['a', 1], ['b', [inner]], ['a', 2], ['a', 3]));
});

it('sees a repeated __proto__ and sets no prototype', () => {
	const { exact } = readJson('[{"__proto__": 1, "__proto__": 2}, {"__proto__": {"a": 1.0}}]');
	const [first, second] = exact as object[];
	expect(first).toEqual(
		new JsonMembers([
			['__proto__', 1],
			['__proto__', 2]
		])
	);
	expect(Object.getPrototypeOf(second)).toBe(Object.prototype);
	expect(Object.keys(second)).toEqual(['__proto__']);
});

it('tells integral floats from integers, and keeps how long numbers are written', () => {
	const text = '{"a": [1.0, 1e2, -0, 10, 2.5, -3], "b": 18446744073709551615, "c": 1E400}';
	expect(readJson(text).exact).toEqual({
		a: [new JsonNumber('1.0'), new JsonNumber('1e2'), new JsonNumber('-0'), 10, 2.5, -3],
		b: new JsonNumber('18446744073709551615'),
		c: new JsonNumber('1E400')
	});
});

it.each([
	[String.raw`{"a\ud800": 1}`, true],
	[String.raw`["x\udc00"]`, true],
	[String.raw`["\uD83D\uDE00"]`, false],
	[String.raw`["\\ud800", "\u00e9"]`, false]
])('reads %s exactly if it escapes lone surrogates', (text, isExact) => {
	const { exact, value } = readJson(text);
	expect(exact).toEqual(value);
	expect(exact !== value).toBe(isExact);
});

it('reads a text that begins with a byte order mark, and says so', () => {
	expect(readJson('\ufeff{"a": 1}')).toMatchObject({ value: { a: 1 }, hasByteOrderMark: true });
	expect(readJson('\ufeff[1.0]').exact).toEqual([new JsonNumber('1.0')]);
});

it('reads the deepest nesting that is allowed', () => {
	for (const text of [
		'['.repeat(127) + ']'.repeat(127),
		'{"a":'.repeat(127) + '1' + '}'.repeat(127)
	])
		expect(readJson(text).value).toEqual(JSON.parse(text));
});

it.each([
	['', 'line 1, column 1: got the end of the file, expected a value'],
	['{"a": 1', 'line 1, column 8: got the end of the file, expected "," or "}"'],
	['[1, 2', 'line 1, column 6: got the end of the file, expected "," or "]"'],
	['{\n  "é🦙": tru }', 'line 2, column 9: got "t", expected a value'],
	['{"a" 1}', 'line 1, column 6: got "1", expected ":"'],
	['{a: 1}', 'line 1, column 2: got "a", expected a key in quotes'],
	['[1,]', 'line 1, column 4: got "]", expected a value'],
	['{"a": 1,}', 'line 1, column 9: got "}", expected a key in quotes'],
	['[01]', 'line 1, column 3: got "1", expected "," or "]"'],
	['[1] x', 'line 1, column 5: got "x", expected the end of the file'],
	['["a\tb"]', 'line 1, column 4: got U+0009, expected the rest of a string'],
	['["a', 'line 1, column 4: got the end of the file, expected the rest of a string'],
	['["\\x"]', 'line 1, column 3: got "\\\\", expected an escape such as \\n or \\u00e9'],
	['\u001b[1]', 'line 1, column 1: got U+001B, expected a value'],
	['NaN', 'line 1, column 1: got "N", expected a value']
])('refuses %j', (text, message) => {
	expect(() => readJson(text)).toThrow(new Error(`not JSON at ${message}`));
});

it('refuses what JSON.parse refuses', () => {
	const characters = [...'{}[]",:0123.eE+-\\u ntf\u0001', 'null', 'true', '"a"'];
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...characters), { maxLength: 12 }), (parts) => {
			const text = parts.join('');
			let expected: unknown;
			try {
				expected = JSON.parse(text);
			} catch {
				expect(() => readJson(text)).toThrow(/^not JSON at line 1, column \d+: got /);
				return;
			}
			expect(readJson(text).value).toEqual(expected);
		}),
		{ numRuns: sized(1000, 20_000) }
	);
});

const check = (text: string) => () => checkJsonBounds(encodeUtf8(text));

it('passes what a tokenizer.json has, and ignores brackets and commas in strings', () => {
	expect(check('{"a":["[[[[","\\"{"],"b":{"c":1}}')).not.toThrow();
	expect(check('['.repeat(127) + ']'.repeat(127))).not.toThrow();
	expect(check(`"${'[,:'.repeat(3_100_000)}"`)).not.toThrow();
	expect(check(`"\\"${'['.repeat(200)}"`)).not.toThrow();
});

it.each([
	['['.repeat(128), 'nested more than 127 levels deep at byte 127'],
	['{"a":'.repeat(128), 'nested more than 127 levels deep'],
	[`[${'0,'.repeat(3_000_001)}0]`, 'more than 3000000 values'],
	[`{${'"":0 '.repeat(1_000_001)}}`, 'more than 1000000 keys']
])('refuses %#', (text, message) => {
	expect(check(text)).toThrow(message);
});
