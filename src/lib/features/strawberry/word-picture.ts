/** Draws a word over its tokens as a slide: an SVG without style sheets or web fonts. */
import { ACCENT, DIM, escapeXml, INK } from '../../session/picture';
import type { DrawnToken } from './word-row';

interface PictureForm {
	/** "after a space" */
	readonly form: string;
	readonly tokens: readonly Pick<DrawnToken, 'text' | 'id' | 'cells'>[];
	/** Number of tokens that are not drawn. */
	readonly more: number;
}

/** A tokenizer, with the word in some forms. */
interface PictureRow {
	readonly name: string;
	readonly forms: readonly PictureForm[];
}

/** Sizes of the slide, in CSS px. */
export const WIDTH = 1920;
export const HEIGHT = 1080;
const MARGIN = 90;
const TOP = 290;
const LEFT = 400;
const RIGHT = WIDTH - MARGIN;
const BOTTOM = HEIGHT - 40;
/** Font sizes of letters: the largest with which every row fits, or the smallest. */
const SIZES = [84, 76, 70, 64, 58, 52, 46, 40, 36, 32, 28, 24, 20, 17, 14, 12];
/** Height of a line of tokens with their ids, and the room between two tokenizers or forms, per font size. */
const LINE = 2.3;
const GAP = 0.5;

const SANS = 'font-family="sans-serif"';
const MONO = 'font-family="monospace"';
const FILLS = ['#d9e6ff', '#ffe6c4'];

/** Full-width characters and emoji are two columns wide in a monospaced font. */
const WIDE =
	/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\p{Emoji_Presentation}]/u;
const columnsOf = (text: string): number =>
	[...text].reduce(
		(sum, character) => sum + (/\p{M}|\u200d/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1),
		0
	);

interface PlacedToken {
	readonly token: PictureForm['tokens'][number];
	readonly x: number;
	readonly line: number;
	readonly width: number;
}

