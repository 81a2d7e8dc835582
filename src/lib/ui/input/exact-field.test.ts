import { describe, expect, it } from 'vitest';
import { ExactField } from './exact-field.svelte';

/** A field whose text the page owns. */
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
