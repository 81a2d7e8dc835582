import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { PLAIN_VIEW, tokensAt } from '../../../../tests/support/encodings';
import { BlockDrawer, drawTail, drawTokens, hueOf, type TokenDrawing } from './drawn-token';
import { TokenKind } from '../../engine';

const drawing = (
	text: string,
	spans: readonly (readonly [id: number, start: number, end: number, kind?: number])[],
	more: Partial<TokenDrawing> = {}
): TokenDrawing => ({
	document: new TextEncoder().encode(text),
	encoding: tokensAt(...spans),
	...PLAIN_VIEW,
	nameOf: () => null,
	...more
});

const draw = (...args: Parameters<typeof drawing>) => {
	const it = drawing(...args);
	return drawTokens(it, 0, it.encoding.ids.length);
};

/** Two tokens of one byte each. */
const PAIR = [
	[7, 0, 1],
	[8, 1, 2]
] as const;

describe('drawTokens', () => {
	it('names a token with its marks, id and bytes', () => {
		expect(draw('abcdefghijkl strawberry', [[73700, 12, 23]])[0].name).toBe(
			'token "·strawberry", id 73700, bytes 12–23'
		);
	});

	it('names the character of which a token has the first bytes', () => {
		const [first, second] = draw('👩', [
			[1, 0, 3],
			[2, 3, 4, TokenKind.byteFallback]
		]);
		expect(first.name).toBe('token "<f0 9f 91> of 👩", id 1, bytes 0–3');
		expect(second.name).toBe('token "<a9>", id 2, bytes 3–4, byte fallback');
		expect(second.className).toContain('fallback');
	});

	it.each<[Partial<TokenDrawing>, string[]]>([
		[{}, ['token p0 quiet', 'token p1 quiet']],
		[{ differs: Uint8Array.of(0, 1) }, ['token p0 quiet', 'token p1 marked differs']],
		[{ colourAll: true }, [`token p0 h${hueOf(7)}`, `token p1 h${hueOf(8)}`]],
		[{ limit: 0 }, ['token p0 quiet beyond limit', 'token p1 quiet beyond']],
		[{ limit: 1 }, ['token p0 quiet', 'token p1 quiet beyond limit']],
		[{ softLimit: 1 }, ['token p0 quiet', 'token p1 quiet soft-limit']]
	])(
		'is quiet without differences or limits, marked with a difference, and coloured by id on request: %j',
		(more, classNames) => {
			expect(draw('ab', PAIR, more).map(({ className }) => className)).toEqual(classNames);
		}
	);

	it('puts a dotted circle before a token that begins with a combining mark', () => {
		const tokens = draw('e\u0301', [
			[1, 0, 1],
			[2, 1, 3]
		]);
		expect(tokens.map(({ lead }) => lead)).toEqual([null, '◌']);
	});

	it('shows the name of a token without bytes', () => {
		const spans = [
			[2, 0, 0, TokenKind.added],
			[9, 0, 0],
			[1, 0, 1]
		] as const;
		const tokens = draw('a', spans, { nameOf: (id) => (id === 2 ? '<s>' : null) });
		expect(tokens.map(({ lead }) => lead)).toEqual(['<s>', '▁', null]);
		expect(tokens[0].name).toBe('token "<s>", id 2, empty, at byte 0, added by the tokenizer');
	});

	it('draws bytes of no token between tokens and after the last one', () => {
		const spans = [
			[1, 0, 1],
			[2, 3, 4]
		] as const;
		expect(draw('a  b ', spans)[1].gap).toEqual([{ kind: 'spaces', text: '  ' }]);
		expect(drawTail(drawing('a  b ', spans))).toEqual([{ kind: 'spaces', text: ' ' }]);
	});

	it.each([
		['ids', [['5'], ['6']]],
		['bytes', [['61'], ['e2 82 ac']]]
	] as const)('shows %s', (display, shown) => {
		const spans = [
			[5, 0, 1],
			[6, 1, 4]
		] as const;
		const tokens = draw('a€', spans, { display });
		expect(tokens.map(({ parts }) => parts.map(({ text }) => text))).toEqual(shown);
	});
});

describe('BlockDrawer', () => {
	const spans = (tokens: number) =>
		Array.from({ length: tokens }, (_, at): [number, number, number] => [at, 2 * at, 2 * at + 2]);

	it('returns the same tokens after an edit elsewhere, and new ones after an edit in the block', () => {
		const drawer = new BlockDrawer();
		const before = drawer.draw(drawing('abcdefghij', spans(5), { nameOf: undefined }), 0, 2);
		const typed = drawing('abcdefghijkl', spans(6), { nameOf: undefined });
		expect(drawer.draw(typed, 0, 2)).toBe(before);
		const edited = drawing('abCdefghijkl', spans(6), { nameOf: undefined });
		expect(drawer.draw(edited, 0, 2)).toEqual(drawTokens(edited, 0, 2));
		expect(drawer.draw(typed, 0, 2)).not.toBe(before);
	});

	it('draws as without a memory', () => {
		const document = fc
			.array(fc.constantFrom('a', ' ', '\n', 'é', '\u0301', '👩', '\u200d'), { maxLength: 8 })
			.map((characters) => characters.join(''));
		const view = fc.record({
			text: document,
			lengths: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }),
			differs: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4, max: 2 })),
			display: fc.constantFrom('text' as const, 'ids' as const, 'bytes' as const),
			whitespace: fc.boolean(),
			colourAll: fc.boolean(),
			limit: fc.option(fc.nat(4)),
			softLimit: fc.option(fc.nat(4))
		});
		fc.assert(
			fc.property(fc.array(view, { minLength: 2, maxLength: 6 }), (views) => {
				const drawer = new BlockDrawer();
				for (const { text, lengths, ...more } of views) {
					const bytes = new TextEncoder().encode(text).length;
					let end = 0;
					const tokens = lengths.map((length, id): [number, number, number] => {
						const start = end;
						end = Math.min(bytes, start + length);
						return [id, start, end];
					});
					const shown = drawing(text, tokens, { ...more, nameOf: undefined });
					expect(drawer.draw(shown, 1, 3)).toEqual(drawTokens(shown, 1, 3));
				}
			})
		);
	});
});
