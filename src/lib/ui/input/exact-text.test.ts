import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../../../tests/support/size';
import { LINE_ENDS_DIFFER } from '../messages';
import {
	applyViewEdit,
	normalizeLineEnds,
	replaceRange,
	viewOf,
	windowSize,
	WINDOW_LIMIT,
	WINDOW_SIZE
} from './exact-field.svelte';

const part = fc.constantFrom('\r', '\n', '\r\n', 'a', 'b', ' ', '😀', '😁', '\ud83d', '\ude00');
const someText = fc.array(part, { maxLength: 24 }).map((parts) => parts.join(''));
/** Text as a textarea represents it: without CR. */
const typed = someText.map(normalizeLineEnds);

/** An edit of a view as a browser makes it: never inside a surrogate pair, with the caret after it. */
function editOf(view: string, from: number, length: number, text: string) {
	const boundaries = [0];
	for (const char of view) boundaries.push(boundaries[boundaries.length - 1] + char.length);
	const a = from % boundaries.length;
	const b = Math.min(a + (length % 5), boundaries.length - 1);
	const [start, end] = [boundaries[a], boundaries[b]];
	return {
		start,
		end,
		newView: view.slice(0, start) + text + view.slice(end),
		caret: start + text.length
	};
}

/** Splits the exact string into the units of its view: 'a', CR, LF or CRLF. */
const viewUnits = (exact: string) => exact.match(/\r\n|[^]/g) ?? [];

describe('viewOf', () => {
	it('shows CR and CRLF as LF, as a textarea does', () => {
		expect(viewOf('a\r\nb\rc\nd\r\r\n')).toBe('a\nb\nc\nd\n\n');
	});

	it('shows the beginning of a long text, up to a line end', () => {
		const line = 'x'.repeat(99) + '\n';
		const view = viewOf(line.repeat(2000));
		expect(view.length).toBe(WINDOW_SIZE);
		expect(viewOf('y' + line.repeat(2000)).endsWith('x\n')).toBe(true);
		expect(viewOf('x'.repeat(WINDOW_LIMIT)).length).toBe(WINDOW_LIMIT);
	});

	it('never splits a pair or a CRLF at the end of the window', () => {
		expect(viewOf('a' + '😀'.repeat(WINDOW_LIMIT)).isWellFormed()).toBe(true);
		const exact = 'x'.repeat(WINDOW_SIZE - 1) + '\r\n' + 'x'.repeat(WINDOW_LIMIT);
		expect(viewOf(exact)).toBe('x'.repeat(WINDOW_SIZE - 1));
	});
});

