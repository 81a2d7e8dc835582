import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from '../../../../tests/support/arbitrary-text';
import { sized } from '../../../../tests/support/size';
import { onCircles, partsOf, type Part } from './parts';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Parts of tokens with the given lengths in bytes, and of a final token with the rest of `document`. */
function split(document: Uint8Array, lengths: readonly number[], whitespace = true): Part[][] {
	const tokens: Part[][] = [];
	let start = 0;
	for (const length of [...lengths, Infinity]) {
		const end = Math.min(document.length, start + length);
		tokens.push(partsOf(document, { start, end, drawnTo: start }, whitespace));
		start = end;
	}
	return tokens;
}

const textOf = (tokens: readonly (readonly Part[])[]) =>
	tokens
		.flat()
		.map(({ text }) => text)
		.join('');

it('keeps plain text together and marks spaces, tabs and line ends apart', () => {
	expect(split(utf8('  a b\t\r\nc'), [])).toEqual([
		[
			{ kind: 'spaces', text: '  ' },
			{ kind: 'text', text: 'a' },
			{ kind: 'spaces', text: ' ' },
			{ kind: 'text', text: 'b' },
			{ kind: 'tab', text: '\t' },
			{ kind: 'label', text: '\r', label: '␍' },
			{ kind: 'newline', text: '\n' },
			{ kind: 'text', text: 'c' }
		]
	]);
});

it('labels characters without a shape', () => {
	const names = split(
		utf8('\0\u001b\u007f\u0085\u00a0\u00ad\u200b\u200d\u2028\u202e\ufe0f\ufeff\u3000\ue000'),
		[]
	)[0];
	expect(names.map((part) => (part.kind === 'label' ? part.label : part))).toEqual(
		'NUL ESC DEL NEL NBSP SHY ZWSP ZWJ LS RLO VS16 BOM IDSP U+E000'.split(' ')
	);
});

it('leaves white space and joined sequences alone when marks are off, but still names controls', () => {
	const family = 'a b\u00a0c👩\u200d🚀❤\ufe0f';
	expect(split(utf8(family), [], false)).toEqual([[{ kind: 'text', text: family }]]);
	expect(split(utf8('\u200d'), [], false)[0]).toMatchObject([{ kind: 'label', label: 'ZWJ' }]);
	expect(split(utf8('a\0'), [], false)[0]).toMatchObject([{ kind: 'text' }, { label: 'NUL' }]);
});

it('draws an astronaut split between three tokens as cells, each character above its first', () => {
	// 👩 f0 9f 91 a9, ZWJ e2 80 8d, 🚀 f0 9f 9a 80
	const tokens = split(utf8('👩\u200d🚀'), [3, 2]);
	expect(tokens[0]).toMatchObject([
		{ kind: 'cells', text: '👩', bytes: ['f0', '9f', '91'], first: true, last: false }
	]);
	expect(tokens[1]).toMatchObject([
		{ kind: 'cells', text: '', bytes: ['a9'], first: false, last: true },
		{ kind: 'cells', text: '\u200d', label: 'ZWJ', bytes: ['e2'], first: true, last: false }
	]);
	expect(tokens[2]).toMatchObject([
		{ kind: 'cells', text: '', bytes: ['80', '8d'], last: true },
		{ kind: 'text', text: '🚀' }
	]);
});

it('draws a Burmese letter byte by byte, and knows a combining mark among the cells', () => {
	// မ e1 80 99, the sign ြ e1 80 bc
	const tokens = split(utf8('မြ'), [1, 1, 1, 2]);
	expect(tokens.map((parts) => parts.length)).toEqual([1, 1, 1, 1, 1]);
	expect(tokens[0]).toMatchObject([{ text: 'မ', combining: false, bytes: ['e1'] }]);
	expect(tokens[1]).toMatchObject([{ text: '', bytes: ['80'], first: false, last: false }]);
	expect(tokens[3]).toMatchObject([{ text: 'ြ', combining: true, bytes: ['e1', '80'] }]);
});

it('shows bytes that are not UTF-8 as cells without a character', () => {
	const tokens = split(
		Uint8Array.of(0x61, 0xff, 0xe2, 0x82, 0x62, 0xc0, 0x80, 0xed, 0xa0, 0x80),
		[]
	);
	expect(textOf(tokens)).toBe('ab');
	expect(tokens[0].filter(({ kind }) => kind === 'cells')).toHaveLength(8);
	expect(tokens[0]).not.toContainEqual(expect.objectContaining({ text: '\ufffd' }));
});

it('shows bytes that are already drawn without copying them', () => {
	const document = utf8('™');
	expect(partsOf(document, { start: 0, end: 3, drawnTo: 3 }, true)).toEqual([
		{ kind: 'echo', text: '', shown: '™' }
	]);
});

it('copies every character once, however it is split', () => {
	const text = anyText({ maxLength: 12 }).map((s) => s.toWellFormed());
	fc.assert(
		fc.property(
			text,
			fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 30 }),
			fc.boolean(),
			(original, lengths, whitespace) => {
				const tokens = split(utf8(original), lengths, whitespace);
				expect(textOf(tokens)).toBe(original);
			}
		),
		{ numRuns: sized(300, 1000) }
	);
});

it('draws every byte, those that are not text as cells', () => {
	fc.assert(
		fc.property(
			fc.uint8Array({ maxLength: 20 }),
			fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 20 }),
			(document, lengths) => {
				const tokens = split(document, lengths);
				let bytes = 0;
				for (const part of tokens.flat()) {
					bytes += part.kind === 'cells' ? part.bytes.length : utf8(part.text).length;
				}
				expect(bytes).toBe(document.length);
			}
		),
		{ numRuns: sized(300, 1000) }
	);
});

it.each([
	['\u0301', '◌\u0301'],
	['\u0301\u0302', '◌\u0301\u0302'],
	['e\u0301', 'e\u0301'],
	['"\u0301"', '"◌\u0301"'],
	[' \u0301', ' ◌\u0301'],
	['·\u0301-\u0301', '·◌\u0301-◌\u0301'],
	['↵\u0301', '↵◌\u0301'],
	['ี', '◌ี'],
	['นี', 'นี'],
	['#\ufe0f\u20e3', '#\ufe0f\u20e3'],
	['*\u20e3', '*\u20e3'],
	['', '']
])('draws %j as %j', (text, drawn) => {
	expect(onCircles(text)).toBe(drawn);
});
