import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { BlockDrawer, drawTail, drawTokens, hueOf, type TokenDrawing } from './drawn-token';
import { TokenKind } from '../../engine';

const drawing = (
	text: string,
	spans: readonly (readonly [id: number, start: number, end: number, kind?: number])[],
	more: Partial<TokenDrawing> = {}
): TokenDrawing => ({
	document: new TextEncoder().encode(text),
	encoding: {
		ids: Uint32Array.from(spans, ([id]) => id),
		byteStarts: Uint32Array.from(spans, ([, start]) => start),
		byteEnds: Uint32Array.from(spans, ([, , end]) => end),
		kinds: Uint8Array.from(spans, ([, , , kind]) => kind ?? TokenKind.ordinary)
	},
	differs: null,
	display: 'text',
	whitespace: true,
	colourAll: false,
	nameOf: () => null,
	...more
});

const draw = (it: TokenDrawing) => drawTokens(it, 0, it.encoding.ids.length);

describe('drawTokens', () => {
	it('names a token with its marks, id and bytes', () => {
		const text = 'abcdefghijkl strawberry';
		expect(draw(drawing(text, [[73700, 12, 23]]))[0].name).toBe(
			'token "·strawberry", id 73700, bytes 12–23'
		);
	});

	it('names the character of which a token has the first bytes', () => {
		const [first, second] = draw(
			drawing('👩', [
				[1, 0, 3],
				[2, 3, 4, TokenKind.byteFallback]
			])
		);
		expect(first.name).toBe('token "<f0 9f 91> of 👩", id 1, bytes 0–3');
		expect(second.name).toBe('token "<a9>", id 2, bytes 3–4, byte fallback');
		expect(second.className).toContain('fallback');
	});

	it('is quiet without differences, and coloured by id with one', () => {
		const differs = Uint8Array.of(0, 1);
		const classNames = (more: Partial<TokenDrawing>) =>
			draw(
				drawing(
					'ab',
					[
						[7, 0, 1],
						[8, 1, 2]
					],
					more
				)
			).map(({ className }) => className);
		expect(classNames({})).toEqual(['token p0 quiet', 'token p1 quiet']);
		expect(classNames({ differs })).toEqual(['token p0 quiet', `token p1 h${hueOf(8)} differs`]);
		expect(classNames({ differs, colourAll: true })[0]).toBe(`token p0 h${hueOf(7)}`);
	});

	it('puts a dotted circle before a token that begins with a combining mark', () => {
		const [base, mark] = draw(
			drawing('e\u0301', [
				[1, 0, 1],
				[2, 1, 3]
			])
		);
		expect([base.lead, mark.lead]).toEqual([null, '◌']);
	});

	it('shows the name of a token without bytes', () => {
		const tokens = draw(
			drawing(
				'a',
				[
					[2, 0, 0, TokenKind.added],
					[9, 0, 0],
					[1, 0, 1]
				],
				{
					nameOf: (id) => (id === 2 ? '<s>' : null)
				}
			)
		);
		expect(tokens.map(({ lead }) => lead)).toEqual(['<s>', '▁', null]);
		expect(tokens[0].name).toBe('token "<s>", id 2, no bytes, at byte 0, added by the tokenizer');
	});

	it('draws bytes of no token between tokens and after the last one', () => {
		const it = drawing('a  b ', [
			[1, 0, 1],
			[2, 3, 4]
		]);
		const [, second] = draw(it);
		expect(second.gap).toEqual([{ kind: 'spaces', text: '  ' }]);
		expect(drawTail(it)).toEqual([{ kind: 'spaces', text: ' ' }]);
	});

	it('shows ids, or all bytes in hexadecimal', () => {
		const spans = [
			[5, 0, 1],
			[6, 1, 4]
		] as const;
		const texts = (display: TokenDrawing['display']) =>
			draw(drawing('a€', spans, { display })).map(({ parts }) => parts.map(({ text }) => text));
		expect(texts('ids')).toEqual([['5'], ['6']]);
		expect(texts('bytes')).toEqual([['61'], ['e2 82 ac']]);
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

	it('draws another limit in a text that stays the same', () => {
		const drawer = new BlockDrawer();
		const classNames = (more: Partial<TokenDrawing>) =>
			drawer
				.draw(drawing('abcd', spans(2), { nameOf: undefined, ...more }), 0, 2)
				.map(({ className }) => className.replace(/^token p\d quiet ?/, ''));
		expect(classNames({})).toEqual(['', '']);
		expect(classNames({ limit: 0 })).toEqual(['beyond limit', 'beyond']);
		expect(classNames({ limit: 1 })).toEqual(['', 'beyond limit']);
		expect(classNames({ softLimit: 1 })).toEqual(['', 'soft-limit']);
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
