import { describe, expect, it, onTestFinished } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { WINDOW_SIZE } from './exact-field.svelte';
import { readTextFile } from '../../session/text-file';
import { droppedOn } from '../../session/dropped-file';
import TextInput from './TextInput.svelte';

/** A page with the input, which owns the exact string and collects notes and errors. */
async function page(initial: string) {
	let value = $state(initial);
	const notes: (string | null)[] = [];
	const errors: string[] = [];
	const { container } = await render(TextInput, {
		label: 'Text',
		readFile: readTextFile,
		get value() {
			return value;
		},
		onchange: (exact: string, note: string | null) => {
			value = exact;
			notes.push(note);
		},
		onerror: (message: string) => errors.push(message)
	});
	const textarea = container.querySelector('textarea');
	if (!textarea) throw new Error('no textarea');
	return {
		container,
		textarea,
		notes,
		errors,
		get value() {
			return value;
		},
		fail: (message: string) => void errors.push(message),
		set value(exact: string) {
			value = exact;
		},
		caretTo(start: number, end = start) {
			textarea.focus();
			textarea.setSelectionRange(start, end);
		}
	};
}

/** Pastes from the real clipboard, filled the way another program would fill it, including CRs. */
async function paste(text: string, target: HTMLTextAreaElement) {
	const fill = (event: ClipboardEvent) => {
		event.preventDefault();
		event.clipboardData?.setData('text/plain', text);
	};
	document.addEventListener('copy', fill);
	onTestFinished(() => document.removeEventListener('copy', fill));
	await userEvent.copy();
	document.removeEventListener('copy', fill);
	target.focus();
	await userEvent.paste();
}

/** Drops files as a page would that opens all files as text. */
function drop(target: HTMLElement, onerror: (message: string) => void, ...files: File[]) {
	const open = (event: DragEvent) => {
		const dropped = files.map((file) => ({ file, isDirectory: false }));
		droppedOn
			.get(event)?.(dropped)
			.catch((error: unknown) => onerror(String(error)));
	};
	window.addEventListener('drop', open, { once: true });
	const dataTransfer = new DataTransfer();
	for (const file of files) dataTransfer.items.add(file);
	for (const type of ['dragenter', 'dragover', 'drop'])
		target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}

const MEGABYTE = 'The quick brown fox.\r\n'.repeat(1e6 / 22);

const undo = () => userEvent.keyboard('{Control>}z{/Control}');
const redo = () => userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');

describe('editing', () => {
	it('keeps the CRs outside the edit while someone types', async () => {
		const lab = await page('one\r\ntwo\rthree\r\n');
		expect(lab.textarea.value).toBe('one\ntwo\nthree\n');
		lab.caretTo(5);
		await userEvent.keyboard('XY{Backspace}');
		expect(lab.value).toBe('one\r\ntXwo\rthree\r\n');
		expect(lab.textarea.selectionStart).toBe(6);
		expect(lab.notes.every((note) => note === null)).toBe(true);
	});

	it('notes that an edit changed line ends, and brings CRs back with the browser’s undo', async () => {
		const lab = await page('a\rX\nb');
		lab.caretTo(3);
		await userEvent.keyboard('{Backspace}');
		expect(lab.value).toBe('a\n\nb');
		expect(lab.notes.at(-1)).toMatch(/^The part you edited now has LF line endings/);
		await undo();
		expect(lab.value).toBe('a\rX\nb');
		await redo();
		expect(lab.value).toBe('a\n\nb');
	});

	it('shows what the page sets, and keeps NUL and lone surrogates through an edit', async () => {
		const lab = await page('a');
		lab.value = 'x\0\ud800\r\ny';
		await expect.poll(() => lab.textarea.value).toBe('x\0\ud800\ny');
		lab.caretTo(5);
		await userEvent.keyboard('!');
		expect(lab.value).toBe('x\0\ud800\r\ny!');
	});
});

