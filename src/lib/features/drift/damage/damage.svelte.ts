import { untrack } from 'svelte';
import type {
	Damage,
	DamageDocument,
	DamageFindings,
	DamageNote
} from '../../../drift/damage/types';
import { WorkerQuery, type QueryOptions } from '../../../session/worker-query.svelte';
import type { LinkedDiff } from '../../../session/documents/diff';
import type { DriftCalls } from '../worker';
import type { Workers } from '../../../workers/pool';

export type DamageWorkers = Pick<Workers<DriftCalls>, 'damage'>;

export interface DamageText {
	readonly name: string;
	readonly documents: () => Promise<readonly DamageDocument[]>;
}

/** Measures the loss of a small model trained on A's ids and served with B's. Runs on request, one text at a time. */
export class DamageState {
	/** The latest measurements, in the order of the texts. */
	#measured = $state.raw<{ readonly diff: LinkedDiff; readonly damages: readonly Damage[] }>();
	readonly #workers: DamageWorkers;
	readonly #texts: readonly DamageText[];
	readonly #notes: readonly DamageNote[];
	readonly #query = new WorkerQuery<LinkedDiff, void>(
		(diff, options) => this.#measureEach(diff, options),
		{ policy: 'replace', isSame: Object.is }
	);

	/** @param notes caveats to include in every report */
	constructor(workers: DamageWorkers, texts: readonly DamageText[], notes: readonly DamageNote[]) {
		this.#workers = workers;
		this.#texts = texts;
		this.#notes = notes;
	}

	get status() {
		return this.#query.status;
	}
	/** Progress on the current text; `null` if no progress has been reported yet. */
	get progress() {
		return this.#query.progress;
	}
	get error() {
		return this.#query.error;
	}

	/** Results so far for a pair of sides. While the status is `loading`, the next text is being measured. */
	of(diff: LinkedDiff): readonly Damage[] {
		return this.#measured && isSame(this.#measured.diff, diff) ? this.#measured.damages : [];
	}

	/** Findings about two sides; `null` if nothing was measured. */
	findingsOf(diff: LinkedDiff): DamageFindings | null {
		const measurements = this.of(diff).map((damage, i) => ({
			corpus: this.#texts[i].name,
			damage
		}));
		return measurements.length === 0 ? null : { measurements, notes: this.#notes };
	}

	/** Cancels the request and clears its error, unless the request is for these sides. */
	follow(diff: LinkedDiff): void {
		untrack(() => {
			const { input } = this.#query;
			if (input && !isSame(input, diff)) this.#query.forget();
		});
	}

	/** Measures the remaining texts one after another. Each result is shown as soon as it arrives. */
	measure(diff: LinkedDiff): Promise<void> {
		return this.#query.ask(diff);
	}

	async #measureEach(diff: LinkedDiff, { signal, onprogress }: QueryOptions): Promise<void> {
		const { sides, rows } = diff;
		for (const text of this.#texts.slice(this.of(diff).length)) {
			onprogress(null);
			const documents = await text.documents();
			signal.throwIfAborted();
			const params = { ...sides, rows, documents };
			const damage = await this.#workers.damage(params, { signal, onprogress });
			signal.throwIfAborted();
			this.#measured = { diff, damages: [...this.of(diff), damage] };
		}
	}

	/** Stops measuring. Keeps earlier results. */
	stop(): void {
		this.#query.forget();
	}
}

const isSame = (a: LinkedDiff, b: LinkedDiff): boolean => a.sides === b.sides && a.rows === b.rows;
