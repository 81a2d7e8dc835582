import { concludeDrift } from '../../../drift/conclude';
import type {
	CheckId,
	DamageFindings,
	DriftReport,
	SelfEncodeFindings,
	TextFindings
} from '../../../drift/types';
import type { DriftCalls, DriftProbes, DriftResult } from '../worker';
import { LongTask } from '../../../session/long-task.svelte';
import { messageOf } from '../../../session/message-of';
import type { DriftSide, DriftSides } from '../../../session/links/drift-side';
import type { Workers } from '../../../workers/pool';

/** What the state needs of the workers; a test passes a plain object. */
export type DriftWorkers = Pick<Workers<DriftCalls>, 'drift' | 'driftProbes' | 'selfEncode'>;

/** What is found elsewhere and belongs into the report: of a text, and of a measurement. */
export interface FoundElsewhere {
	readonly text: TextFindings | null;
	readonly damage: DamageFindings | null;
}

/** Compares two tokenizers. The verdict comes first; what takes longer is added to it and may make it worse. */
export class DiffState {
	#sides = $state.raw<DriftSides>({
		a: { tokenizer: '', edits: [] },
		b: { tokenizer: '', edits: [] }
	});
	#rows = $state.raw<number | null>(null);
	#result = $state.raw<DriftResult | null>(null);
	/** The sides that {@link #result} is of. */
	#compared = $state.raw<DriftSides | null>(null);
	/** What more inputs showed so far; `null` before the first answer. */
	#probes = $state.raw<DriftProbes | null>(null);
	#probing = $state.raw<'running' | 'stopped' | 'done'>('done');
	#probesError = $state.raw<string | null>(null);
	#probesAbort = new AbortController();
	#selfEncode = $state.raw<SelfEncodeFindings | null>(null);
	#selfEncodeError = $state.raw<string | null>(null);
	/** What came with the page; null once something of the user's takes its place. */
	#first = $state.raw<DriftReport | null>(null);
	readonly #workers: () => DriftWorkers;
	readonly #elsewhere: () => FoundElsewhere;
	readonly #report: DriftReport | null;
	/** The sides whose tokens are being encoded, or were. */
	#encoding: DriftSides | null = null;
	/** Says that the comparison was given up. */
	#signal = $state.raw<AbortSignal | null>(null);
	readonly #task = new LongTask();

	/**
	 * @param workers asked for when the first request is made, so that a server never starts any
	 * @param elsewhere of the sides that are compared
	 */
	constructor(
		workers: () => DriftWorkers,
		elsewhere: () => FoundElsewhere,
		first: { readonly sides: DriftSides; readonly report: DriftReport }
	) {
		this.#workers = workers;
		this.#elsewhere = elsewhere;
		this.#sides = first.sides;
		this.#first = first.report;
		this.#report = $derived.by(() => {
			if (!this.#result) return this.#first;
			const { text, damage } = this.#elsewhere();
			const selfEncode = this.#selfEncode;
			const { findings } = this.#result;
			const { output, config } = this.#probes ?? findings;
			return concludeDrift({ ...findings, output, config, selfEncode, text, damage });
		});
	}

	get sides() {
		return this.#sides;
	}
	/** Rows of the model's embedding; null for A's largest id + 1. */
	get rows() {
		return this.#rows;
	}
	/** `ready` once there is a verdict on the sides as they are; checks may still be {@link running}. */
	get status() {
		return this.#task.status;
	}
	get progress() {
		return this.#task.progress;
	}
	get error() {
		return this.#task.error;
	}
	/** Why the tokens could not all be encoded; null while nothing is wrong. */
	get selfEncodeError() {
		return this.#selfEncodeError;
	}
	/** The last verdict; it may lag behind the sides, the status says so. */
	get report(): DriftReport | null {
		return this.#report;
	}
	/** The sides that the report is of, and what can be looked up of them; null for what came with the page. */
	get compared() {
		return this.#compared;
	}
	get result() {
		return this.#result;
	}
	get selfEncode() {
		return this.#selfEncode;
	}
	/** Whether more inputs are being tried: what they show may still make the verdict worse. */
	get probing() {
		return this.#probing;
	}
	/** Share of the inputs that were tried. */
	get probed(): number {
		return this.#probes?.share ?? 0;
	}
	/** Why no more inputs could be tried; `null` if nothing is wrong. */
	get probesError() {
		return this.#probesError;
	}
	/** Checks of the report that are running. */
	get running(): readonly CheckId[] {
		if (!this.#compared || this.status !== 'ready') return [];
		const isOpen = !this.#selfEncode && this.#selfEncodeError === null;
		return [
			...(this.#probing === 'running' ? (['output'] as const) : []),
			...(isOpen ? (['self-encode'] as const) : [])
		];
	}

	setSide(side: 'a' | 'b', to: DriftSide): void {
		this.set({ ...this.#sides, [side]: to }, this.#rows);
	}

	setRows(rows: number | null): void {
		this.set(this.#sides, rows);
	}

	swap(): void {
		this.set({ a: this.#sides.b, b: this.#sides.a }, this.#rows);
	}

	/** Takes over both sides and the rows, and compares anew. */
	set(sides: DriftSides, rows: number | null): void {
		this.#sides = sides;
		this.#rows = rows;
		this.compare();
	}

	/** Compares the sides as they are; also once more after an error. */
	compare(): void {
		const sides = this.#sides;
		void this.#task.run(
			(options) => this.#workers().drift({ ...sides, rows: this.#rows }, options),
			(result, signal) => {
				// Rows change nothing about what tokens encode to.
				const known = this.#compared === sides && this.#selfEncode !== null;
				this.#result = result;
				this.#compared = sides;
				this.#first = null;
				this.#signal = signal;
				this.#probes = null;
				this.#probing = 'done';
				if (result.findings.output.depth === 'quick') void this.#tryInputs(sides, signal);
				if (known) return;
				this.#selfEncode = null;
				this.#selfEncodeError = null;
				this.#encoding = null;
			}
		);
	}

	/** Stops trying more inputs; what they showed so far stays. */
	stopProbing(): void {
		if (this.#probing !== 'running') return;
		this.#probing = 'stopped';
		this.#probesAbort.abort();
	}

	/** Goes on trying inputs after a stop. */
	resumeProbing(): void {
		const sides = this.#compared;
		if (this.#probing === 'stopped' && sides && this.#signal) {
			void this.#tryInputs(sides, this.#signal);
		}
	}

	/** @param given says that the comparison was given up */
	async #tryInputs(sides: DriftSides, given: AbortSignal): Promise<void> {
		this.#probing = 'running';
		this.#probesError = null;
		this.#probesAbort = new AbortController();
		const signal = AbortSignal.any([given, this.#probesAbort.signal]);
		const rows = this.#rows;
		try {
			// Each answer is a part of the work, so that the worker can do other things in between.
			for (let share = 0; share < 1;) {
				const found = await this.#workers().driftProbes({ ...sides, rows }, { signal });
				signal.throwIfAborted();
				this.#probes = found;
				({ share } = found);
			}
			this.#probing = 'done';
		} catch (error) {
			if (signal.aborted) return;
			this.#probing = 'done';
			this.#probesError = messageOf(error);
		}
	}

	/** Stops what is going on; the verdict before stays, and so do the sides that were asked for. */
	stop(): void {
		this.#task.stop('Stopped.');
	}

	/**
	 * Has every token of both sides encoded, once. It takes seconds, and the workers do one thing after
	 * another: to be called when what is looked at first has been asked for.
	 */
	encodeTokens(): void {
		const sides = this.#compared;
		if (!sides || !this.#signal || this.#encoding === sides) return;
		this.#encoding = sides;
		void this.#encodeTokens(sides, this.#signal);
	}

	async #encodeTokens(sides: DriftSides, signal: AbortSignal): Promise<void> {
		try {
			const found = await this.#workers().selfEncode(sides, { signal });
			signal.throwIfAborted();
			this.#selfEncode = found;
		} catch (error) {
			if (!signal.aborted) this.#selfEncodeError = messageOf(error);
		}
	}
}
