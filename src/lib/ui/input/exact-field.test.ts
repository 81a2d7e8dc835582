import { describe, expect, it } from 'vitest';
import { ExactField, ExactHistory } from './exact-field.svelte';

/** A field whose text is owned by the page. */
function field(first: string) {
	const page = { text: first };
	const exact = new ExactField({
		value: () => page.text,
		onchange: (text) => (page.text = text)
	});
	return { page, exact };
}

describe('the undo of a replacement', () => {
	it('restores the text before it, once', () => {
		const { page, exact } = field('mine');
		exact.replaceAll('a file', null);
		expect(page.text).toBe('a file');
		expect(exact.undoReplacement()).toBe(true);
		expect(page.text).toBe('mine');
		expect(exact.undoReplacement()).toBe(false);
	});

	it('leaves alone what the page has put in its place', () => {
		const { page, exact } = field('mine');
		exact.replaceAll('a file', null);
		page.text = '[1, 2]';
		expect(exact.undoReplacement()).toBe(false);
		expect(page.text).toBe('[1, 2]');
	});
});

describe('ExactHistory', () => {
	it('finds the latest exact string of a view', () => {
		const history = new ExactHistory();
		history.add('a\nb', 'a\r\nb');
		history.add('x', 'x');
		history.add('a\nb', 'a\rb');
		expect(history.find('a\nb')).toBe('a\rb');
		expect(history.find('none')).toBeUndefined();
	});

	it('forgets the oldest first, by number and by size, never the last two', () => {
		const history = new ExactHistory();
		for (let k = 0; k < 300; k++) history.add(`${k}`, `${k}`);
		expect(history.find('99')).toBeUndefined();
		expect(history.find('100')).toBe('100');
		history.add('big', 'x'.repeat(9_000_000));
		expect(history.find('298')).toBeUndefined();
		expect(history.find('299')).toBe('299');
		expect(history.find('big')).toHaveLength(9_000_000);
	});
});