describe('pasting', () => {
	it('keeps the exact string of a paste with CRLF, and the browser’s undo', async () => {
		const lab = await page('ab');
		lab.caretTo(1);
		await paste('1\r\n2\r3', lab.textarea);
		expect(lab.value).toBe('a1\r\n2\r3b');
		expect(lab.textarea.value).toBe('a1\n2\n3b');
		await undo();
		expect(lab.value).toBe('ab');
		await redo();
		expect(lab.value).toBe('a1\r\n2\r3b');
	});

	it('accepts 1 MB, shows only its beginning, and brings back what it replaced', async () => {
		const lab = await page('be\r\nfore');
		lab.caretTo(0, 7);
		await paste(MEGABYTE, lab.textarea);
		expect(lab.value === MEGABYTE).toBe(true);
		expect(lab.textarea.value.length).toBeLessThanOrEqual(WINDOW_SIZE);
		await expect.element(lab.container).toHaveTextContent('Showing the first 16 kB of 1.0 MB');
		// Too large for the browser's own undo.
		await undo();
		expect(lab.value).toBe('be\r\nfore');
		await expect.poll(() => lab.textarea.value).toBe('be\nfore');
	});
});

describe('a text larger than the window', () => {
	it('is edited at the caret, and only there', async () => {
		const lab = await page(MEGABYTE);
		lab.caretTo(4);
		await userEvent.keyboard('very ');
		expect(lab.value === 'The very ' + MEGABYTE.slice(4)).toBe(true);
		expect(lab.textarea.selectionStart).toBe(9);
	});

	it('is replaced as a whole by select all and typing, and comes back with undo', async () => {
		const lab = await page(MEGABYTE);
		lab.caretTo(0);
		await userEvent.keyboard('{Control>}a{/Control}T');
		expect(lab.value).toBe('T');
		expect(lab.container.querySelector('.window')).toBeNull();
		await undo();
		expect(lab.value === MEGABYTE).toBe(true);
	});

	it('is replaced as a whole when a program fills the field', async () => {
		const lab = await page(MEGABYTE);
		await userEvent.fill(lab.textarea, 'The end.\n');
		expect(lab.value).toBe('The end.\n');
	});

	it('shows more again after most of the window was deleted', async () => {
		const lab = await page(MEGABYTE);
		const { length } = lab.textarea.value;
		lab.caretTo(1, length);
		await userEvent.keyboard('{Delete}');
		expect(lab.textarea.value).toBe('T');
		lab.textarea.blur();
		await expect.poll(() => lab.textarea.value.length).toBeGreaterThan(WINDOW_SIZE / 2);
		expect(lab.value.length).toBeGreaterThan(900_000);
	});

	it('takes in many lines at once if a program inserts them, and undo takes them out', async () => {
		const lab = await page('before');
		const lines = 'Some of the words in a line of text\n'.repeat(28_000);
		let edits = 0;
		lab.textarea.addEventListener('input', () => edits++);
		await userEvent.fill(lab.textarea, lines);
		expect(lab.value === lines).toBe(true);
		expect(lab.textarea.value.length).toBeLessThanOrEqual(WINDOW_SIZE);
		// The browser would have inserted it line by line.
		expect(edits).toBe(0);
		await undo();
		expect(lab.value).toBe('before');
	});
});

describe('files', () => {
	it('opens a dropped file exactly, and undo brings the text back', async () => {
		const lab = await page('old');
		drop(lab.textarea, lab.fail, new File(['\ufeffa\r\nb'], 'a.txt'), new File(['c'], 'c.txt'));
		await expect.poll(() => lab.value).toBe('\ufeffa\r\nb');
		expect(lab.notes.at(-1)).toMatch(
			/^Opened a\.txt, 7 bytes\. Only the first of 2 files .*1 CRLF\.$/
		);
		lab.textarea.focus();
		await undo();
		expect(lab.value).toBe('old');
	});

	it('keeps the text and explains why if a dropped file is not UTF-8', async () => {
		const lab = await page('kept');
		drop(lab.textarea, lab.fail, new File([Uint8Array.of(0x61, 0xe9, 0x62)], 'latin1.txt'));
		await expect.poll(() => lab.errors).toHaveLength(1);
		expect(lab.errors[0]).toContain('latin1.txt is not UTF-8: byte 1 is 0xE9');
		expect([lab.value, lab.notes]).toEqual(['kept', []]);
	});

	it('opens a chosen file, also the same one twice', async () => {
		const lab = await page('');
		const input = lab.container.querySelector<HTMLInputElement>('input[type=file]');
		if (!input) throw new Error('no file input');
		for (const text of ['first', 'second']) {
			await userEvent.upload(input, new File([text], 'same.txt'));
			await expect.poll(() => lab.value).toBe(text);
		}
	});
});
