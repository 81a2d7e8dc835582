import { WorkerQuery } from '../../session/worker-query.svelte';
import { countLetter } from '../../tokenizers/graphemes';
import { encodingOf, type JoinedEncodings } from './joined-encodings';
import { WordVariant } from './variants';
import type { StrawberryWorkers } from './worker';

interface ExerciseItem {
	readonly sentence: string;
	/** The letter to count in the sentence. */
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

/** Shows the ids of a sentence, asks how often it contains a letter, and keeps the score. */
export class Exercise {
	readonly #items: readonly ExerciseItem[];
	/** All sentences under one tokenizer. */
	readonly #query: WorkerQuery<string, JoinedEncodings>;
	#at = $state(0);
	/** `null` while the letters are hidden. */
	guess = $state<number | null>(null);
	/** Number of right answers, of all that were given. */
	right = $state(0);
	answered = $state(0);

	readonly item: ExerciseItem = $derived.by(() => this.#items[this.#at]);
	readonly #variant = $derived(new WordVariant('alone', this.item.sentence));
	/** The sentence with its tokens; `null` before the exercise begins. */
	readonly shown = $derived.by(() => {
		const { answer } = this.#query;
		return answer && { variant: this.#variant, encoding: encodingOf(answer.value, this.#at) };
	});
	/** How often the sentence contains the letter. */
	readonly truth = $derived(countLetter(this.#variant.graphemes(), this.item.letter, 'alike'));

	constructor(
		workers: Pick<StrawberryWorkers, 'splitVariants'>,
		items: readonly ExerciseItem[] = EXERCISE
	) {
		this.#items = items;
		const texts = items.map(({ sentence }) => sentence);
		this.#query = new WorkerQuery((tokenizer) => workers.splitVariants({ tokenizer, texts }), {
			policy: 'replace'
		});
	}

	get tokenizer() {
		return this.#query.answer?.input ?? '';
	}
	get problem() {
		return this.#query.error;
	}
	get isLoading() {
		return this.#query.status === 'loading';
	}

	begin(tokenizer: string): Promise<void> {
		return this.#query.ask(tokenizer);
	}

	/** Answers for the current sentence. Only the first answer counts. */
	answer(guess: number): void {
		if (this.guess !== null || !this.#query.answer) return;
		this.guess = guess;
		this.answered++;
		if (guess === this.truth) this.right++;
	}

	next(): void {
		this.guess = null;
		this.#at = (this.#at + 1) % this.#items.length;
	}
}
