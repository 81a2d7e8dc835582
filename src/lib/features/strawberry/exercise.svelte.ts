import { countLetter, graphemesOf } from '../../tokenizers/graphemes';
import { encodingOf, type Spellings } from './spelling';
import type { ExerciseItem } from './exercise-data';
import type { SpellingWorkers } from './strawberry.svelte';

/** What there is to count, and what came of it. */
export class Exercise {
	readonly #items: readonly ExerciseItem[];
	readonly #workers: () => Pick<SpellingWorkers, 'spellings'>;
	#at = $state(0);
	#tokenizer = $state('');
	#spellings = $state.raw<Spellings | null>(null);
	#guess = $state<number | null>(null);
	#right = $state(0);
	#asked = $state(0);
	#problem = $state<string | null>(null);
	#waiting = $state(false);
	/** Counts what was asked for, so that an earlier answer never overwrites a later one. */
	#requests = 0;

	/** The ids of the sentence; null before it is begun. */
	readonly encoding = $derived(this.#spellings && encodingOf(this.#spellings, this.#at));
	/** How many of the letter the sentence has. */
	readonly truth: number = $derived.by(() => {
		const { sentence, letter } = this.#items[this.#at];
		return countLetter(graphemesOf(sentence), letter, 'alike');
	});

	constructor(workers: () => Pick<SpellingWorkers, 'spellings'>, items: readonly ExerciseItem[]) {
		this.#workers = workers;
		this.#items = items;
	}

	get item(): ExerciseItem {
		return this.#items[this.#at];
	}
	get tokenizer() {
		return this.#tokenizer;
	}
	/** What was guessed; null while the letters are covered. */
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
		return this.#problem;
	}
	get waiting() {
		return this.#waiting;
	}

	/** Shows the ids of a tokenizer, of the sentence that is due. */
	async begin(tokenizer: string): Promise<void> {
		const request = ++this.#requests;
		this.#problem = null;
		this.#waiting = true;
		try {
			const texts = this.#items.map(({ sentence }) => sentence);
			const spellings = await this.#workers().spellings({ tokenizer, texts });
			if (request !== this.#requests) return;
			this.#tokenizer = tokenizer;
			this.#spellings = spellings;
		} catch (error) {
			if (request === this.#requests)
				this.#problem = error instanceof Error ? error.message : String(error);
		}
		if (request === this.#requests) this.#waiting = false;
	}

	/** Answers; only the first answer counts. */
	answer(guess: number): void {
		if (this.#guess !== null || !this.#spellings) return;
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
