import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeStrawberry, oneTokenEach } from '../../../../tests/support/fake-strawberry';
import { Exercise } from './exercise.svelte';
import { describeGuess, describeScore } from './messages';
import { rowOf } from './word-row';

const ITEMS = [
	{ sentence: 'A berry.', letter: 'r' },
	{ sentence: 'Aha', letter: 'a' }
];

async function begun() {
	const { workers, splitCalls } = fakeStrawberry();
	const exercise = new Exercise(workers, ITEMS);
	const beginning = exercise.begin('a');
	splitCalls[0].resolve(oneTokenEach(ITEMS.map(({ sentence }) => sentence)));
	await beginning;
	return { exercise, splitCalls };
}

describe('Exercise', () => {
	it('shows ids, and hides the letters until there is an answer', async () => {
		const { exercise, splitCalls } = await begun();
		expect(splitCalls[0].params).toEqual({ tokenizer: 'a', texts: ['A berry.', 'Aha'] });
		expect([...(exercise.shown?.encoding.ids ?? [])]).toEqual([100]);
		expect([exercise.guess, describeGuess(exercise)]).toEqual([null, '']);
		exercise.answer(1);
		expect(describeGuess(exercise)).toBe('You said 1: “A berry.” has 2 × r.');
		const row = exercise.shown && rowOf(exercise.shown, { letter: 'r', caseRule: 'alike' });
		expect(row?.tokens.map(({ letters }) => letters)).toEqual([2]);
	});

	it('keeps the score, and counts only the first answer', async () => {
		const { exercise } = await begun();
		exercise.answer(1);
		exercise.answer(2);
		expect([exercise.right, exercise.answered]).toEqual([0, 1]);
		exercise.next();
		exercise.answer(2);
		expect(describeGuess(exercise)).toBe('Right: “Aha” has 2 × a.');
		expect([exercise.right, exercise.answered]).toEqual([1, 2]);
		exercise.next();
		expect(exercise.item).toBe(ITEMS[0]);
		expect(describeScore(exercise)).toBe('1 of 2 answers right, kept until you leave the page');
	});

	it('accepts no answer before it begins, and reports what went wrong', async () => {
		const { workers, splitCalls } = fakeStrawberry();
		const exercise = new Exercise(workers, ITEMS);
		exercise.answer(2);
		expect(exercise.answered).toBe(0);
		void exercise.begin('a');
		expect(exercise.isLoading).toBe(true);
		splitCalls[0].reject(new Error('no network'));
		await settle();
		expect([exercise.problem, exercise.isLoading]).toEqual(['No network', false]);
	});
});
