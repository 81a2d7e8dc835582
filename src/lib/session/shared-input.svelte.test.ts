import { expect, it } from 'vitest';
import { decodeUtf8 } from '../engine/text';
import { FIRST_EXAMPLE } from './examples';
import { SharedInput } from './shared-input.svelte';

it('begins with an example, and has the UTF-8 of each text, the same array for the same text', () => {
	const input = new SharedInput();
	expect([input.kind, input.text]).toEqual(['text', FIRST_EXAMPLE.text]);
	input.text = 'é';
	const { document } = input;
	expect(decodeUtf8(document)).toBe('é');
	input.text = 'é';
	expect(input.document).toBe(document);
});

it('brings back what it showed before another text, unless that was changed', () => {
	const input = new SharedInput();
	[input.text, input.kind] = ['before', 'ids'];
	const undo = input.show('shown');
	expect([input.text, input.kind]).toEqual(['shown', 'text']);
	undo();
	expect([input.text, input.kind]).toEqual(['before', 'ids']);
	const late = input.show('shown');
	input.text = 'typed';
	late();
	expect([input.text, input.kind]).toEqual(['typed', 'text']);
});
