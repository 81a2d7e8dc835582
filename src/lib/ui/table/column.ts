import type { Snippet } from 'svelte';

/** Column of a `DataTable`. The first column contains the row headers. */
export interface Column<Row> {
	readonly header: string;
	/** Text that screen readers announce before a header shared by several columns, such as "gpt2, ". */
	readonly context?: string;
	/** Explains the header. */
	readonly title?: string;
	/** Unit, on a separate line below the header. */
	readonly unit?: string;
	/** By default, row headers and plain tables are left-aligned, and all other cells are right-aligned. */
	readonly align?: 'left';
	/** Shared classes for the column's cells, which a component's scoped styles don't reach. */
	readonly class?: string;
	/** Text of a cell, also used in exports. For content other than text, use `cell`. */
	readonly text?: (row: Row) => string;
	readonly cell?: Snippet<[row: Row]>;
	/** Explains a cell. */
	readonly hint?: (row: Row) => string | undefined;
	/** Identifies the column in a sort order. If present, the header is a button that sorts the table. */
	readonly id?: string;
	/** Value that the table sorts by and exports as CSV; `null` if unknown. */
	readonly value?: (row: Row) => number | string | null;
}