/** Draws the forms next to each other if that makes the letters larger, otherwise below each other. */
export function wordPicture(title: string, rows: readonly PictureRow[]): string {
	const beside = SIZES.find((size) => besideFits(rows, size)) ?? 0;
	const below =
		SIZES.find((size) => heightOf(rows, size) <= BOTTOM - TOP) ?? SIZES[SIZES.length - 1];
	const drawn = beside >= below ? drawBeside(rows, beside) : drawBelow(rows, below);
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<rect x="0" y="0" width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
<text x="${MARGIN}" y="120" ${SANS} font-size="${Math.min(68, Math.floor(2800 / columnsOf(title)))}" font-weight="bold" fill="${INK}">${escapeXml(title)}</text>
<text x="${MARGIN}" y="184" ${SANS} font-size="36" fill="${DIM}">A model sees only the ids.</text>
${drawn.join('\n')}
</svg>
`;
}

/** Left edges of the columns, one per form, and the right edge of the last. */
function columnEdges(rows: readonly PictureRow[], size: number): number[] {
	const edges = [LEFT];
	const forms = Math.max(0, ...rows.map(({ forms }) => forms.length));
	for (let column = 0; column < forms; column++) {
		const widths = rows.map(({ forms }) => {
			const last = placeTokens(forms[column].tokens, size, Infinity).at(-1);
			return last ? last.x + last.width - LEFT : 0;
		});
		edges.push(edges[column] + Math.max(...widths) + GAP * size);
	}
	return edges;
}

function besideFits(rows: readonly PictureRow[], size: number): boolean {
	const isWhole = rows.every(({ forms }) => forms.every(({ more }) => more === 0));
	const right = columnEdges(rows, size).at(-1) ?? LEFT;
	return isWhole && right <= RIGHT && rows.length * LINE * size <= BOTTOM - TOP;
}

function drawBeside(rows: readonly PictureRow[], size: number): string[] {
	const edges = columnEdges(rows, size);
	const headings = rows
		.slice(0, 1)
		.flatMap(({ forms }) => forms.map(({ form }, i) => drawLabel(form, edges[i], TOP - 28, 32)));
	return rows.reduce<string[]>((drawn, { name, forms }, at) => {
		const top = TOP + at * LINE * size;
		const tokens = forms.map((form, i) => drawForm(form, edges[i] - LEFT, top, size, Infinity));
		return [...drawn, drawName(name, top + 0.95 * size, 36), ...tokens];
	}, headings);
}

function heightOf(rows: readonly PictureRow[], size: number): number {
	const lines = rows
		.flatMap(({ forms }) => forms)
		.reduce((sum, { tokens }) => sum + linesOf(placeTokens(tokens, size, RIGHT)), 0);
	return (lines * LINE + Math.max(0, rows.length - 1) * GAP) * size;
}

function drawBelow(rows: readonly PictureRow[], size: number): string[] {
	const label = Math.min(34, Math.max(12, 0.72 * size));
	let top = TOP - 40;
	return rows.flatMap(({ name, forms }) => {
		const drawn = forms.map((form, at) => {
			const baseline = top + 0.95 * size;
			const own = drawForm(form, 0, top, size, RIGHT);
			top += linesOf(placeTokens(form.tokens, size, RIGHT)) * LINE * size;
			return `${at === 0 ? drawName(name, baseline, label) : ''}${drawLabel(form.form, MARGIN, baseline + (at === 0 ? 0.95 * label : 0), 0.8 * label)}\n${own}`;
		});
		top += GAP * size;
		return drawn;
	});
}

const drawName = (name: string, y: number, size: number): string =>
	`<text x="${MARGIN}" y="${round(y)}" ${MONO} font-size="${round(size)}" font-weight="bold" fill="${INK}">${escapeXml(name)}</text>`;
const drawLabel = (label: string, x: number, y: number, size: number): string =>
	`<text x="${round(x)}" y="${round(y)}" ${SANS} font-size="${round(size)}" fill="${DIM}">${escapeXml(label)}</text>`;

const linesOf = (placed: readonly PlacedToken[]): number => (placed.at(-1)?.line ?? 0) + 1;

/** Width of a letter with its room. */
const letterWidth = (text: string, size: number): number => (columnsOf(text) * 0.6 + 0.14) * size;

/** Texts of the cells of a token. A token of slices of letters is one cell with their bytes. */
const cellsOf = ({ text, cells }: PictureForm['tokens'][number]) =>
	cells.length === 0 || cells.some(({ slice }) => slice !== null)
		? [{ text, isMatch: false }]
		: cells;

/** Places tokens in lines that end at `right`. */
function placeTokens(tokens: PictureForm['tokens'], size: number, right: number): PlacedToken[] {
	let x = LEFT;
	let line = 0;
	return tokens.map((token) => {
		const letters = cellsOf(token).reduce((sum, { text }) => sum + letterWidth(text, size), 0);
		const width = Math.max(letters + 0.3 * size, idOf(token).length * 0.6 * idSize(size) + 8);
		if (x > LEFT && x + width > right) {
			x = LEFT;
			line++;
		}
		const placed = { token, x, line, width };
		x += width + 0.12 * size;
		return placed;
	});
}

const idOf = ({ id }: { readonly id: number }): string => `id ${id}`;
const idSize = (size: number): number => Math.max(11, 0.46 * size);

function drawForm(
	{ tokens: all, more }: PictureForm,
	shift: number,
	top: number,
	size: number,
	right: number
): string {
	const placed = placeTokens(all, size, right).map((one) => ({ ...one, x: one.x + shift }));
	// A slide ends where it ends.
	const shown = placed.filter(({ line }) => top + (line + 1) * LINE * size <= HEIGHT);
	const missing = more + placed.length - shown.length;
	const tokens = shown.map(({ token, x, line, width }, at) => {
		const y = top + line * LINE * size;
		const cells = cellsOf(token);
		const letters = cells.reduce((sum, { text }) => sum + letterWidth(text, size), 0);
		let left = x + (width - letters) / 2;
		const drawn = cells.map(({ text, isMatch }) => {
			const own = letterWidth(text, size);
			const middle = round(left + own / 2);
			const bar = `<rect x="${round(left + 0.06 * size)}" y="${round(y + 1.14 * size)}" width="${round(own - 0.12 * size)}" height="${round(0.1 * size)}" fill="${ACCENT}"/>`;
			left += own;
			return `<text x="${middle}" y="${round(y + 0.95 * size)}" text-anchor="middle" ${MONO} font-size="${size}" ${isMatch ? `font-weight="bold" fill="${ACCENT}"` : `fill="${INK}"`}>${escapeXml(text)}</text>${isMatch ? bar : ''}`;
		});
		return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(1.34 * size)}" rx="${round(0.1 * size)}" fill="${FILLS[at % 2]}" stroke="${DIM}"/>
${drawn.join('')}
<text x="${round(x + width / 2)}" y="${round(y + 1.38 * size + idSize(size))}" text-anchor="middle" ${MONO} font-size="${round(idSize(size))}" fill="${INK}">${idOf(token)}</text>`;
	});
	const rest =
		missing > 0 && shown.length > 0
			? `<text x="${LEFT}" y="${round(Math.min(HEIGHT - 12, top + linesOf(shown) * LINE * size + 4))}" ${SANS} font-size="22" fill="${DIM}">and ${missing} more</text>`
			: '';
	return tokens.join('\n') + rest;
}

const round = (px: number): number => Math.round(px * 10) / 10;
