import type { Damage, DamageFindings, DamageNote } from '../../drift/damage/types';
import type { RequestOptions } from '../../workers/client';
import type { Calls } from '../../workers/protocol';
import { sameDocuments, type DiffDocument } from './diff-text.svelte';
import { LongTask } from './long-task.svelte';
import type { DriftSides } from './side';

/** What the state needs of the workers; a test passes a plain object. */
export interface DamageWorkers {
	damage(
		params: Calls['damage']['params'],
		options?: RequestOptions
	): Promise<Calls['damage']['result']>;
}

/** The text that damage is measured on. */
export interface DamageText {
	/** What tells it from others: its name in the catalogue, or the documents themselves. */
	readonly key: string | readonly DiffDocument[];
	/** In words: "English", "your text". */
	readonly name: string;
	readonly documents: () => Promise<readonly DiffDocument[]>;
}

/** All that a measurement depends on. */
export interface DamageQuestion {
	readonly sides: DriftSides;
	/** Of the model's embedding; null for A's largest id + 1. */
	readonly rows: number | null;
	readonly text: DamageText;
}

/** A measurement and what it is of. */
export interface DamageResult {
	readonly question: DamageQuestion;
	readonly damage: Damage;
	/** Whether this browser measured it: one may come with the page. */
	readonly here: boolean;
}

/** Measurements that are kept, so that going back to a text shows its figures at once. */
const MOST = 8;

/** What a small model of A's ids loses when it is served B's: measured when asked for. */
export class DamageState {
	/** The newest first. */
	#results = $state.raw<readonly DamageResult[]>([]);
	#asked: DamageQuestion | null = null;
	readonly #workers: () => DamageWorkers;
	readonly #notes: readonly DamageNote[];
	readonly #task = new LongTask();

	/** @param notes what a report says of every measurement */
	constructor(
		workers: () => DamageWorkers,
		notes: readonly DamageNote[],
		first: Omit<DamageResult, 'here'> | null = null
	) {
		this.#workers = workers;
		this.#notes = notes;
		if (first) this.#results = [{ ...first, here: false }];
	}

	get status() {
		return this.#task.status;
	}
	get progress() {
		return this.#task.progress;
	}
	get error() {
		return this.#task.error;
	}

	/** What was measured of a question; null where nothing was. */
	of(question: DamageQuestion): DamageResult | null {
		return this.#results.find((result) => isSame(result.question, question)) ?? null;
	}

	/** What a report says of two sides and rows: the newest measurement; null where there is none. */
	findingsOf(sides: DriftSides | null, rows: number | null): DamageFindings | null {
		const result = this.#results.find(
			({ question }) => question.sides === sides && question.rows === rows
		);
		if (!result) return null;
		return { corpus: result.question.text.name, damage: result.damage, notes: this.#notes };
	}

	/** Gives up what is being measured, and what went wrong, unless it is of this question. */
	follow(question: DamageQuestion): void {
		if (this.#asked && isSame(this.#asked, question)) return;
		this.#asked = null;
		this.#task.giveUp();
	}

	async measure(question: DamageQuestion): Promise<void> {
		this.#asked = question;
		const { sides, rows, text } = question;
		await this.#task.run(
			async (options) => {
				const documents = await text.documents();
				options.signal.throwIfAborted();
				return this.#workers().damage({ a: sides.a, b: sides.b, rows, documents }, options);
			},
			(damage) => {
				const others = this.#results.filter((result) => !isSame(result.question, question));
				this.#results = [{ question, damage, here: true }, ...others].slice(0, MOST);
			}
		);
	}

	/** Stops measuring; what was measured before stays. */
	stop(): void {
		this.#task.giveUp();
	}
}

const isSame = (a: DamageQuestion, b: DamageQuestion): boolean =>
	a.sides === b.sides && a.rows === b.rows && isSameText(a.text, b.text);

function isSameText({ key: a }: DamageText, { key: b }: DamageText): boolean {
	if (typeof a === 'string' || typeof b === 'string') return a === b;
	return sameDocuments(a, b);
}
