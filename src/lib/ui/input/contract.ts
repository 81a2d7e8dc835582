/**
 * What the text input needs from its page: the rules for editing an exact string, and how a file
 * becomes one. The page passes them in (`editing={exactText} readFile={readTextFile}`), since `ui`
 * knows nothing of `state`.
 */

/** How edits of a textarea reach the exact string behind it; `session/exact-text.ts` is one. */
export interface ExactEditing {
	/** Up to this many units a text is shown whole. */
	readonly WINDOW_LIMIT: number;
	/** What the textarea shows: the text, or its beginning, with every line end as LF. */
	viewOf(exact: string): string;
	/** The text with every line end as LF. */
	normalizeLineEnds(text: string): string;
	/** Sizes in bytes of the part shown and of all; null when all is shown. */
	windowSize(exact: string, view: string): { shown: number; total: number } | null;
	/** Carries an edit of the view over to the exact string; `caret` is a unit of `newView`. */
	applyEdit(
		exact: string,
		oldView: string,
		newView: string,
		hint?: { readonly caret?: number; readonly replacesAll?: boolean }
	): { readonly exact: string; readonly note: string | null };
	/** Puts `inserted` in place of the view's units from `start` to `end`. */
	replaceRange(exact: string, view: string, start: number, end: number, inserted: string): string;
}

/** Reads a file as text, or takes it over (null); throws an Error whose message can be shown. */
export type ReadFile = (
	file: File,
	options: { readonly isDirectory: boolean }
) => Promise<{
	readonly text: string;
	readonly name: string;
	/** Size in bytes. */
	readonly bytes: number;
	readonly notes: readonly string[];
} | null>;
