/** Sentences for the exercise: their ids are shown, and a letter is to be counted. */
export interface ExerciseItem {
	readonly sentence: string;
	readonly letter: string;
}

export const EXERCISE: readonly ExerciseItem[] = [
	{ sentence: 'I picked a strawberry.', letter: 'r' },
	{ sentence: 'The committee will address it.', letter: 'e' },
	{ sentence: 'Mississippi is a state.', letter: 's' },
	{ sentence: 'Bananas are berries.', letter: 'a' },
	{ sentence: 'The bookkeeper was successful.', letter: 'o' },
	{ sentence: 'Parallel lines never meet.', letter: 'l' },
	{ sentence: 'Nobody knows the accommodation.', letter: 'm' },
	{ sentence: 'Every raspberry is red.', letter: 'r' }
];
