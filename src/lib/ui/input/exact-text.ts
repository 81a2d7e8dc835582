/**
 * Editing an exact string through a textarea.
 *
 * A textarea turns CR and CRLF into LF. The lab counts the string that was pasted, dropped or
 * linked, so what the textarea shows is only a *view* of it: the beginning of the exact string with
 * its line ends normalized. An edit of the view is carried over to the exact string; line ends
 * outside the edit survive.
 *
 * A large text is shown through a window at its start, because a browser takes seconds to lay out a
 * textarea of some megabytes. What lies behind the window is untouched by edits inside it.
 *
 * All offsets are `unit`s (UTF-16), of the view or of the exact string as named.
 */
import { byteLength, splitsPair } from '../../engine/text';

/** Up to this many units a text is shown whole. */
export const WINDOW_LIMIT = 128_000;
/** How many units of a longer text are shown. */
export const WINDOW_SIZE = 16_000;
/** How far back from the window's end a line end is looked for before cutting inside a line. */
const LINE_SEARCH = 4_000;

const CR = 0x0d;
const LF = 0x0a;

/** What the browser tells about an edit; it settles which of several equal line ends was meant. */
export interface EditHint {
	/** Unit of the new view where the caret stands after the edit. */
	readonly caret?: number;
	/** The whole view was selected before the edit. */
	readonly replacesAll?: boolean;
}

export interface Edit {
	readonly exact: string;
	/** How many CR and CRLF the edit rewrote as LF. */
	readonly lineEndsChanged: number;
	/** The same in words, or a word about a new LF in a text with other line ends; null: nothing to say. */
	readonly note: string | null;
}

