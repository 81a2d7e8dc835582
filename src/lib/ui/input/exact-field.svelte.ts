import { untrack } from 'svelte';
import {
	applyEdit,
	normalizeLineEnds,
	replaceRange,
	viewOf,
	WINDOW_LIMIT,
	windowSize
} from './exact-text';

/** More than this many units at once are a paste or a program, not typing. */
const TYPED = 1000;

/** What is known about an edit that the browser made. */
export interface InputFacts {
	/** `InputEvent.inputType`, '' when unknown. */
	readonly inputType: string;
	/** Unit where the caret stands after the edit. */
	readonly caret: number;
	/** Everything was selected before the edit. */
	readonly replacesAll: boolean;
}

interface Options {
	/** The exact string, owned by the page. */
	readonly value: () => string;
	readonly onchange: (exact: string, note: string | null) => void;
}

/** The state behind one text input: an exact string owned by the page, and the view that is edited. */
export class ExactField {
	readonly #options: Options;
	/**
	 * The last pair that an edit made. While the page's value is this string, its view stays as
	 * edited: cut anew after every letter, the window's end would move under the caret.
	 */
	#last = $state.raw<{ view: string; exact: string } | null>(null);
	readonly #history = new ExactHistory();
	/** The text, with its own line ends, that the browser is about to insert. */
	#coming: string | null = null;
	/** What stood here before a change that the browser's undo knows nothing of. */
	#replaced: string | null = null;

	/** What the textarea shows. */
	readonly view: string = $derived.by(() => {
		const exact = this.#options.value();
		return this.#last?.exact === exact ? this.#last.view : viewOf(exact);
	});
	/** Sizes in bytes of the part shown and of all; null when all is shown. */
	readonly window = $derived.by(() => windowSize(this.#options.value(), this.view));

	constructor(options: Options) {
		this.#options = options;
	}

	/** Takes over an edit that the browser made in the textarea. */
	edit(newView: string, facts: InputFacts): void {
		const { value } = this.#options;
		const exact = value();
		const view = this.view;
		const coming = this.#coming;
		this.#coming = null;
		if (newView === view) return;
		this.#replaced = null;

		const isHistory = facts.inputType.startsWith('history');
		const known =
			(isHistory ? this.#history.find(newView) : undefined) ??
			(coming === null ? undefined : this.#inserted(coming, newView, facts.caret));
		// After an undo the caret says nothing about where the edit was.
		const hint = isHistory ? {} : { caret: facts.caret, replacesAll: facts.replacesAll };
		const next =
			known === undefined ? applyEdit(exact, view, newView, hint) : { exact: known, note: null };
		const isFlood = newView.length > WINDOW_LIMIT && newView.length - view.length > TYPED;
		this.#commit(next.exact, isFlood ? viewOf(next.exact) : newView, next.note);
	}

	/**
	 * Announces a text that the browser is about to insert from the clipboard or a drag, so that the
	 * edit can keep its line ends while the browser keeps its undo.
	 */
	announce(text: string): void {
		this.#coming = text;
	}

	/** True when `text` must not go into the textarea, because it would then show too much. */
	overflows(text: string, start: number, end: number): boolean {
		return this.view.length - (end - start) + text.length > WINDOW_LIMIT;
	}

	/** Puts `text` in place of the view's units from `start` to `end`. Gives the new caret's unit. */
	replaceRange(text: string, start: number, end: number): number {
		const { value } = this.#options;
		this.#replace(replaceRange(value(), this.view, start, end, text), null);
		const caret = start + normalizeLineEnds(text).length;
		return Math.min(caret, this.#last?.view.length ?? 0);
	}

	/** Replaces the whole text. */
	replaceAll(exact: string, note: string | null): void {
		this.#replace(exact, note);
	}

	/** Undoes the last replacement if nothing was edited since. False: leave it to the browser. */
	undoReplacement(): boolean {
		const exact = this.#replaced;
		if (exact === null) return false;
		this.#replaced = null;
		this.#commit(exact, viewOf(exact), null);
		return true;
	}

	/** Cuts the window anew when edits have used up most of it. Not while someone types. */
	reframe(): void {
		if (!this.window) return;
		const fresh = viewOf(this.#options.value());
		if (fresh.length > 2 * this.view.length) this.#last = null;
	}

	#replace(exact: string, note: string | null): void {
		const before = this.#options.value();
		this.#commit(exact, viewOf(exact), note);
		this.#replaced = before;
	}

	/** The exact string if `newView` came about by inserting `text` so that it ends at the caret. */
	#inserted(text: string, newView: string, caret: number): string | undefined {
		const { value } = this.#options;
		const shown = normalizeLineEnds(text);
		const start = caret - shown.length;
		const end = start + this.view.length + shown.length - newView.length;
		if (start < 0 || end < start) return undefined;
		if (this.view.slice(0, start) + shown + this.view.slice(end) !== newView) return undefined;
		return replaceRange(value(), this.view, start, end, text);
	}

	#commit(exact: string, view: string, note: string | null): void {
		const before = { view: this.view, exact: this.#options.value() };
		// Where view and text are the same on both sides, the browser's undo is enough.
		if (before.view !== before.exact || view !== exact) {
			this.#history.add(before.view, before.exact);
			this.#history.add(view, exact);
		}
		this.#last = { view, exact };
		untrack(() => this.#options.onchange(exact, note));
	}
}

/** Together the remembered texts may have this many units. */
const UNIT_BUDGET = 4_000_000;
const MOST = 200;

interface Entry {
	readonly view: string;
	readonly exact: string;
}

/**
 * Which exact string stood behind a view. The browser's undo restores only what the textarea
 * showed; this restores the line ends and the hidden rest that belonged to it.
 */
export class ExactHistory {
	/** Oldest first. */
	#entries: Entry[] = [];
	#units = 0;

	/** Remembers a pair; the oldest are forgotten, the newest never. */
	add(view: string, exact: string): void {
		const newest = this.#entries.at(-1);
		if (newest?.view === view && newest.exact === exact) return;
		this.#entries.push({ view, exact });
		this.#units += exact.length;
		while (this.#entries.length > MOST || (this.#units > UNIT_BUDGET && this.#entries.length > 2))
			this.#units -= this.#entries.shift()?.exact.length ?? 0;
	}

	/** The latest exact string behind `view`. */
	find(view: string): string | undefined {
		return this.#entries.findLast((entry) => entry.view === view)?.exact;
	}
}
