import { untrack } from 'svelte';
import type {
	Damage,
	DamageDocument,
	DamageFindings,
	DamageNote
} from '../../../drift/damage/types';
import { WorkerQuery, type QueryOptions } from '../../../session/worker-query.svelte';
import type { DriftSides } from '../../../session/documents/diff';
import type { DriftCalls } from '../worker';
import type { Workers } from '../../../workers/pool';

/** The worker call that the state needs; a test passes a plain object. */
export type DamageWorkers = Pick<Workers<DriftCalls>, 'damage'>;

/** A text to measure damage on. */
export interface DamageText {
	readonly id: string;
	/** Display name: "country profiles". */
	readonly name: string;
	readonly documents: () => Promise<readonly DamageDocument[]>;
}

/** Everything a measurement depends on. */
export interface DamageQuestion {
	readonly sides: DriftSides;
	/** Rows of the model's embedding; `null` for those known of A's models, at least A's largest id + 1. */
	readonly rows: number | null;
	readonly text: DamageText;
}

/** A measurement and its question. */
interface DamageResult {
	readonly question: DamageQuestion;
	readonly damage: Damage;
}

/** Cached results: enough to return to earlier sides and see their figures at once. */
const MAX_CACHED_RESULTS = 16;

/** Loss of a small model of A's ids that is served B's, measured on request, text by text. */
export class DamageState {
	/** Newest first. */
	#results = $state.raw<readonly DamageResult[]>([]);
	/** Unanswered questions of the latest request. The first is being measured. */
	#queue = $state.raw<readonly DamageQuestion[]>([]);
	readonly #workers: DamageWorkers;
	readonly #notes: readonly DamageNote[];
	readonly #query = new WorkerQuery<readonly DamageQuestion[], void>(
		(questions, options) => this.#measureEach(questions, options),
		{ policy: 'replace', isSame: Object.is }
	);

	/** @param notes caveats in every report */
	constructor(workers: DamageWorkers, notes: readonly DamageNote[]) {
		this.#workers = workers;
		this.#notes = notes;
	}

	get status() {
		return this.#query.status;
	}
	/** Progress on the text that is being measured; `null` if none was reported yet. */
	get progress() {
		return this.#query.progress;
	}
	get error() {
		return this.#query.error;
	}

	/** The measurement of a question; `null` if there is none. */
	of(question: DamageQuestion): Damage | null {
		return this.#results.find((result) => isSame(result.question, question))?.damage ?? null;
	}

	/** Whether a question is being measured or waits for others; `null` if neither. */
	stageOf(question: DamageQuestion): 'measuring' | 'waiting' | null {
		if (this.status !== 'loading') return null;
		const index = this.#queue.findIndex((queued) => isSame(queued, question));
		return index < 0 ? null : index === 0 ? 'measuring' : 'waiting';
	}

	/** Findings on those of the questions that were measured, in order; `null` if none was. */
	findingsOf(questions: readonly DamageQuestion[]): DamageFindings | null {
		const measurements = questions.flatMap((question) => {
			const damage = this.of(question);
			return damage ? [{ corpus: question.text.name, damage }] : [];
		});
		return measurements.length === 0 ? null : { measurements, notes: this.#notes };
	}

	/** Cancels the request and forgets its error, unless it asks only about these questions. */
	follow(...questions: readonly DamageQuestion[]): void {
		untrack(() => {
			const isFollowed = this.#query.input?.every((asked) =>
				questions.some((question) => isSame(asked, question))
			);
			if (isFollowed === false) this.#query.forget();
		});
	}

	/** Measures one question after another. Each result can be read as soon as it arrives. */
	measure(...questions: readonly DamageQuestion[]): Promise<void> {
		return this.#query.ask(questions);
	}

	async #measureEach(
		questions: readonly DamageQuestion[],
		{ signal, onprogress }: QueryOptions
	): Promise<void> {
		this.#queue = questions;
		for (const question of questions) {
			onprogress(null);
			const { sides, rows, text } = question;
			const documents = await text.documents();
			signal.throwIfAborted();
			const params = { a: sides.a, b: sides.b, rows, documents };
			const damage = await this.#workers.damage(params, { signal, onprogress });
			signal.throwIfAborted();
			this.#cache({ question, damage });
			this.#queue = this.#queue.slice(1);
		}
	}

	#cache(result: DamageResult): void {
		const others = this.#results.filter(({ question }) => !isSame(question, result.question));
		this.#results = [result, ...others].slice(0, MAX_CACHED_RESULTS);
	}

	/** Stops measuring. Earlier results stay. */
	stop(): void {
		this.#query.forget();
	}
}

const isSame = (a: DamageQuestion, b: DamageQuestion): boolean =>
	a.sides === b.sides && a.rows === b.rows && a.text.id === b.text.id;
