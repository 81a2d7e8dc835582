import type { Snippet } from 'svelte';

/** One column; the first holds the row headers. */
export interface Column<Row> {
	readonly header: string;
	/** Read out before a header that several columns have: "gpt2, ". */
	readonly context?: string;
	/** Explains the header. */
	readonly title?: string;
	/** Unit, on a line of its own below the header. */
	readonly unit?: string;
	/** Text is aligned left, figures right, unless this says otherwise. */
	readonly align?: 'left' | 'right';
	/** Takes most of the width, and may break. */
	readonly broad?: boolean;
	/** Classes of the column's cells; shared ones, since a component's own do not reach them. */
	readonly class?: string | ((row: Row) => string | undefined);
	/** What a cell says; `cell` draws more than text. */
	readonly text?: (row: Row) => string;
	/** Said after the text, dim. */
	readonly note?: (row: Row) => string;
	readonly cell?: Snippet<[row: Row]>;
	/** Explains a cell. */
	readonly hint?: (row: Row) => string | undefined;
	/** Makes the header a button that sorts. */
	readonly onsort?: () => void;
	readonly sorted?: 'ascending' | 'descending';
}
