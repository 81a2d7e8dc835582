import type { Column } from './column';

/** Order of a table's rows: a column's id, prefixed with `-` for descending order; `null` for the original order. */
export type SortOrder = string | null;

type Direction = 'ascending' | 'descending';

/** Direction in which a column is sorted; `undefined` if the rows aren't sorted by this column. */
export function directionOf(id: string | undefined, order: SortOrder): Direction | undefined {
	if (id === undefined || order === null) return undefined;
	if (order === id) return 'ascending';
	return order === `-${id}` ? 'descending' : undefined;
}

/** The order after a click on a column's header: ascending, descending, then the original order. */
export function nextOrder(id: string, order: SortOrder): SortOrder {
	switch (directionOf(id, order)) {
		case undefined:
			return id;
		case 'ascending':
			return `-${id}`;
		case 'descending':
			return null;
	}
}

const collator = new Intl.Collator('en', { numeric: true });

/**
 * Sorts rows. Equal rows keep their order, and rows without a value come last in either direction.
 * @param group name of a row's group; groups are sorted by name, and rows are sorted within their group
 */
export function sortRows<Row>(
	columns: readonly Pick<Column<Row>, 'id' | 'value'>[],
	rows: readonly Row[],
	order: SortOrder,
	group: (row: Row) => string = () => ''
): readonly Row[] {
	const column = columns.find(({ id }) => directionOf(id, order) !== undefined);
	const value = column?.value ?? (() => null);
	const sign = directionOf(column?.id, order) === 'descending' ? -1 : 1;
	return rows.toSorted((first, second) => {
		const between = collator.compare(group(first), group(second));
		if (between !== 0) return between;
		const [a, b] = [value(first), value(second)];
		if (a === null || b === null) return Number(a === null) - Number(b === null);
		if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
		return sign * collator.compare(String(a), String(b));
	});
}
