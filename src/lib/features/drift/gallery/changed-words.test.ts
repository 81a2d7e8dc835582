import { expect, it } from 'vitest';
import { changedWords } from './changed-words';

const marked = (before: string, after: string) =>
	changedWords(before, after)
		.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text))
		.join(' ');

it.each([
	['External debt was below 30%', 'Exinc debt was waters 30%', '[Exinc] debt was [waters] 30%'],
	// A word was lost.
	['debt was below', 'debt below', 'debt below']
])('marks the words of %j that changed in %j', (before, after, expected) => {
	expect(marked(before, after)).toBe(expected);
});
