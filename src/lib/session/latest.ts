/**
 * Asks for one thing at a time, and always for the newest: while an answer is awaited, only the last of
 * the questions that come is kept. For questions that change with every frame of a drag. That one failed
 * is told only where no other waits.
 */
export class Latest<Q, A> {
	readonly #ask: (question: Q) => Promise<A>;
	readonly #tell: (question: Q, answer: A) => void;
	readonly #fail: (error: unknown) => void;
	#waiting: { readonly question: Q } | null = null;
	#busy = false;
	/** Counts what was forgotten, so that an answer to it is not told. */
	#age = 0;

	constructor(
		ask: (question: Q) => Promise<A>,
		tell: (question: Q, answer: A) => void,
		fail: (error: unknown) => void
	) {
		this.#ask = ask;
		this.#tell = tell;
		this.#fail = fail;
	}

	ask(question: Q): void {
		this.#waiting = { question };
		if (!this.#busy) void this.#run();
	}

	/** Forgets what was asked; answers on their way are dropped. */
	forget(): void {
		this.#waiting = null;
		this.#age++;
	}

	#isIdle(): boolean {
		return this.#waiting === null;
	}

	async #run(): Promise<void> {
		this.#busy = true;
		for (let next = this.#waiting; next; next = this.#waiting) {
			this.#waiting = null;
			const age = this.#age;
			try {
				const answer = await this.#ask(next.question);
				if (age === this.#age) this.#tell(next.question, answer);
			} catch (error) {
				if (age === this.#age && this.#isIdle()) this.#fail(error);
			}
		}
		this.#busy = false;
	}
}
