import type { Snippet } from 'svelte';

/** Column of a `DataTable`; the first one has the row headers. */
export interface Column<Row> {
	readonly header: string;
	/** Read out before a header that several columns have: "gpt2, ". */
	readonly context?: string;
	/** Explains the header. */
	readonly title?: string;
	/** Unit, on a line of its own below the header. */
	readonly unit?: string;
	/** Default: left in a plain table and for row headers, else right. */
	readonly align?: 'left';
	/** Shared classes of the column's cells; a component's own styles do not reach them. */
	readonly class?: string;
	/** Text of a cell, also in exports; `cell` draws more than text. */
	readonly text?: (row: Row) => string;
	readonly cell?: Snippet<[row: Row]>;
	/** Explains a cell. */
	readonly hint?: (row: Row) => string | undefined;
	/** Name of the column in a sort order, which makes the header a button that sorts. */
	readonly id?: string;
	/** Value that the table sorts by, and exports as CSV; `null` if it is not known. */
	readonly value?: (row: Row) => number | string | null;
}
