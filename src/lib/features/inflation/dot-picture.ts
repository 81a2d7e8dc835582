/** The picture of the ratios as an SVG that stands for itself, for slides and papers. */
import { ACCENT, DIM, escapeXml, INK, LINE } from '../../session/picture';
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

/** px. Between the end of the names and the axes is room for the label of a mark where an axis begins. */
const NAMES = 196;
const LEFT = 240;
const RIGHT = 64;
const TOP = 112;
const ROW = 22;
const BOTTOM = 26;
/** Of an axis that stands alone, and of one of several side by side. */
const AXIS = 656;
const PANEL_AXIS = 150;
/** Up to here all tokenizers share one axis; more have one each, side by side. */
const TOGETHER = 2;
/** Rows after which the axis is said again. */
const STRETCH = 40;
/** Filled and hollow marks, so that it does not hang on colour alone. */
const COLOURS = [ACCENT, '#fff'];

/** Some of the tokenizers on one axis. */
interface Panel {
	readonly tokenizers: readonly number[];
	/** px of the place of a ratio. */
	readonly x: (ratio: number) => number;
	readonly left: number;
}

/** One row a language; a mark a tokenizer, or an axis a tokenizer where they are more than two. */
export function dotPicture(
	rows: readonly InflationRow[],
	scale: RatioScale,
	words: PictureText
): string {
	const panels = panelsOf(words.tokenizers.length, scale);
	const axis = panels.length === 1 ? AXIS : PANEL_AXIS;
	const width = LEFT + panels.length * (axis + RIGHT);
	const bottom = Math.max(TOP, yOf(rows.length - 1) + ROW / 2);
	const height = bottom + ROW + BOTTOM;
	const ticks = panels.length === 1 ? scale.ticks : endTicks(scale);
	const parts = [
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		text(24, 34, words.title, { size: 20, weight: 600 }),
		text(24, 56, words.subtitle, { fill: DIM }),
		...(panels.length === 1
			? legend(words.tokenizers)
			: panels.map(({ left }, i) =>
					text(left, 80, words.tokenizers[i], { size: 12, weight: 600 })
				)),
		...panels.flatMap(({ x }) => [
			...ticks.map(({ ratio }) => {
				const stroke = ratio === 1 ? DIM : LINE;
				return `<line x1="${x(ratio)}" y1="${TOP}" x2="${x(ratio)}" y2="${bottom}" stroke="${stroke}"/>`;
			}),
			...axisYs(rows.length, bottom).flatMap((y) =>
				ticks.map(({ ratio }) =>
					text(x(ratio), y, `${ratio}×`, { fill: DIM, size: 12, anchor: 'middle' })
				)
			)
		]),
		...rows.flatMap((row, i) => rowParts(row, yOf(i), panels)),
		text(24, height - 10, words.source, { fill: DIM, size: 11 })
	];
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, Helvetica, Arial, sans-serif" font-size="13">${parts.join('')}</svg>`;
}

function panelsOf(tokenizers: number, scale: RatioScale): readonly Panel[] {
	const all = Array.from({ length: tokenizers }, (_, i) => i);
	const groups = tokenizers <= TOGETHER ? [all] : all.map((i) => [i]);
	const axis = groups.length === 1 ? AXIS : PANEL_AXIS;
	return groups.map((group, i) => {
		const left = LEFT + i * (axis + RIGHT);
		return { tokenizers: group, left, x: (ratio) => round(left + scale.at(ratio) * axis) };
	});
}

/** A narrow axis has room for 1 and the last tick. */
const endTicks = ({ ticks }: RatioScale): RatioScale['ticks'] =>
	ticks.filter(({ ratio }, i) => ratio === 1 || i === ticks.length - 1);

/** The middle of a row; a row is left free for the axis after each {@link STRETCH}. */
const yOf = (row: number): number => TOP + (row + Math.floor(row / STRETCH) + 0.5) * ROW;

/** Base lines of the words of the axis: above the rows, between stretches of them, and below. */
function axisYs(rows: number, bottom: number): number[] {
	const between = Array.from({ length: Math.max(0, Math.ceil(rows / STRETCH) - 1) }, (_, i) =>
		yOf((i + 1) * STRETCH - 1)
	);
	return [TOP - 6, ...between.map((y) => y + ROW + 4), bottom + 16];
}

function rowParts(row: InflationRow, y: number, panels: readonly Panel[]): string[] {
	const name = text(NAMES, y + 4.5, shortened(row.language.name), { anchor: 'end' });
	return [name, ...panels.flatMap((panel) => marksOf(row, y, panel))];
}

function marksOf(row: InflationRow, y: number, { tokenizers, x, left }: Panel): string[] {
	const marks = tokenizers.flatMap((at, series) => {
		const ratio = row.ratios[at];
		return ratio === null ? [] : [{ ratio, series }];
	});
	const dropped = tokenizers.some((at) => row.dropped[at])
		? [text(left, y + 4, '∅ dropped in part', { fill: DIM, size: 11 })]
		: [];
	if (marks.length === 0) return dropped;
	const ratios = marks.map(({ ratio }) => ratio);
	const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
	const label = (ratio: number, side: -1 | 1) =>
		text(x(ratio) + side * 9, y + 4, said(ratio), {
			size: 11,
			anchor: side < 0 ? 'end' : 'start'
		});
	return [
		`<line x1="${x(low)}" y1="${y}" x2="${x(high)}" y2="${y}" stroke="${LINE}" stroke-width="3"/>`,
		...marks.map(({ ratio, series }) => mark(x(ratio), y, series)),
		label(high, 1),
		...(marks.length > 1 && x(high) - x(low) > 1 ? [label(low, -1)] : [])
	];
}

/** Two digits behind the point, and never nothing. */
const said = (ratio: number): string =>
	ratio < 0.1 ? String(Number(ratio.toPrecision(2))) : ratio.toFixed(2);

function legend(tokenizers: readonly string[]): string[] {
	let x = 30;
	return tokenizers.flatMap((name, series) => {
		const at = x;
		x += 30 + 7.5 * name.length;
		return [mark(at, 76, series), text(at + 10, 80, name, { size: 12 })];
	});
}

function mark(x: number, y: number, series: number): string {
	return `<circle cx="${x}" cy="${y}" r="5" fill="${COLOURS[series]}" stroke="${ACCENT}" stroke-width="2"/>`;
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
