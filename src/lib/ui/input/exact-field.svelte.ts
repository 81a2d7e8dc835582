import { untrack } from 'svelte';
import {
	applyViewEdit,
	normalizeLineEnds,
	replaceRange,
	viewOf,
	WINDOW_LIMIT,
	windowSize
} from './exact-text';

/** Units that an edit can add by typing; more at once come from a paste or a program. */
export const MAX_TYPED_UNITS = 1000;

/** Facts about an edit that the browser made. */
interface InputFacts {
	/** `InputEvent.inputType`; '' if unknown. */
	readonly inputType: string;
	/** Offset of the caret after the edit. */
	readonly caret: number;
	/** Whether everything was selected before the edit. */
	readonly replacesAll: boolean;
}

interface Options {
	/** The exact string, owned by the page. */
	readonly value: () => string;
	readonly onchange: (exact: string, note: string | null) => void;
}

/** State of a text input: an exact string owned by the page, and the view that is edited. */
export class ExactField {
	readonly #options: Options;
	/**
	 * View and exact string after the last edit. While the page's value is this string, the view
	 * stays as edited: a new window after every letter would move its end under the caret.
	 */
	#last = $state.raw<Version | null>(null);
	readonly #history = new ExactHistory();
	/** Text, with its own line ends, that the browser is about to insert. */
	#announced: string | null = null;
	/** Text before and after a change that the browser's undo does not know. */
	#replaced: { readonly before: string; readonly after: string } | null = null;

	/** Text shown in the textarea. */
	readonly view: string = $derived.by(() => {
		const exact = this.#options.value();
		return this.#last?.exact === exact ? this.#last.view : viewOf(exact);
	});
	/** Sizes of the shown part and of the whole text in bytes; `null` if all is shown. */
	readonly window = $derived.by(() => windowSize(this.#options.value(), this.view));

	constructor(options: Options) {
		this.#options = options;
	}

	/** Applies an edit that the browser made in the textarea. */
	edit(newView: string, facts: InputFacts): void {
		const exact = this.#options.value();
		const view = this.view;
		const announced = this.#announced;
		this.#announced = null;
		if (newView === view) return;
		this.#replaced = null;

		const isHistory = facts.inputType.startsWith('history');
		const known =
			(isHistory ? this.#history.find(newView) : undefined) ??
			(announced === null ? undefined : this.#insert(announced, newView, facts.caret));
		// After an undo the caret does not tell where the edit was.
		const hint = isHistory ? {} : facts;
		const next =
			known === undefined
				? applyViewEdit(exact, view, newView, hint)
				: { exact: known, note: null };
		const isFlood = newView.length > WINDOW_LIMIT && newView.length - view.length > MAX_TYPED_UNITS;
		this.#commit(next.exact, isFlood ? viewOf(next.exact) : newView, next.note);
	}

	/**
	 * Announces a text that the browser is about to insert from the clipboard or a drag, so that the
	 * edit can keep its line ends and the browser its undo.
	 */
	announce(text: string): void {
		this.#announced = text;
	}

	/** Whether the textarea would show too much if it took in `text`. */
	overflows(text: string, start: number, end: number): boolean {
		return this.view.length - (end - start) + text.length > WINDOW_LIMIT;
	}

	/** Replaces units `start` to `end` of the view by `text`, and returns the new caret. */
	replaceRange(text: string, start: number, end: number): number {
		this.replaceAll(replaceRange(this.#options.value(), this.view, start, end, text), null);
		const caret = start + normalizeLineEnds(text).length;
		return Math.min(caret, this.#last?.view.length ?? 0);
	}

	/** Replaces the whole text. */
	replaceAll(exact: string, note: string | null): void {
		const before = this.#options.value();
		this.#announced = null;
		this.#commit(exact, viewOf(exact), note);
		this.#replaced = { before, after: exact };
	}

	/** Undoes the last replacement; `false` if there is none, or the text has changed since. */
	undoReplacement(): boolean {
		const replaced = this.#replaced;
		this.#replaced = null;
		if (replaced?.after !== this.#options.value()) return false;
		this.#commit(replaced.before, viewOf(replaced.before), null);
		return true;
	}

	/** Opens a new window if edits have removed most of the old one. Not for use while someone types. */
	reframe(): void {
		if (!this.window) return;
		const fresh = viewOf(this.#options.value());
		if (fresh.length > 2 * this.view.length) this.#last = null;
	}

	/** Returns the exact string if `newView` is the view with `text` inserted before the caret. Without CRs it is `newView`. */
	#insert(text: string, newView: string, caret: number): string | undefined {
		const shown = normalizeLineEnds(text);
		if (shown === text && this.view === this.#options.value()) return newView;
		const start = caret - shown.length;
		const end = start + this.view.length + shown.length - newView.length;
		if (start < 0 || end < start) return undefined;
		if (this.view.slice(0, start) + shown + this.view.slice(end) !== newView) return undefined;
		return replaceRange(this.#options.value(), this.view, start, end, text);
	}

	#commit(exact: string, view: string, note: string | null): void {
		const before = { view: this.view, exact: this.#options.value() };
		// If view and text are equal before and after, the browser's undo is enough.
		if (before.view !== before.exact || view !== exact) {
			this.#history.add(before.view, before.exact);
			this.#history.add(view, exact);
		}
		this.#last = { view, exact };
		untrack(() => this.#options.onchange(exact, note));
	}
}

/** Total length of the remembered texts, in UTF-16 code units. */
const MAX_HISTORY_UNITS = 4_000_000;
const MAX_VERSIONS = 200;

interface Version {
	readonly view: string;
	readonly exact: string;
}

/**
 * Maps views to their exact strings. The browser's undo restores only what the textarea showed; this
 * restores the line ends and the hidden part.
 */
export class ExactHistory {
	/** Oldest first. */
	#versions: Version[] = [];
	#units = 0;

	/** Remembers a version; forgets the oldest ones, but never the newest two because of their size. */
	add(view: string, exact: string): void {
		const newest = this.#versions.at(-1);
		if (newest?.view === view && newest.exact === exact) return;
		this.#versions.push({ view, exact });
		this.#units += exact.length;
		while (
			this.#versions.length > MAX_VERSIONS ||
			(this.#units > MAX_HISTORY_UNITS && this.#versions.length > 2)
		)
			this.#units -= this.#versions.shift()?.exact.length ?? 0;
	}

	/** Returns the latest exact string of `view`. */
	find(view: string): string | undefined {
		return this.#versions.findLast((version) => version.view === view)?.exact;
	}
}
