import type { Snippet } from 'svelte';

/** Column of a `DataTable`. The first column contains the row headers. */
export interface Column<Row> {
	readonly header: string;
	/** Read out before a header that several columns share: "gpt2, ". */
	readonly context?: string;
	/** Explains the header. */
	readonly title?: string;
	/** Unit, on a separate line below the header. */
	readonly unit?: string;
	/** Default: left for row headers and in a plain table, otherwise right. */
	readonly align?: 'left';
	/** Shared classes for the column's cells, which a component's scoped styles can't reach. */
	readonly class?: string;
	/** Text of a cell, also used in exports. `cell` draws more than text. */
	readonly text?: (row: Row) => string;
	readonly cell?: Snippet<[row: Row]>;
	/** Explains a cell. */
	readonly hint?: (row: Row) => string | undefined;
	/** Name of the column in a sort order. Makes the header a button that sorts. */
	readonly id?: string;
	/** Value that the table sorts by and exports as CSV; `null` if unknown. */
	readonly value?: (row: Row) => number | string | null;
}
