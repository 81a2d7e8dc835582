/** Draws the chart of premiums as a self-contained SVG, for slides and papers. */
import { formatRatio } from '../../session/format';
import { ACCENT, DIM, escapeXml, INK, LINE } from '../../session/picture';
import { ABSENT, type DotScale } from '../../ui/chart/dots';
import { DROPPED } from './messages';
import type { InflationRow } from './rows';

export interface PictureText {
	readonly title: string;
	readonly subtitle: string;
	/** Names of the tokenizers, one per premium of a row. */
	readonly tokenizers: readonly string[];
	/** Origin of the figures. */
	readonly source: string;
}

/** px. The label of a mark at the start of an axis fits between the names and the axis. */
const NAMES_END = 196;
const AXIS_START = 240;
const AXIS_GAP = 64;
const TOP = 112;
const ROW_HEIGHT = 22;
const BOTTOM_MARGIN = 26;
/** px. Length of a single axis, and of one of several. */
const AXIS_LENGTH = 656;
const PANEL_AXIS_LENGTH = 150;
/** More tokenizers have one axis each, side by side. */
const MAX_ON_ONE_AXIS = 2;
/** The axis labels are repeated after this many rows. */
const ROWS_PER_AXIS_LABELS = 40;
/** Filled and hollow marks, which also differ without colour. */
const COLOURS = [ACCENT, '#fff'];

/** Some of the tokenizers on one axis. */
interface Panel {
	readonly tokenizers: readonly number[];
	/** Position of a premium, px. */
	readonly x: (premium: number) => number;
	readonly left: number;
}

/** Draws one row per language, with one mark per tokenizer; more than two tokenizers get one axis each. */
export function dotPicture(
	rows: readonly InflationRow[],
	scale: DotScale,
	texts: PictureText
): string {
	const panels = panelsOf(texts.tokenizers.length, scale);
	const axis = panels.length === 1 ? AXIS_LENGTH : PANEL_AXIS_LENGTH;
	const width = AXIS_START + panels.length * (axis + AXIS_GAP);
	const bottom = Math.max(TOP, yOf(rows.length - 1) + ROW_HEIGHT / 2);
	const height = bottom + ROW_HEIGHT + BOTTOM_MARGIN;
	const ticks = panels.length === 1 ? scale.ticks : endTicks(scale);
	const parts = [
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		text(24, 34, texts.title, { 'font-size': 20, 'font-weight': 600 }),
		text(24, 56, texts.subtitle, { fill: DIM }),
		...(panels.length === 1
			? legend(texts.tokenizers)
			: panels.map(({ left }, i) =>
					text(left, 80, texts.tokenizers[i], { 'font-size': 12, 'font-weight': 600 })
				)),
		...panels.flatMap(({ x }) => [
			...ticks.map(({ ratio }) => {
				const stroke = ratio === 1 ? DIM : LINE;
				return `<line x1="${x(ratio)}" y1="${TOP}" x2="${x(ratio)}" y2="${bottom}" stroke="${stroke}"/>`;
			}),
			...axisYs(rows.length, bottom).flatMap((y) =>
				ticks.map(({ ratio }) =>
					text(x(ratio), y, `${ratio}×`, { fill: DIM, 'font-size': 12, 'text-anchor': 'middle' })
				)
			)
		]),
		...rows.flatMap((row, i) => rowParts(row, yOf(i), panels)),
		text(24, height - 10, texts.source, { fill: DIM, 'font-size': 11 })
	];
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, Helvetica, Arial, sans-serif" font-size="13">${parts.join('')}</svg>`;
}

function panelsOf(tokenizers: number, scale: DotScale): readonly Panel[] {
	const all = Array.from({ length: tokenizers }, (_, i) => i);
	const groups = tokenizers <= MAX_ON_ONE_AXIS ? [all] : all.map((i) => [i]);
	const axis = groups.length === 1 ? AXIS_LENGTH : PANEL_AXIS_LENGTH;
	return groups.map((group, i) => {
		const left = AXIS_START + i * (axis + AXIS_GAP);
		return { tokenizers: group, left, x: (premium) => round(left + scale.at(premium) * axis) };
	});
}

/** Ticks that fit on a narrow axis: 1 and the last one. */
const endTicks = ({ ticks }: DotScale): DotScale['ticks'] =>
	ticks.filter(({ ratio }, i) => ratio === 1 || i === ticks.length - 1);

/** Middle of a row, px. A row is left free for each repetition of the axis labels. */
const yOf = (row: number): number =>
	TOP + (row + Math.floor(row / ROWS_PER_AXIS_LABELS) + 0.5) * ROW_HEIGHT;

/** Base lines of the labels of the axis, px: above the rows, between groups of them, and below. */
function axisYs(rows: number, bottom: number): number[] {
	const between = Array.from(
		{ length: Math.max(0, Math.ceil(rows / ROWS_PER_AXIS_LABELS) - 1) },
		(_, i) => yOf((i + 1) * ROWS_PER_AXIS_LABELS - 1)
	);
	return [TOP - 6, ...between.map((y) => y + ROW_HEIGHT + 4), bottom + 16];
}

function rowParts(row: InflationRow, y: number, panels: readonly Panel[]): string[] {
	const name = text(NAMES_END, y + 4.5, truncate(row.language.name), { 'text-anchor': 'end' });
	return [name, ...panels.flatMap((panel) => marksOf(row, y, panel))];
}

function marksOf(row: InflationRow, y: number, { tokenizers, x, left }: Panel): string[] {
	const marks = tokenizers.flatMap((at, series) => {
		const premium = row.premiums[at];
		return premium === null ? [] : [{ premium, series }];
	});
	const dropped = tokenizers.some((at) => row.dropped[at])
		? [text(left, y + 4, `${ABSENT} ${DROPPED}`, { fill: DIM, 'font-size': 11 })]
		: [];
	if (marks.length === 0) return dropped;
	const premiums = marks.map(({ premium }) => premium);
	const [low, high] = [Math.min(...premiums), Math.max(...premiums)];
	const label = (premium: number, side: -1 | 1) =>
		text(x(premium) + side * 9, y + 4, formatRatio(premium), {
			'font-size': 11,
			'text-anchor': side < 0 ? 'end' : 'start'
		});
	return [
		`<line x1="${x(low)}" y1="${y}" x2="${x(high)}" y2="${y}" stroke="${LINE}" stroke-width="3"/>`,
		...marks.map(({ premium, series }) => mark(x(premium), y, series)),
		label(high, 1),
		...(marks.length > 1 && x(high) - x(low) > 1 ? [label(low, -1)] : [])
	];
}

function legend(tokenizers: readonly string[]): string[] {
	let x = 30;
	return tokenizers.flatMap((name, series) => {
		const at = x;
		x += 30 + 7.5 * name.length;
		return [mark(at, 76, series), text(at + 10, 80, name, { 'font-size': 12 })];
	});
}

function mark(x: number, y: number, series: number): string {
	return `<circle cx="${x}" cy="${y}" r="5" fill="${COLOURS[series]}" stroke="${ACCENT}" stroke-width="2"/>`;
}

function text(
	x: number,
	y: number,
	content: string,
	style: Readonly<Record<string, string | number>>
): string {
	const attributes = Object.entries({ x, y, fill: INK, ...style });
	const written = attributes.map(([name, value]) => `${name}="${value}"`).join(' ');
	return `<text ${written}>${escapeXml(content)}</text>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const truncate = (name: string): string => (name.length > 28 ? `${name.slice(0, 27)}…` : name);
