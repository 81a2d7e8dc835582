import { expect, it } from 'vitest';
import { Announcement } from './announcement.svelte';

it('offers to undo only while that loses no later change', () => {
	const announcement = new Announcement();
	let text = 'an example';
	const undo = () => undefined;
	announcement.offerUndo('Replaced your text.', undo, () => text === 'an example');
	expect(announcement.shown?.message).toBe('Replaced your text.');
	text = 'an example, edited';
	expect(announcement.shown).toBeNull();
	// Choosing the same example again may replace a different text.
	text = 'an example';
	expect(announcement.shown).toBeNull();
});

it('leaves out characters that reorder the sentence around a name', () => {
	const announcement = new Announcement();
	announcement.show('a\u202eb\nc is a tokenizer.');
	expect(announcement.shown?.message).toBe('ab c is a tokenizer.');
	announcement.fail('\u2066a is no tokenizer.');
	expect(announcement.shown?.message).toBe('a is no tokenizer.');
});

it('shows one message until it is dismissed', () => {
	const announcement = new Announcement();
	announcement.show('Saved.');
	announcement.fail('Not saved.');
	expect(announcement.shown).toMatchObject({ message: 'Not saved.', isError: true });
	announcement.dismiss();
	expect(announcement.shown).toBeNull();
});
