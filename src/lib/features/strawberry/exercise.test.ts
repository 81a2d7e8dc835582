import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeSpelling, oneTokenEach } from '../../../../tests/support/fake-spelling';
import { exerciseRow, exerciseWords } from './exercise-words';
import { Exercise } from './exercise.svelte';

const ITEMS = [
	{ sentence: 'A berry.', letter: 'r' },
	{ sentence: 'Aha', letter: 'a' }
];

async function begun() {
	const { workers, spellings } = fakeSpelling();
	const exercise = new Exercise(workers, ITEMS);
	const beginning = exercise.begin('a');
	spellings[0].resolve(oneTokenEach(ITEMS.map(({ sentence }) => sentence)));
	await beginning;
	return { exercise, spellings };
}

describe('Exercise', () => {
	it('shows ids and keeps the letters covered until it is answered', async () => {
		const { exercise, spellings } = await begun();
		expect(spellings[0].params).toEqual({ tokenizer: 'a', texts: ['A berry.', 'Aha'] });
		expect([...(exercise.encoding?.ids ?? [])]).toEqual([100]);
		expect([exercise.guess, exerciseWords(exercise)]).toEqual([null, '']);
		exercise.answer(1);
		expect(exerciseWords(exercise)).toBe('You said 1: “A berry.” has 2 × r.');
		expect(exerciseRow(exercise).tokens.map(({ letters }) => letters)).toEqual([2]);
	});

	it('keeps the score, and counts only the first answer', async () => {
		const { exercise } = await begun();
		exercise.answer(1);
		exercise.answer(2);
		expect([exercise.right, exercise.asked]).toEqual([0, 1]);
		exercise.next();
		exercise.answer(2);
		expect(exerciseWords(exercise)).toBe('Right: “Aha” has 2 × a.');
		expect([exercise.right, exercise.asked]).toEqual([1, 2]);
		exercise.next();
		expect(exercise.item).toBe(ITEMS[0]);
	});

	it('takes no answer before it is begun, and says what went wrong', async () => {
		const { workers, spellings } = fakeSpelling();
		const exercise = new Exercise(workers, ITEMS);
		exercise.answer(2);
		expect(exercise.asked).toBe(0);
		void exercise.begin('a');
		expect(exercise.waiting).toBe(true);
		spellings[0].reject(new Error('no network'));
		await settle();
		expect([exercise.problem, exercise.waiting]).toEqual(['No network', false]);
	});
});
