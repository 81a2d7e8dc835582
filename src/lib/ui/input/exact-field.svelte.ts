/**
 * Edits an exact string through a textarea.
 *
 * A textarea turns CR and CRLF into LF. The lab tokenizes the exact string that was pasted, dropped or linked, so the
 * textarea shows only a *view*: the beginning of the exact string with normalised line endings. Edits to the view are
 * applied to the exact string, and line endings outside the edit are preserved.
 *
 * If the text is long, only a window at its start is shown, because a browser takes seconds to lay out a textarea with
 * several megabytes of text. Edits inside the window never change the text after the window.
 *
 * All offsets are in UTF-16 code units, either of the view or of the exact string.
 */
import { untrack } from 'svelte';
import { byteLength, splitsPair } from '../../engine/text';
import { LINE_ENDS_DIFFER } from '../messages';

/** Maximum length, in UTF-16 code units, of text that is shown in full. */
export const WINDOW_LIMIT = 128_000;
/** Length of the visible window onto longer text, in UTF-16 code units. */
export const WINDOW_SIZE = 16_000;
/** Maximum number of code units by which the window is shortened so that it ends after a line ending. */
const LINE_SEARCH = 4_000;

const CR = 0x0d;
const LF = 0x0a;

/** An edit that inserts more UTF-16 code units than this isn't typing: it comes from pasting or from a program. */
export const MAX_TYPED_UNITS = 1000;

/** What the browser reports about an edit. */
interface InputFacts {
	/** `InputEvent.inputType`; empty if unknown. */
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

/** State of a text input: an exact string owned by the page, and the view being edited. */
export class ExactField {
	readonly #options: Options;
	/**
	 * The view after the last edit, and the exact string that it stands for. While the page's value equals this string,
	 * the view isn't recomputed, because a new window after every key press would move the end of the visible text.
	 */
	#last = $state.raw<Version | null>(null);
	readonly #history = new ExactHistory();
	/** Text that the browser is about to insert, with its original line endings. */
	#announced: string | null = null;
	/** The text before and after a change that the browser can't undo. */
	#replaced: { readonly before: string; readonly after: string } | null = null;