/** The text as a textarea has it: every line end is LF. */
export function normalizeLineEnds(text: string): string {
	return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** What the textarea shows of `exact`: all of it, or the first {@link WINDOW_SIZE} units of a long text. */
export function viewOf(exact: string): string {
	return normalizeLineEnds(exact.slice(0, windowCut(exact)));
}

/** Sizes in bytes of the part shown and of all, or null when `view` shows all of `exact`. */
export function windowSize(exact: string, view: string): { shown: number; total: number } | null {
	const end = toExact(exact, view.length);
	if (end === exact.length) return null;
	const shown = byteLength(exact, 0, end);
	return { shown, total: shown + byteLength(exact, end) };
}

/**
 * Carries the edit that made `newView` out of `oldView` over to the exact string.
 *
 * The edited range is what remains between the views' common beginning and end. In it line ends are
 * what the textarea has, LF. Outside it only CRs that come to stand right before a LF are rewritten: left
 * alone, the two would read as one CRLF. When the edit replaces the whole view, it replaces
 * the whole text, also what lies behind the window.
 */
export function applyEdit(
	exact: string,
	oldView: string,
	newView: string,
	hint: EditHint = {}
): Edit {
	if (newView === oldView) return { exact, lineEndsChanged: 0, note: null };
	let [prefix, suffix] = commonEnds(oldView, newView, hint.caret);
	// A caret that is elsewhere than at the edit must not make a small edit replace the whole text.
	if (prefix + suffix === 0) [prefix, suffix] = commonEnds(oldView, newView, undefined);
	if (hint.replacesAll || prefix + suffix === 0)
		return { exact: newView, lineEndsChanged: 0, note: null };

	let start = toExact(exact, prefix);
	const end = toExact(exact, oldView.length - suffix);
	let inserted = newView.slice(prefix, newView.length - suffix);
	const next = inserted === '' ? exact.charCodeAt(end) : inserted.charCodeAt(0);
	// A loop, because each CR rewritten may in turn stand behind another one.
	while (next === LF && start > 0 && exact.charCodeAt(start - 1) === CR) {
		start--;
		inserted = '\n' + inserted;
	}
	const edited = exact.slice(0, start) + inserted + exact.slice(end);
	return { exact: edited, ...lineEndsOf(exact.slice(start, end), inserted, edited) };
}

/**
 * Puts `inserted`, with the line ends it has, in place of the view's units from `start` to `end`.
 * Replacing the whole view replaces the whole text.
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

/** The unit of `exact` that unit `unit` of its view stands for; CRLF is one unit of the view. */
function toExact(exact: string, unit: number): number {
	// No more than this can lie before it, so a long text is not searched to its end.
	const head = exact.slice(0, 2 * unit);
	let extra = 0;
	for (let cr = head.indexOf('\r'); cr !== -1 && cr - extra < unit; cr = head.indexOf('\r', cr + 1))
		if (exact.charCodeAt(cr + 1) === LF) extra++;
	return unit + extra;
}

/** Unit of `exact` where the window ends: after a line end if one is near, never inside a char or a CRLF. */
function windowCut(exact: string): number {
	if (exact.length <= WINDOW_LIMIT) return exact.length;
	const isWhole = (cut: number) =>
		!splitsPair(exact, cut) && !(exact.charCodeAt(cut - 1) === CR && exact.charCodeAt(cut) === LF);
	for (let cut = WINDOW_SIZE; cut > WINDOW_SIZE - LINE_SEARCH; cut--) {
		const last = exact.charCodeAt(cut - 1);
		if ((last === LF || last === CR) && isWhole(cut)) return cut;
	}
	return isWhole(WINDOW_SIZE) ? WINDOW_SIZE : WINDOW_SIZE - 1;
}

/**
 * Lengths in units of the views' common beginning and end, which do not overlap and cut no pair.
 * An edit ends at the caret, so the common end is at most what follows it: without that, a line end
 * put before an equal one could not be told from one put behind it.
 */
function commonEnds(a: string, b: string, caret: number | undefined): [number, number] {
	const shorter = Math.min(a.length, b.length);
	const afterCaret = caret === undefined ? shorter : Math.max(0, b.length - caret);
	let suffix = 0;
	const most = Math.min(shorter, afterCaret);
	while (
		suffix < most &&
		a.charCodeAt(a.length - 1 - suffix) === b.charCodeAt(b.length - 1 - suffix)
	)
		suffix++;
	if (splitsPair(a, a.length - suffix) || splitsPair(b, b.length - suffix)) suffix--;

	let prefix = 0;
	while (prefix < shorter - suffix && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
	if (splitsPair(a, prefix) || splitsPair(b, prefix)) prefix--;
	return [prefix, suffix];
}

/** What became of the line ends of `removed`, now that `inserted` stands in its place in `edited`. */
function lineEndsOf(removed: string, inserted: string, edited: string): Omit<Edit, 'exact'> {
	const ends = removed.match(/\r\n|\r|\n/g) ?? [];
	const crlf = ends.filter((end) => end === '\r\n').length;
	const cr = ends.filter((end) => end === '\r').length;
	const written = count(inserted, '\n');
	const lineEndsChanged = Math.min(crlf + cr, written);
	if (lineEndsChanged > 0) {
		const changedCrlf = Math.min(crlf, lineEndsChanged);
		const changed = [
			changedCrlf > 0 ? `${changedCrlf} CRLF` : '',
			lineEndsChanged > changedCrlf ? `${lineEndsChanged - changedCrlf} CR` : ''
		].filter((part) => part !== '');
		const note = `Line ends changed: ${changed.join(' and ')} became LF in the edited part.`;
		return { lineEndsChanged, note };
	}
	const isMixed = written > ends.length && edited.includes('\r');
	const others = edited.includes('\r\n') ? 'CRLF' : 'CR';
	return {
		lineEndsChanged,
		note: isMixed ? `A line end typed here is LF; the text has ${others} elsewhere.` : null
	};
}

function count(text: string, part: string): number {
	let times = 0;
	for (let unit = text.indexOf(part); unit !== -1; unit = text.indexOf(part, unit + 1)) times++;
	return times;
}
