/** Draws tokenized texts as an SVG image without style sheets or web fonts, for slides and papers. */
import createBidi from 'bidi-js';
import type { Encoding } from '../../engine';
import { plural } from '../../session/format';
import { DIM, escapeXml, INK } from '../../session/picture';
import { hueOf } from '../token/drawn-token';
import { formatPart, tokenText } from '../token/token-text';
import { partsOf, type Part } from '../token/parts';

export interface PictureSection {
	readonly name: string;
	readonly document: Uint8Array;
	readonly encoding: Encoding;
	/** One byte per token: 1 for a different split, 2 for a different id. If `null`, all tokens are coloured. */
	readonly differs: Uint8Array | null;
	readonly nameOf?: (id: number) => string | null;
}

/** Colours of the light theme in palette.css, for even and odd tokens. Pictures always use the light theme. */
export const PICTURE_HUES = [
	['#ffe5e1', '#e0beba'],
	['#ffebd2', '#d7c4ab'],
	['#dff6de', '#b8cfb8'],
	['#d1f7fb', '#aacfd4'],
	['#e1efff', '#bbc8e2'],
	['#fde6fe', '#d5bfd6']
] as const;
export const PICTURE_QUIET = ['#f4f4f3', '#e9e9e7'] as const;
export const PICTURE_MARKED = ['#ffe39a', '#ffe39a'] as const;
export const PICTURE_BOUNDARY = '#6b6b72';

const bidi = createBidi();

/** Sizes in CSS px. */
const MARGIN = 24;
const WIDTH = 960;
const TITLE_HEIGHT = 40;
const HEADER_HEIGHT = 30;
const LINE_HEIGHT = 34;
const TOKEN_HEIGHT = 24;
const CHARACTER_WIDTH = 8.4;
const BYTE_WIDTH = 17;
const SECTION_GAP = 22;
/** Maximum number of tokens drawn in each section of a picture. */
export const MAX_DRAWN_TOKENS = 1500;

const SANS = 'font-family="sans-serif"';
const MONO = 'font-family="monospace"';

/** Full-width characters and emoji are two columns wide in a monospaced font. */
const WIDE =
	/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\p{Emoji_Presentation}]/u;
const columnsOf = (text: string): number =>
	[...text].reduce(
		(sum, character) => sum + (/\p{M}|\u200d/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1),
		0
	);

/** A run of text on one line, or the bytes of part of a character. */
type Piece =
	| { readonly kind: 'text'; readonly text: string; readonly width: number; readonly ends: boolean }
	| {
			readonly kind: 'cells';
			readonly cells: Extract<Part, { kind: 'cells' }>;
			readonly width: number;
	  };

