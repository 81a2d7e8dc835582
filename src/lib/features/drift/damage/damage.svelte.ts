import type { Damage, DamageFindings, DamageNote } from '../../../drift/damage/types';
import type { Progress } from '../../../workers/protocol';
import { sameDocuments, type DiffDocument } from '../diff/diff-text.svelte';
import { LongTask, type TaskOptions } from '../../../session/long-task.svelte';
import type { DriftSides } from '../../../session/links/drift-side';
import type { DriftCalls } from '../worker';
import type { Workers } from '../../../workers/pool';

/** The worker call that the state needs; a test passes a plain object. */
export type DamageWorkers = Pick<Workers<DriftCalls>, 'damage'>;

/** The text that damage is measured on. */
export interface DamageText {
	/** Identifies the text: its name in the catalogue, or the documents themselves. */
	readonly key: string | readonly DiffDocument[];
	/** For people: "country profiles", "your text". */
	readonly name: string;
	readonly documents: () => Promise<readonly DiffDocument[]>;
}

/** Everything a measurement depends on. */
export interface DamageQuestion {
	readonly sides: DriftSides;
	/** Rows of the model's embedding; `null` for A's largest id + 1. */
	readonly rows: number | null;
	readonly text: DamageText;
}

/** A measurement and its question. */
export interface DamageResult {
	readonly question: DamageQuestion;
	readonly damage: Damage;
	/** Whether this browser measured it: one may come with the page. */
	readonly here: boolean;
}

/** Enough to go back to other sides and see their figures at once. */
const MAX_KEPT_RESULTS = 16;

/** What a small model of A's ids loses when it is served B's: measured on request, text by text. */
export class DamageState {
	/** The newest first. */
	#results = $state.raw<readonly DamageResult[]>([]);
	/** Of the latest request. */
	#asked: readonly DamageQuestion[] = [];
	/** What is left of it: the first one is being measured. */
	#queue = $state.raw<readonly DamageQuestion[]>([]);
	#progress = $state.raw<Progress | null>(null);
	readonly #workers: () => DamageWorkers;
	readonly #notes: readonly DamageNote[];
	readonly #task = new LongTask();

	/** @param notes caveats that every report carries */
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
	/** Of the text that is being measured; `null` if nothing was reported yet. */
	get progress() {
		return this.status === 'loading' ? this.#progress : null;
	}
	get error() {
		return this.#task.error;
	}

	/** The measurement of a question; `null` if there is none. */
	of(question: DamageQuestion): DamageResult | null {
		return this.#results.find((result) => isSame(result.question, question)) ?? null;
	}

	/** Whether a question is being measured or waits for others; `null` if neither. */
	stageOf(question: DamageQuestion): 'measuring' | 'waiting' | null {
		if (this.status !== 'loading') return null;
		const place = this.#queue.findIndex((queued) => isSame(queued, question));
		return place < 0 ? null : place === 0 ? 'measuring' : 'waiting';
	}

	/** What a report says about these questions: all that were measured, in their order; `null` if none was. */
	findingsOf(questions: readonly DamageQuestion[]): DamageFindings | null {
		const measurements = questions.flatMap((question) => {
			const result = this.of(question);
			return result ? [{ corpus: question.text.name, damage: result.damage }] : [];
		});
		return measurements.length === 0 ? null : { measurements, notes: this.#notes };
	}

	/** Cancels the request and forgets its error, unless it asks about these questions only. */
	follow(...questions: readonly DamageQuestion[]): void {
		const isFollowed = this.#asked.every((asked) =>
			questions.some((question) => isSame(asked, question))
		);
		if (isFollowed) return;
		this.#asked = [];
		this.#task.giveUp();
	}

	/** Measures one question after another. Each result can be read as soon as it is there. */
	async measure(...questions: readonly DamageQuestion[]): Promise<void> {
		this.#asked = questions;
		this.#queue = questions;
		await this.#task.run(
			async (options) => {
				for (const question of questions) {
					this.#progress = null;
					const damage = await this.#measureOne(question, options);
					options.signal.throwIfAborted();
					this.#keep({ question, damage, here: true });
					this.#queue = this.#queue.slice(1);
				}
			},
			() => (this.#progress = null)
		);
	}

	async #measureOne(
		{ sides, rows, text }: DamageQuestion,
		{ signal }: TaskOptions
	): Promise<Damage> {
		const documents = await text.documents();
		signal.throwIfAborted();
		const onprogress = (progress: Progress) => {
			if (!signal.aborted) this.#progress = progress;
		};
		return this.#workers().damage(
			{ a: sides.a, b: sides.b, rows, documents },
			{ signal, onprogress }
		);
	}

	#keep(result: DamageResult): void {
		const others = this.#results.filter(({ question }) => !isSame(question, result.question));
		this.#results = [result, ...others].slice(0, MAX_KEPT_RESULTS);
	}

	/** Stops measuring; earlier results stay. */
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