	readonly view: string = $derived.by(() => {
		const exact = this.#options.value();
		return this.#last?.exact === exact ? this.#last.view : viewOf(exact);
	});
	readonly window = $derived.by(() => windowSize(this.#options.value(), this.view));

	constructor(options: Options) {
		this.#options = options;
	}

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
		// After an undo, the caret doesn't indicate where the edit was.
		const hint = isHistory ? {} : facts;
		const next =
			known === undefined
				? applyViewEdit(exact, view, newView, hint)
				: { exact: known, note: null };
		const isFlood = newView.length > WINDOW_LIMIT && newView.length - view.length > MAX_TYPED_UNITS;
		this.#commit(next.exact, isFlood ? viewOf(next.exact) : newView, next.note);
	}

	/**
	 * Announces text that the browser is about to insert from the clipboard or a drag. The text then keeps its line
	 * endings, and the browser's undo keeps working.
	 */
	announce(text: string): void {
		this.#announced = text;
	}

	/** Whether inserting `text` would make the view too long. */
	overflows(text: string, start: number, end: number): boolean {
		return this.view.length - (end - start) + text.length > WINDOW_LIMIT;
	}

	/** Replaces code units `start` to `end` of the view with `text`, and returns the new caret offset. */
	replaceRange(text: string, start: number, end: number): number {
		this.replaceAll(replaceRange(this.#options.value(), this.view, start, end, text), null);
		const caret = start + normalizeLineEnds(text).length;
		return Math.min(caret, this.#last?.view.length ?? 0);
	}

	replaceAll(exact: string, note: string | null): void {
		const before = this.#options.value();
		this.#announced = null;
		this.#commit(exact, viewOf(exact), note);
		this.#replaced = { before, after: exact };
	}

	/** Undoes the last replacement. Returns `false` if there is nothing to undo or the text has changed since. */
	undoReplacement(): boolean {
		const replaced = this.#replaced;
		this.#replaced = null;
		if (replaced?.after !== this.#options.value()) return false;
		this.#commit(replaced.before, viewOf(replaced.before), null);
		return true;
	}

	/**
	 * Shows a new window of the text if edits have removed most of the old one. Don't call this while the user is
	 * typing.
	 */
	reframe(): void {
		if (!this.window) return;
		const fresh = viewOf(this.#options.value());
		if (fresh.length > 2 * this.view.length) this.#last = null;
	}

	/**
	 * Returns the exact string for `newView`; `undefined` if it isn't the view with `text` inserted before the caret.
	 */
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
		// If the view equals the text both before and after the edit, the browser's undo is sufficient.
		if (before.view !== before.exact || view !== exact) {
			this.#history.add(before.view, before.exact);
			this.#history.add(view, exact);
		}
		this.#last = { view, exact };
		untrack(() => this.#options.onchange(exact, note));
	}
}

/** Maximum total length of the remembered texts, in UTF-16 code units. */
const MAX_HISTORY_UNITS = 4_000_000;
const MAX_VERSIONS = 200;

interface Version {
	readonly view: string;
	readonly exact: string;
}

/**
 * Remembers which exact string each earlier view stood for. The browser's undo restores only what the textarea showed;
 * the history also restores the line endings and the hidden part.
 */
export class ExactHistory {
	/** Oldest first. */
	#versions: Version[] = [];
	#units = 0;

	/** Adds a version, and drops old ones to save memory, but always keeps the newest two. */
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

	/** Returns the exact string that was last added for `view`. */
	find(view: string): string | undefined {
		return this.#versions.findLast((version) => version.view === view)?.exact;
	}
}

/** Information from the browser that shows which of several identical line endings was edited. */
interface EditHint {
	readonly caret?: number;
	readonly replacesAll?: boolean;
}

interface Edit {
	readonly exact: string;
	/** Note for the user if the edited part now has different line endings; otherwise `null`. */
	readonly note: string | null;
}

/** Converts all line endings to LF, as a textarea does. */
export function normalizeLineEnds(text: string): string {
	return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/**
 * Returns the part of `exact` that the textarea shows: all of it, or the first {@link WINDOW_SIZE} or so code units of
 * a long text.
 */
export function viewOf(exact: string): string {
	return normalizeLineEnds(exact.slice(0, windowEnd(exact)));
}

/** Sizes in bytes of the visible part and of the whole text; `null` if `view` shows all of `exact`. */
export function windowSize(exact: string, view: string): { shown: number; total: number } | null {
	if (view === exact) return null;
	const end = toExact(exact, view.length);
	if (end === exact.length) return null;
	const shown = byteLength(exact, 0, end);
	return { shown, total: shown + byteLength(exact, end) };
}

/**
 * Applies the edit that turned `oldView` into `newView` to the exact string.
 *
 * The edited range is what remains between the common beginning and the common end of the two views. Line endings
 * inside the range become LF, as in the textarea. Outside the range, only a CR directly before an inserted LF is
 * rewritten, because the pair would be read as one CRLF. An edit that replaces the whole view replaces the whole text,
 * including the part after the window.
 */
export function applyViewEdit(
	exact: string,
	oldView: string,
	newView: string,
	hint: EditHint = {}
): Edit {
	if (newView === oldView) return { exact, note: null };
	// Without CRs and without a window, the view equals the text.
	if (oldView === exact) return { exact: newView, note: null };
	let [prefix, suffix] = commonEnds(oldView, newView, hint.caret);
	// A caret far from the edit must not turn a small edit into a replacement of the whole text.
	if (prefix + suffix === 0) [prefix, suffix] = commonEnds(oldView, newView, undefined);
	if (hint.replacesAll || prefix + suffix === 0) return { exact: newView, note: null };

	let start = toExact(exact, prefix);
	const end = toExact(exact, oldView.length - suffix);
	let inserted = newView.slice(prefix, newView.length - suffix);
	const next = inserted === '' ? exact.charCodeAt(end) : inserted.charCodeAt(0);
	// Each rewritten CR may be preceded by another CR.
	while (next === LF && start > 0 && exact.charCodeAt(start - 1) === CR) {
		start--;
		inserted = '\n' + inserted;
	}
	const edited = exact.slice(0, start) + inserted + exact.slice(end);
	const isNoted = inserted.includes('\n') && exact.includes('\r');
	return { exact: edited, note: isNoted ? LINE_ENDS_DIFFER : null };
}

/**
 * Replaces code units `start` to `end` of the view with `inserted`, and keeps the line endings of `inserted`. If the
 * range is the whole view, replaces the whole text.
 */
export function replaceRange(
	exact: string,
	view: string,
	start: number,
	end: number,
	inserted: string
): string {
	if (start === 0 && end === view.length) return inserted;
	return exact.slice(0, toExact(exact, start)) + inserted + exact.slice(toExact(exact, end));
}

/** Maps an offset in the view to one in `exact`. In the view, a CRLF is a single code unit. */
function toExact(exact: string, unit: number): number {
	// A code unit of the view stands for at most two code units of `exact`, so `head` contains the offset.
	const head = exact.slice(0, 2 * unit);
	let extra = 0;
	for (let cr = head.indexOf('\r'); cr !== -1 && cr - extra < unit; cr = head.indexOf('\r', cr + 1))
		if (exact.charCodeAt(cr + 1) === LF) extra++;
	return unit + extra;
}

/**
 * Offset in `exact` at which the window ends: after a line ending if there is one nearby, but never inside a code point
 * or a CRLF.
 */
function windowEnd(exact: string): number {
	if (exact.length <= WINDOW_LIMIT) return exact.length;
	const isBoundary = (unit: number) =>
		!splitsPair(exact, unit) &&
		!(exact.charCodeAt(unit - 1) === CR && exact.charCodeAt(unit) === LF);
	for (let unit = WINDOW_SIZE; unit > WINDOW_SIZE - LINE_SEARCH; unit--) {
		const last = exact.charCodeAt(unit - 1);
		if ((last === LF || last === CR) && isBoundary(unit)) return unit;
	}
	return isBoundary(WINDOW_SIZE) ? WINDOW_SIZE : WINDOW_SIZE - 1;
}

/**
 * Lengths, in code units, of the prefix and the suffix that the views share. These never overlap or split a surrogate
 * pair. An edit ends at the caret, so the suffix can't start before the caret; without this rule, a line ending
 * inserted before an identical one would seem to have been inserted after it.
 */
function commonEnds(a: string, b: string, caret: number | undefined): [number, number] {
	const shorter = Math.min(a.length, b.length);
	const afterCaret = caret === undefined ? shorter : Math.max(0, b.length - caret);
	const maxSuffix = Math.min(shorter, afterCaret);
	let suffix = 0;
	while (
		suffix < maxSuffix &&
		a.charCodeAt(a.length - 1 - suffix) === b.charCodeAt(b.length - 1 - suffix)
	)
		suffix++;
	if (splitsPair(a, a.length - suffix) || splitsPair(b, b.length - suffix)) suffix--;

	let prefix = 0;
	while (prefix < shorter - suffix && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
	if (splitsPair(a, prefix) || splitsPair(b, prefix)) prefix--;
	return [prefix, suffix];
}
