import { countLetter, graphemesOf } from '../../tokenizers/graphemes';
import { WorkerQuery } from '../../session/worker-query.svelte';
import { encodingOf, type Spellings } from './spelling';
import type { ExerciseItem } from './exercise-data';
import type { SpellingWorkers } from './strawberry.svelte';

/** Sentences in which a letter is to be counted, and the score. */
export class Exercise {
	readonly #items: readonly ExerciseItem[];
	/** The sentences under a tokenizer. */
	readonly #query: WorkerQuery<string, Spellings>;
	#at = $state(0);
	#guess = $state<number | null>(null);
	#right = $state(0);
	#asked = $state(0);

	/** The ids of the sentence; `null` before it is begun. */
	readonly encoding = $derived.by(() => {
		const { answer } = this.#query;
		return answer && encodingOf(answer.value, this.#at);
	});
	/** How many of the letter the sentence has. */
	readonly truth: number = $derived.by(() => {
		const { sentence, letter } = this.#items[this.#at];
		return countLetter(graphemesOf(sentence), letter, 'alike');
	});

	constructor(workers: Pick<SpellingWorkers, 'spellings'>, items: readonly ExerciseItem[]) {
		this.#items = items;
		const texts = items.map(({ sentence }) => sentence);
		this.#query = new WorkerQuery((tokenizer) => workers.spellings({ tokenizer, texts }), {
			policy: 'replace'
		});
	}

	get item(): ExerciseItem {
		return this.#items[this.#at];
	}
	get tokenizer() {
		return this.#query.answer?.input ?? '';
	}
	/** The number that was guessed; `null` while the letters are covered. */
	get guess() {
		return this.#guess;
	}
	get right() {
		return this.#right;
	}
	/** How many were answered. */
	get asked() {
		return this.#asked;
	}
	get problem() {
		return this.#query.error;
	}
	get waiting() {
		return this.#query.status === 'loading';
	}

	/** Shows the ids of a tokenizer, of the sentence that is due. */
	begin(tokenizer: string): Promise<void> {
		return this.#query.ask(tokenizer);
	}

	/** Answers; only the first answer counts. */
	answer(guess: number): void {
		if (this.#guess !== null || !this.#query.answer) return;
		this.#guess = guess;
		this.#asked++;
		if (guess === this.truth) this.#right++;
	}

	/** The next sentence, covered. */
	next(): void {
		this.#guess = null;
		this.#at = (this.#at + 1) % this.#items.length;
	}
}
