import { expect, it } from 'vitest';
import { changedWords } from './changed-words';

const marked = (before: string, after: string) =>
	changedWords(before, after)
		.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text))
		.join(' ');

it('marks the words that changed', () => {
	expect(marked('External debt was below 30%', 'Exinc debt was waters 30%')).toBe(
		'[Exinc] debt was [waters] 30%'
	);
});

it('marks nothing if a word was added or lost', () => {
	expect(marked('debt was below', 'debt below')).toBe('debt below');
});
