import { describe, expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import { fakeCompare } from '../../../../tests/support/fake-compare';
import { TextFacts } from './text-facts.svelte';

function facts() {
	const { state } = fakeCompare(['a']);
	return { state, facts: new TextFacts(state) };
}

describe('the words about an input', () => {
	it.each([
		['abc', '3 characters · 3 bytes'],
		['a', '1 character · 1 byte'],
		['', '0 characters · 0 bytes'],
		['é👍', '2 characters · 6 bytes'],
		['x'.repeat(1234), '1,234 characters · 1,234 bytes'],
		['\ufeffa', '2 characters · 4 bytes · begins with a BOM, which counts'],
		['a\ufeff', '2 characters · 4 bytes'],
		['a\r\nb', '4 characters · 4 bytes · has CR line ends, which count'],
		['a\0', '2 characters · 2 bytes · has NUL characters'],
		['a\ud83d', '2 characters · 4 bytes · lone surrogates count as U+FFFD']
	])('for %j are %s', (text, words) => {
		const { state, facts: about } = facts();
		state.setText(text);
		expect(about.words).toBe(words);
	});

	it('count the ids of a list', () => {
		const { state, facts: about } = facts();
		state.setKind('ids');
		state.setIdsText('[1]');
		expect(about.words).toBe('1 id');
		state.setIdsText('1 2 3');
		expect(about.words).toBe('3 ids');
	});
});

describe('the figures of an answer', () => {
	const drawn = {
		document: new TextEncoder().encode('é👍'),
		encoding: endingAt(2, 4, 6),
		distinct: 3,
		vocabularySize: 1000,
		outOfRange: []
	};

	it('count tokens, bytes and characters of the text', () => {
		const { state, facts: about } = facts();
		state.setText('é👍');
		expect(about.figuresOf(drawn)).toEqual({
			tokens: 3,
			bytes: 6,
			characters: 2,
			distinct: 3,
			vocabularySize: 1000
		});
	});

	it('count the characters of what ids spell in their own document', () => {
		const { state, facts: about } = facts();
		state.setKind('ids');
		expect(about.figuresOf(drawn).characters).toBe(2);
	});
});
