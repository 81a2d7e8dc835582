/** Arranges the figures of a family for its chart and table. */
import type { LineageFigures, LineageText } from './figures';

/** A text in the versions of a family. */
export interface FamilyRow {
	readonly name: string;
	/** Tokens by version; `null` for a version that the catalogue lacks. */
	readonly tokens: readonly (number | null)[];
	/** Tokens by version, relative to those of the first version. */
	readonly ratios: readonly (number | null)[];
	/** Tokens relative to the version before. */
	readonly changes: readonly (number | null)[];
	/** Tokens of the last version relative to the first. */
	readonly total: number;
}

/** The rows of a family, the text that gained most first; empty if fewer than two versions have figures. */
export function familyRows(
	{ versions }: Pick<LineageFigures, 'versions'>,
	texts: readonly LineageText[]
): FamilyRow[] {
	if (versions.filter((version) => version !== null).length < 2) return [];
	return texts
		.map(({ name }, i) => {
			const tokens = versions.map((version) => version && version.tokens[i]);
			const known = tokens.filter((count) => count !== null);
			const [first] = known;
			return {
				name,
				tokens,
				ratios: tokens.map((count) => count && count / first),
				changes: tokens.map((count, at) => {
					const before = tokens[at - 1] ?? null;
					return count && before && count / before;
				}),
				total: known[known.length - 1] / first
			};
		})
		.sort((a, b) => a.total - b.total);
}

/** Whether the versions differ in a text. */
export const isChanged = ({ ratios }: Pick<FamilyRow, 'ratios'>): boolean =>
	ratios.some((ratio) => ratio !== null && ratio !== 1);

/** Several versions at nearly the same place of the axis. */
export interface Mark {
	/** Numbers of the versions: "1", "4–5", "1, 3". */
	readonly label: string;
	/** Share of the axis. */
	readonly at: number;
}

/** Shares of an axis within which marks would overlap. */
const MARK_ROOM = 0.055;

/**
 * Places the versions of a row on an axis, those that would overlap as one mark.
 * @param max ratio at the end of the axis
 */
export function marksOf({ ratios }: Pick<FamilyRow, 'ratios'>, max: number): Mark[] {
	const places = ratios
		.flatMap((ratio, version) => (ratio === null ? [] : [{ version, at: ratio / max }]))
		.sort((a, b) => a.at - b.at);
	const groups: (typeof places)[] = [];
	for (const place of places) {
		const group = groups.at(-1);
		if (group && place.at - group[0].at < MARK_ROOM) group.push(place);
		else groups.push([place]);
	}
	return groups.map((group) => ({
		label: formatNumbers(group.map(({ version }) => version + 1).sort((a, b) => a - b)),
		at: group.reduce((sum, { at }) => sum + at, 0) / group.length
	}));
}

/** "1", "1–3", "1, 3" */
function formatNumbers(numbers: readonly number[]): string {
	const runs: number[][] = [];
	for (const number of numbers) {
		const run = runs.at(-1);
		if (run && run[run.length - 1] === number - 1) run.push(number);
		else runs.push([number]);
	}
	return runs
		.map((run) => (run.length > 1 ? `${run[0]}–${run[run.length - 1]}` : run[0]))
		.join(', ');
}

/** Ratios that an axis labels. */
export const TICKS = [0, 0.5, 1];

/** Ratio at the end of a family's axis. */
export const axisEnd = (rows: readonly FamilyRow[]): number =>
	Math.max(1, ...rows.flatMap(({ ratios }) => ratios.filter((ratio) => ratio !== null)));
