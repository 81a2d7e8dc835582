import { formatRatio } from '../../session/format';

/**
 * A row of a `DotChart`. Each mark in the row has the row's key as `data-language` and the id of its own series as
 * `data-tokenizer`.
 */
export interface DotRow {
	readonly key: string;
	readonly label: string;
	/** The label in the row's own language; `null` if unknown. */
	readonly note: {
		readonly text: string;
		readonly lang: string;
		readonly dir: 'ltr' | 'rtl';
	} | null;
	/** One value per series; `null` while unknown. */
	readonly values: readonly (number | null)[];
	/** For each series, whether it lacks a value in this row; {@link ABSENT} is then drawn instead of a mark. */
	readonly absent?: readonly boolean[];
}

/** Drawn in place of a mark if there is no value. */
export const ABSENT = '∅';

export interface DotSeries {
	readonly id: string;
	readonly name: string;
}

/** Maps values to positions on an axis, given as fractions of the axis's width. */
export interface DotScale {
	readonly at: (value: number) => number;
	readonly ticks: readonly { readonly ratio: number; readonly at: number }[];
}

/** Maximum number of series on one shared axis; if there are more, each series has its own axis. */
export const MAX_SHARED_AXIS_SERIES = 2;
/**
 * Maximum number of rows, and maximum height in CSS px, of a chart that draws all rows. Larger charts draw only the
 * rows in view.
 */
const MAX_UNWINDOWED_ROWS = 60;
const MAX_UNWINDOWED_PX = 2800;

/** Whether a chart draws only the rows in view. @param height height of a row in CSS px */
export const isWindowed = (rows: number, height: number): boolean =>
	rows > MAX_UNWINDOWED_ROWS || rows * height > MAX_UNWINDOWED_PX;

/** Height of a row in CSS px, as in the chart's style sheet. */
export function rowHeight(series: number, narrow: boolean): number {
	if (!narrow) return 28;
	return series <= MAX_SHARED_AXIS_SERIES ? 46 : 28 + 22 * series;
}

/**
 * For each label, the side of the mark on which to draw it: left for the lowest value, right for the others. `null` for
 * a label with the same text as another one in the row.
 */
export function labelSides(
	values: readonly (number | null)[]
): readonly ('left' | 'right' | null)[] {
	const labels = values.map((value) => (value === null ? null : formatRatio(value)));
	const known = values.filter((value) => value !== null);
	const lowest = formatRatio(Math.min(...known));
	const isAlone = labels.every((label) => label === null || label === lowest);
	return labels.map((label, i) => {
		if (label === null || labels.indexOf(label) < i) return null;
		return label === lowest && !isAlone ? 'left' : 'right';
	});
}

/**
 * Chooses ticks that are at least `distance` (a fraction of the axis's width) apart: the tick at 1 first, then
 * the others in descending order.
 */
export function ticksApart({ ticks }: DotScale, distance: number): DotScale['ticks'] {
	const kept = ticks.filter(({ ratio }) => ratio === 1);
	for (const tick of ticks.toReversed()) {
		if (kept.every(({ at }) => Math.abs(at - tick.at) >= distance)) kept.push(tick);
	}
	return kept;
}

/** Fraction of the axis's width that each tick label needs. */
export const tickRoom = (series: number): number =>
	series <= MAX_SHARED_AXIS_SERIES ? 0.06 : 0.045 * series;

/** Draws an axis's lines as a CSS background, to use one element per row instead of one per tick. */
export const axisGrid = (ticks: DotScale['ticks']): string =>
	ticks
		.map(({ ratio, at }) => {
			const colour = ratio === 1 ? 'var(--edge)' : 'var(--line)';
			return `linear-gradient(${colour}, ${colour}) ${(at * 100).toFixed(3)}% 0 / 1px 100% no-repeat`;
		})
		.join(', ');
