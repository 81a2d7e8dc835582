import { describe, expect, it } from 'vitest';
import { describeRemoved, restoreRemoved } from './removal';

describe('restoreRemoved', () => {
	it('restores an unchanged list exactly', () => {
		expect(restoreRemoved(['b'], ['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
		expect(restoreRemoved([], ['a', 'b'])).toEqual(['a', 'b']);
	});

	it('keeps what was added or moved since', () => {
		expect(restoreRemoved(['d', 'c', 'a'], ['a', 'b', 'c'])).toEqual(['d', 'c', 'a', 'b']);
	});
});

describe('describeRemoved', () => {
	it('names what was removed', () => {
		expect(describeRemoved(['gpt2'])).toBe('Removed gpt2.');
		expect(describeRemoved(['gpt2', 'llama3'])).toBe('Removed gpt2 and llama3.');
	});
});
