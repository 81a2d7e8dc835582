/** What a dot chart draws, and which part of it is in sight. */

export interface DotRow {
	readonly key: string;
	readonly label: string;
	/** The label in the row's own language; null where nobody knows it. */
	readonly note: {
		readonly text: string;
		readonly lang: string;
		readonly dir: 'ltr' | 'rtl';
	} | null;
	/** A value a series; null while it is not known. */
	readonly values: readonly (number | null)[];
	/** Series that have no value here and never will: where and why is said instead of a mark. */
	readonly absent?: readonly boolean[];
}

/** Stands where a mark would be. */
export const ABSENT = '∅';

export interface DotSeries {
	readonly id: string;
	readonly name: string;
}

/** Places are shares of the axis, so that they hold at any width. */
export interface DotScale {
	readonly at: (value: number) => number;
	readonly ticks: readonly { readonly ratio: number; readonly at: number }[];
}

/** Up to here all series share one axis; more stand side by side. */
export const TOGETHER = 2;
/** From here on only the rows in sight are drawn. */
export const WINDOWED = 60;

/** px; the style sheet of the chart has the same heights. */
export function rowHeight(series: number, narrow: boolean): number {
	if (!narrow) return 28;
	return series <= TOGETHER ? 46 : 28 + 22 * series;
}

/**
 * On which side of its mark each label of a row stands: of the lowest on the left, of others right. Null
 * where another label of the row says the same.
 * @param say a value as its label says it
 */
export function labelSides(
	values: readonly (number | null)[],
	say: (value: number) => string
): readonly ('left' | 'right' | null)[] {
	const known = values.filter((value) => value !== null);
	const low = Math.min(...known);
	const lowest = known.length > 0 ? say(low) : '';
	const said = new Set<string>();
	return values.map((value) => {
		if (value === null || said.has(say(value))) return null;
		said.add(say(value));
		return say(value) === lowest && known.some((other) => say(other) !== lowest) ? 'left' : 'right';
	});
}

/** Where each axis is on its own, a label stands on the side that has room. @param at of the mark, 0 to 1 */
export const roomySide = (at: number): 'left' | 'right' => (at > 0.55 ? 'left' : 'right');

/** Those ticks that are `apart` (a share of the axis) from each other: 1, then from the largest down. */
export function ticksApart({ ticks }: DotScale, apart: number): DotScale['ticks'] {
	const kept = ticks.filter(({ ratio }) => ratio === 1);
	for (const tick of ticks.toReversed()) {
		if (kept.every(({ at }) => Math.abs(at - tick.at) >= apart)) kept.push(tick);
	}
	return kept;
}

/** Share of an axis that the label of a tick needs, of one axis or of one of several side by side. */
export const tickRoom = (series: number): number => (series <= TOGETHER ? 0.06 : 0.045 * series);

/** The lines of an axis as a background: one element a row instead of one a tick. */
export const gridOf = (ticks: DotScale['ticks']): string =>
	ticks
		.map(({ ratio, at }) => {
			const colour = ratio === 1 ? 'var(--edge)' : 'var(--line)';
			return `linear-gradient(${colour}, ${colour}) ${(at * 100).toFixed(3)}% 0 / 1px 100% no-repeat`;
		})
		.join(', ');
