/** The picture of the ratios as an SVG that stands for itself, for slides and papers. */
import { ACCENT, DIM, escapeXml, INK, LINE } from '../picture';
import type { RatioScale } from './ratio-scale';
import type { InflationRow } from './rows';

export interface PictureText {
	readonly title: string;
	readonly subtitle: string;
	/** A name for each of the ratios of a row. */
	readonly tokenizers: readonly string[];
	/** Where it comes from. */
	readonly source: string;
}

/** px */
const WIDTH = 960;
const LEFT = 210;
const RIGHT = 64;
const TOP = 92;
const ROW = 22;
const BOTTOM = 40;
/** A colour a tokenizer; filled and hollow marks in turn, so that it does not hang on colour alone. */
const COLOURS = [ACCENT, INK, '#237032', '#b42318', '#7048a8', '#8a6100'];

/** One row a language, a mark a tokenizer. */
export function dotPicture(
	rows: readonly InflationRow[],
	scale: RatioScale,
	words: PictureText
): string {
	const height = TOP + rows.length * ROW + BOTTOM;
	const x = (ratio: number) => round(LEFT + scale.at(ratio) * (WIDTH - LEFT - RIGHT));
	const bottom = TOP + rows.length * ROW;
	const parts = [
		`<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
		text(24, 34, words.title, { size: 20, weight: 600 }),
		text(24, 56, words.subtitle, { fill: DIM }),
		...legend(words.tokenizers),
		...scale.ticks.flatMap(({ ratio }) => [
			`<line x1="${x(ratio)}" y1="${TOP}" x2="${x(ratio)}" y2="${bottom}" stroke="${ratio === 1 ? DIM : LINE}"/>`,
			text(x(ratio), bottom + 16, `${ratio}×`, { fill: DIM, size: 12, anchor: 'middle' })
		]),
		...rows.flatMap((row, i) => rowParts(row, TOP + (i + 0.5) * ROW, x)),
		text(24, height - 10, words.source, { fill: DIM, size: 11 })
	];
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="Inter, Helvetica, Arial, sans-serif" font-size="13">${parts.join('')}</svg>`;
}

function rowParts(row: InflationRow, y: number, x: (ratio: number) => number): string[] {
	const marks = row.ratios.flatMap((ratio, series) => (ratio === null ? [] : [{ ratio, series }]));
	const name = text(LEFT - 14, y + 4.5, shortened(row.language.name), { anchor: 'end' });
	if (marks.length === 0) return [name];
	const ratios = marks.map(({ ratio }) => ratio);
	const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
	const label = (ratio: number, side: -1 | 1) =>
		text(x(ratio) + side * 9, y + 4, ratio.toFixed(2), {
			size: 11,
			anchor: side < 0 ? 'end' : 'start'
		});
	return [
		name,
		`<line x1="${x(low)}" y1="${y}" x2="${x(high)}" y2="${y}" stroke="${LINE}" stroke-width="3"/>`,
		...marks.map(({ ratio, series }) => mark(x(ratio), y, series)),
		label(high, 1),
		...(marks.length > 1 && x(high) - x(low) > 1 ? [label(low, -1)] : [])
	];
}

function legend(tokenizers: readonly string[]): string[] {
	let x = 30;
	return tokenizers.flatMap((name, series) => {
		const at = x;
		x += 30 + 7.5 * name.length;
		return [mark(at, 76, series), text(at + 10, 80, name, { size: 12 })];
	});
}

function mark(x: number, y: number, series: number): string {
	const colour = COLOURS[(series >> 1) % COLOURS.length];
	const fill = series % 2 === 0 ? colour : '#fff';
	return `<circle cx="${x}" cy="${y}" r="5" fill="${fill}" stroke="${colour}" stroke-width="2"/>`;
}

interface TextLook {
	readonly size?: number;
	readonly weight?: number;
	readonly fill?: string;
	readonly anchor?: 'start' | 'middle' | 'end';
}

function text(x: number, y: number, words: string, look: TextLook = {}): string {
	const { size, weight, fill = INK, anchor = 'start' } = look;
	const more = [
		size === undefined ? '' : ` font-size="${size}"`,
		weight === undefined ? '' : ` font-weight="${weight}"`,
		anchor === 'start' ? '' : ` text-anchor="${anchor}"`
	].join('');
	return `<text x="${x}" y="${y}" fill="${fill}"${more}>${escapeXml(words)}</text>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const shortened = (name: string): string => (name.length > 28 ? `${name.slice(0, 27)}…` : name);