/** @param title says what the picture shows, including the main figure */
export function tokenPicture(title: string, sections: readonly PictureSection[]): string {
	let y = MARGIN + TITLE_HEIGHT;
	const drawn = sections.map((section) => {
		const { marks, height } = drawSection(section, y);
		y += height + SECTION_GAP;
		return marks;
	});
	const height = Math.ceil(y - SECTION_GAP + MARGIN);
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">
<title>${escapeXml(title)}</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="${MARGIN}" y="${MARGIN + 16}" ${SANS} font-size="19" font-weight="bold" fill="${INK}">${escapeXml(title)}</text>
${drawn.join('\n')}
</svg>
`;
}

/** A piece of a token with its position on a line. */
interface Placed {
	readonly token: number;
	readonly piece: Piece;
	readonly isFirst: boolean;
	/** Embedding level of the Unicode Bidirectional Algorithm; odd for right to left. */
	readonly level: number;
}

/** A line of tokens in text order. `level` is the embedding level of the paragraph. */
interface Line {
	readonly placed: Placed[];
	level: number;
}

function drawSection(section: PictureSection, top: number): { marks: string; height: number } {
	const { name, encoding } = section;
	const count = encoding.ids.length;
	const backgrounds: string[] = [];
	const marks: string[] = [];
	let y = top + HEADER_HEIGHT;
	const end = Math.min(count, MAX_DRAWN_TOKENS);
	for (const { placed, level } of linesOf(section, end)) {
		const width = placed.reduce((sum, { piece }) => sum + piece.width, 0);
		let x = level % 2 === 0 ? MARGIN : WIDTH - MARGIN - width;
		for (const one of inVisualOrder(placed)) {
			const drawn = drawPiece(section, one, x, y);
			backgrounds.push(drawn.background);
			marks.push(drawn.marks);
			x += one.piece.width;
		}
		y += LINE_HEIGHT;
	}
	if (end < count) {
		const rest = `and ${plural(count - end, 'more token')}`;
		marks.push(
			`<text x="${MARGIN}" y="${y + 16}" ${SANS} font-size="13" fill="${DIM}">${rest}</text>`
		);
		y += LINE_HEIGHT;
	}
	const header = `<text x="${MARGIN}" y="${top + 14}" ${MONO} font-size="14" font-weight="bold" fill="${INK}">${escapeXml(name)}<tspan ${SANS} font-weight="normal" fill="${DIM}" dx="12">${plural(count, 'token')}</tspan></text>`;
	return { marks: [header, ...backgrounds, ...marks].join('\n'), height: y - top };
}

function linesOf(section: PictureSection, end: number): Line[] {
	const pieces: Omit<Placed, 'level'>[] = [];
	for (let token = 0; token < end; token++) {
		piecesOf(section, token).forEach((piece, i) => pieces.push({ token, piece, isFirst: i === 0 }));
	}
	const text = pieces.map(({ piece }) => textOf(piece)).join('');
	const { levels, paragraphs } = bidi.getEmbeddingLevels(text);
	const lines: Line[] = [];
	let x = 0;
	let at = 0;
	let paragraph = 0;
	let line: Line | null = null;
	for (const one of pieces) {
		while (paragraph + 1 < paragraphs.length && paragraphs[paragraph].end < at) paragraph++;
		if (line === null || x + one.piece.width > WIDTH - 2 * MARGIN) {
			lines.push((line = { placed: [], level: paragraphs[paragraph].level }));
			x = 0;
		}
		line.placed.push({ ...one, level: levels[at] });
		x += one.piece.width;
		at += textOf(one.piece).length;
		if (one.piece.kind === 'text' && one.piece.ends) line = null;
	}
	return lines;
}

/** Orders the pieces of a line from left to right: rule L2 of the Unicode Bidirectional Algorithm (UAX #9). */
function inVisualOrder(placed: readonly Placed[]): Placed[] {
	const ordered = [...placed];
	const highest = Math.max(...placed.map(({ level }) => level));
	for (let level = highest; level > 0; level--) {
		for (let start = 0; start < ordered.length; start++) {
			let end = start;
			while (end < ordered.length && ordered[end].level >= level) end++;
			ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
			start = end;
		}
	}
	return ordered;
}

function drawPiece(
	{ encoding, differs }: PictureSection,
	{ token, piece, isFirst, level }: Placed,
	x: number,
	y: number
): { background: string; marks: string } {
	const { width } = piece;
	const isReversed = level % 2 === 1;
	const difference = differs?.[token] ?? 0;
	const colours =
		differs === null
			? PICTURE_HUES[hueOf(encoding.ids[token])]
			: difference === 0
				? PICTURE_QUIET
				: PICTURE_MARKED;
	const marks: string[] = [];
	if (difference > 0) {
		const dashes = difference === 2 ? ' stroke-dasharray="2 2"' : '';
		const underline = y + TOKEN_HEIGHT - 1;
		marks.push(line(x, underline, x + width, underline, ` stroke-width="2"${dashes}`));
	}
	marks.push(
		piece.kind === 'text'
			? drawText(piece.text, x, y, width)
			: drawCells(piece.cells, x, y, isReversed)
	);
	const start = isReversed ? x + width : x;
	if (isFirst) marks.push(line(start, y, start, y + TOKEN_HEIGHT, ''));
	const background = `<rect x="${round(x)}" y="${y}" width="${round(width)}" height="${TOKEN_HEIGHT}" fill="${colours[token & 1]}"/>`;
	return { background, marks: marks.join('\n') };
}

/** Text of a piece, for determining its direction; never empty. */
function textOf(piece: Piece): string {
	if (piece.kind === 'cells') return piece.cells.text || '\ufffc';
	return piece.ends ? '\n' : piece.text;
}

function piecesOf({ document, encoding, nameOf }: PictureSection, at: number): Piece[] {
	const start = encoding.byteStarts[at];
	const end = encoding.byteEnds[at];
	if (start === end) return textPieces(nameOf?.(encoding.ids[at]) ?? '▁');
	const drawnTo = at === 0 ? 0 : encoding.byteEnds[at - 1];
	return partsOf(document, { start, end, drawnTo }, true).flatMap((part): Piece[] => {
		if (part.kind === 'cells')
			return [{ kind: 'cells', cells: part, width: part.bytes.length * BYTE_WIDTH }];
		const pieces = textPieces(formatPart(part));
		if (part.kind !== 'newline') return pieces;
		return pieces.map((piece) => ({ ...piece, ends: true }) as Piece);
	});
}

function textPieces(text: string): Piece[] {
	const columns = Math.floor((WIDTH - 2 * MARGIN) / CHARACTER_WIDTH);
	const pieces: Piece[] = [];
	let run = '';
	let used = 0;
	const flush = () => {
		if (run !== '')
			pieces.push({
				kind: 'text',
				text: run,
				width: Math.max(1, used) * CHARACTER_WIDTH,
				ends: false
			});
		run = '';
		used = 0;
	};
	for (const character of text) {
		const wide = columnsOf(character);
		if (used + wide > columns) flush();
		run += character;
		used += wide;
	}
	flush();
	return pieces;
}

const round = (value: number) => Math.round(value * 10) / 10;

const line = (x1: number, y1: number, x2: number, y2: number, more: string) =>
	`<line x1="${round(x1)}" y1="${y1}" x2="${round(x2)}" y2="${y2}" stroke="${PICTURE_BOUNDARY}"${more}/>`;

/** `textLength` keeps the text inside its token, no matter which font the viewer uses. */
const drawText = (text: string, x: number, y: number, width: number) =>
	`<text x="${round(x)}" y="${y + 17}" ${MONO} font-size="14" fill="#111111" xml:space="preserve" textLength="${round(width)}" lengthAdjust="spacingAndGlyphs">${escapeXml(text)}</text>`;

function drawCells(
	cells: Extract<Part, { kind: 'cells' }>,
	x: number,
	y: number,
	isReversed: boolean
): string {
	const width = cells.bytes.length * BYTE_WIDTH;
	const end = isReversed ? x : x + width;
	const dash = cells.invalid ? ' stroke-dasharray="2 2"' : '';
	const edges = [
		line(x, y, x + width, y, dash),
		line(x, y + TOKEN_HEIGHT, x + width, y + TOKEN_HEIGHT, dash),
		...(cells.last ? [line(end, y, end, y + TOKEN_HEIGHT, dash)] : [])
	];
	const bytes = cells.bytes.map((byte, i) => {
		const separator =
			i === 0 ? '' : line(x + i * BYTE_WIDTH, y + 12, x + i * BYTE_WIDTH, y + TOKEN_HEIGHT, '');
		return `${separator}<text x="${round(x + (i + 0.5) * BYTE_WIDTH)}" y="${y + 22}" text-anchor="middle" ${MONO} font-size="9.5" fill="#111111">${byte}</text>`;
	});
	const character = cells.label ?? tokenText(new TextEncoder().encode(cells.text));
	const above =
		character === ''
			? ''
			: `<text x="${round(x + 3)}" y="${y + 11}" ${MONO} font-size="11" fill="#111111">${escapeXml(character)}</text>`;
	return [...edges, ...bytes, above].join('');
}
