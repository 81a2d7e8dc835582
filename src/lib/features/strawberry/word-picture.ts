/** Draws a word over its tokens as a picture for slides: an SVG without style sheets or web fonts. */
import { ACCENT, DIM, escapeXml, INK } from '../../session/picture';
import type { DrawnToken } from './word-row';

interface PictureRow {
	readonly tokenizer: string;
	/** "in a sentence" */
	readonly variant: string;
	readonly tokens: readonly Pick<DrawnToken, 'text' | 'id' | 'letters'>[];
	/** Number of tokens that are not drawn. */
	readonly more: number;
}

/** Sizes in CSS px. */
const MARGIN = 24;
const TITLE_HEIGHT = 40;
const ROW_HEIGHT = 88;
const NAME_WIDTH = 210;
const LETTER_WIDTH = 15;
const DIGIT_WIDTH = 7.6;
const GAP = 4;
const LINE_HEIGHT = 74;
/** Tokens that would extend further are drawn on the next line of the row. */
const MAX_ROW_WIDTH = 1180;
const MORE_WIDTH = 90;

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

/** @param letter the letter that the tokens' `letters` count, or `null` */
export function wordPicture(
	title: string,
	rows: readonly PictureRow[],
	letter: string | null
): string {
	const laid = rows.map(layRow);
	const width = Math.ceil(
		2 * MARGIN + Math.max(560, columnsOf(title) * 11, ...laid.map(({ right }) => right))
	);
	const height = 2 * MARGIN + TITLE_HEIGHT + laid.reduce((sum, row) => sum + row.height, 0);
	let top = MARGIN + TITLE_HEIGHT;
	const lines = laid.map(({ tokenizer, variant, tokens, more, end, height: own }) => {
		const drawn = tokens.map(({ text, id, letters, x, y, width: wide }, at) => {
			const middle = x + wide / 2;
			const outline = letters > 0 ? ` stroke="${ACCENT}" stroke-width="2"` : '';
			const count =
				letters > 0 && letter !== null
					? `\n<text x="${middle}" y="${y + 66}" text-anchor="middle" ${MONO} font-size="12" font-weight="bold" fill="${INK}">${letters} ${escapeXml(letter)}</text>`
					: '';
			return `<rect x="${x}" y="${y}" width="${wide}" height="34" rx="5" fill="${at % 2 === 0 ? '#e1efff' : '#ffebd2'}"${outline}/>
<text x="${middle}" y="${y + 23}" text-anchor="middle" ${MONO} font-size="20" fill="#111">${escapeXml(text)}</text>
<text x="${middle}" y="${y + 50}" text-anchor="middle" ${MONO} font-size="12" fill="${DIM}">${id}</text>${count}`;
		});
		const rest =
			more > 0
				? `<text x="${end.x + 4}" y="${end.y + 23}" ${SANS} font-size="15" fill="${DIM}">and ${more} more</text>`
				: '';
		const position = `translate(${MARGIN} ${top})`;
		top += own;
		return `<g transform="${position}">
<text x="0" y="16" ${MONO} font-size="16" font-weight="bold" fill="${INK}">${escapeXml(tokenizer)}</text>
<text x="0" y="36" ${SANS} font-size="13" fill="${DIM}">${escapeXml(variant)}</text>
${drawn.join('\n')}${rest}
</g>`;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="${MARGIN}" y="${MARGIN + 14}" ${SANS} font-size="19" font-weight="bold" fill="${INK}">${escapeXml(title)}</text>
${lines.join('\n')}
</svg>
`;
}

/** Positions of the tokens, relative to the row's upper left corner. */
function layRow(row: PictureRow) {
	let x = NAME_WIDTH;
	let y = 0;
	let right = 0;
	const breakLine = (width: number) => {
		if (x > NAME_WIDTH && x + width > MAX_ROW_WIDTH) {
			x = NAME_WIDTH;
			y += LINE_HEIGHT;
		}
	};
	const tokens = row.tokens.map((token) => {
		const width =
			Math.max(columnsOf(token.text) * LETTER_WIDTH, String(token.id).length * DIGIT_WIDTH) + 12;
		breakLine(width);
		const position = { ...token, x, y, width };
		x += width + GAP;
		right = Math.max(right, x);
		return position;
	});
	if (row.more > 0) {
		breakLine(MORE_WIDTH);
		right = Math.max(right, x + MORE_WIDTH);
	}
	return { ...row, tokens, end: { x, y }, right, height: y + ROW_HEIGHT };
}