describe('applyViewEdit', () => {
	it('gives a text whose view is what the textarea shows', () => {
		fc.assert(
			fc.property(someText, typed, fc.boolean(), (exact, newView, atEnd) => {
				const hint = atEnd ? { caret: newView.length } : {};
				expect(viewOf(applyViewEdit(exact, viewOf(exact), newView, hint).exact)).toBe(newView);
			}),
			{ numRuns: sized(500, 2000) }
		);
	});

	it('leaves everything outside the edit as it was', () => {
		fc.assert(
			fc.property(someText, fc.nat(), fc.nat(), typed, (exact, from, length, text) => {
				const view = viewOf(exact);
				const { start, end, newView, caret } = editOf(view, from, length, text);
				const result = applyViewEdit(exact, view, newView, { caret }).exact;
				expect(viewOf(result)).toBe(newView);
				// The whole view was replaced, so nothing is outside the edit.
				if (start === 0 && end === view.length) return;
				const units = viewUnits(exact);
				const after = units.slice(end).join('');
				const before = units.slice(0, start).join('');
				expect(result.endsWith(after)).toBe(true);
				// A CR directly before an inserted LF is rewritten.
				const fuses =
					before.endsWith('\r') && (text + after).startsWith('\n') && text + after !== '';
				const kept = fuses && newView !== view ? before.replace(/\r+$/, '') : before;
				expect(result.startsWith(kept)).toBe(true);
			}),
			{ numRuns: sized(1000, 5000) }
		);
	});

	it('keeps everything after the window, line ends included', () => {
		const exact = 'a\r\nb\r\n'.repeat(40_000);
		const view = viewOf(exact);
		const { exact: edited } = applyViewEdit(exact, view, 'NEW' + view.slice(2), { caret: 3 });
		expect(edited === 'NEW' + exact.slice(3)).toBe(true);
		const atEnd = applyViewEdit(exact, view, view + '!', { caret: view.length + 1 }).exact;
		expect(atEnd.length).toBe(exact.length + 1);
		expect(normalizeLineEnds(atEnd).startsWith(view + '!')).toBe(true);
	});

	it('tells by the caret which of two line ends was deleted, and where one was inserted', () => {
		expect(applyViewEdit('\r\n\n', '\n\n', '\n', { caret: 0 }).exact).toBe('\n');
		expect(applyViewEdit('\r\n\n', '\n\n', '\n', { caret: 1 }).exact).toBe('\r\n');
		expect(applyViewEdit('\r\n', '\n', '\n\n', { caret: 1 }).exact).toBe('\n\r\n');
		expect(applyViewEdit('\r\n', '\n', '\n\n', { caret: 2 }).exact).toBe('\r\n\n');
	});

	it('notes that the edit wrote line ends that differ from the others', () => {
		const edit = applyViewEdit('1\r\n2\r\n3\r4\r\n', '1\n2\n3\n4\n', '1\nx\nx\nx\n', { caret: 7 });
		const note = LINE_ENDS_DIFFER;
		expect(edit).toEqual({ exact: '1\r\nx\nx\nx\r\n', note });
		expect(applyViewEdit('a\rb\nc', 'a\nb\nc', 'a\n\nc')).toEqual({ exact: 'a\n\nc', note });
		expect(applyViewEdit('a\r\nb', 'a\nb', 'a\nb\n').note).toBe(note);
		expect(applyViewEdit('a\r\nb', 'a\nb', 'ab').note).toBeNull();
		expect(applyViewEdit('a\nb', 'a\nb', 'a\nb\n').note).toBeNull();
	});

	it('replaces the whole text when the edit replaces the whole window', () => {
		const exact = 'word '.repeat(100_000);
		const view = viewOf(exact);
		expect(applyViewEdit(exact, view, 'brand new').exact).toBe('brand new');
		expect(applyViewEdit(exact, view, 'word', { replacesAll: true }).exact).toBe('word');
		expect(applyViewEdit(exact, view, '').exact).toBe('');
		expect(applyViewEdit(exact, view, 'word', { caret: 4 }).exact.length).toBeGreaterThan(400_000);
	});

	it('never puts half a pair into the edited range', () => {
		expect(applyViewEdit('x😀y', 'x😀y', 'x😁y').exact).toBe('x😁y');
		expect(applyViewEdit('x\r\n😀', 'x\n😀', 'x\n🐀').exact).toBe('x\r\n🐀');
	});
});

describe('replaceRange', () => {
	it('keeps the line ends of the pasted text and of the text around it', () => {
		fc.assert(
			fc.property(someText, fc.nat(), fc.nat(), someText, (exact, from, length, pasted) => {
				const view = viewOf(exact);
				const { start, end } = editOf(view, from, length, '');
				const units = viewUnits(exact);
				expect(replaceRange(exact, view, start, end, pasted)).toBe(
					units.slice(0, start).join('') + pasted + units.slice(end).join('')
				);
			})
		);
	});

	it('also replaces what follows the window if the whole window was selected', () => {
		const exact = 'x'.repeat(WINDOW_LIMIT + 1);
		expect(replaceRange(exact, viewOf(exact), 0, WINDOW_SIZE, 'a\r\n')).toBe('a\r\n');
	});
});

describe('windowSize', () => {
	it('counts bytes, and is null if all is shown', () => {
		expect(windowSize('a\r\n', 'a\n')).toBeNull();
		const exact = 'é'.repeat(WINDOW_LIMIT + 1);
		expect(windowSize(exact, viewOf(exact))).toEqual({
			shown: 2 * WINDOW_SIZE,
			total: 2 * WINDOW_LIMIT + 2
		});
	});
});
