import { expect, it } from 'vitest';
import { PLAIN_VIEW, tokensOfLengths } from '../../../../tests/support/encodings';
import {
	BlockPainter,
	drawTokens,
	htmlOf,
	type DrawnBlock,
	type TokenDrawing
} from './drawn-token';

/** "a<b&" in two tokens, a split "é", a space and a quote. */
const drawing: TokenDrawing = {
	document: new TextEncoder().encode('a<b&é "'),
	encoding: tokensOfLengths([2, 2, 1, 1, 2], [1, 2, 3, 4, 5]),
	...PLAIN_VIEW
};

const blockOf = (changes: Partial<TokenDrawing> = {}): DrawnBlock => ({
	tokens: drawTokens({ ...drawing, ...changes }, 0, 5),
	tail: [],
	separator: changes.display === 'ids' ? ' ' : ''
});

function setUp(html = '') {
	const root = document.createElement('span');
	root.innerHTML = html;
	const tokens = () => [...root.children];
	return { root, tokens, painter: new BlockPainter(root) };
}

it('draws the same elements as the prerendered HTML', () => {
	const { root, painter } = setUp();
	painter.paint(blockOf());
	const prerendered = setUp(htmlOf(blockOf()));
	expect(root.isEqualNode(prerendered.root)).toBe(true);
	expect(root.textContent).toBe('a<b&é "');
	const tokens = [...root.querySelectorAll<HTMLElement>('[data-token]')];
	const { ids, byteStarts, byteEnds } = drawing.encoding;
	expect(
		tokens.map(({ dataset }) => [dataset.tokenId, dataset.byteStart, dataset.byteEnd].map(Number))
	).toEqual(Array.from(ids, (id, i) => [id, byteStarts[i], byteEnds[i]]));
});

it('keeps prerendered elements, and draws them again if they are others', () => {
	const { tokens, painter } = setUp(htmlOf(blockOf()));
	const before = tokens();
	painter.paint(blockOf());
	expect(tokens()).toEqual(before);
	const other = setUp(htmlOf(blockOf()));
	const ids = Uint32Array.of(1, 2, 3, 4, 99);
	other.painter.paint(blockOf({ encoding: { ...drawing.encoding, ids } }));
	expect(other.tokens().at(-1)?.getAttribute('data-token-id')).toBe('99');
});

it('keeps the elements of tokens of which only looks and contents change', () => {
	const { root, tokens, painter } = setUp();
	painter.paint(blockOf());
	const before = tokens();
	before[0].setAttribute('tabindex', '-1');
	painter.paint(blockOf({ differs: Uint8Array.of(1, 0, 0, 0, 0), whitespace: false }));
	expect(tokens()).toEqual(before);
	expect(before[0].className).toContain('differs');
	expect(before[0].getAttribute('tabindex')).toBe('-1');
	expect(root.querySelector('.spaces')).toBeNull();
	expect(root.textContent).toBe('a<b&é "');
});

it('draws all elements again where the text between them changes', () => {
	const { root, painter } = setUp();
	painter.paint(blockOf());
	painter.paint(blockOf({ display: 'ids' }));
	expect(root.textContent).toBe('1 2 3 4 5 ');
});
