import { untrack } from 'svelte';
import { makeReport } from '../../../drift/report';
import {
	isHarmful,
	type CheckId,
	type DriftReport,
	type SelfEncodeFindings
} from '../../../drift/types';
import type { DriftCalls, DriftProbes, DriftResult } from '../worker';
import { WorkerQuery } from '../../../session/worker-query.svelte';
import type { DriftSides, LinkedDiff } from '../../../session/documents/diff';
import type { Workers } from '../../../workers/pool';
import { COMPARISON_STOPPED } from './messages';

export type DriftWorkers = Pick<Workers<DriftCalls>, 'drift' | 'driftProbes'>;

/** The prerendered report. */
export interface FirstReport {
	readonly sides: DriftSides;
	readonly report: DriftReport;
	/** Whether the report is about the current text. */
	isOnText(): boolean;
}

/** Findings that other state objects add to the report. */
export interface OtherFindings extends Pick<DriftReport, 'text' | 'damage'> {
	readonly open: readonly OpenCheck[];
}

/** A check that should run but has no final answer: it's still running, or it was stopped or failed. */
interface OpenCheck {
	readonly id: CheckId;
	readonly isRunning: boolean;
}

const REPLACE_BY_IDENTITY = { policy: 'replace', isSame: Object.is } as const;

/** Compares two tokenizers. A quick verdict appears first; slower checks can then make that verdict worse. */
export class DiffState {
	readonly #question: () => LinkedDiff;
	/** Findings so far from additional inputs and the self-encode check; `null` before the first answer. */
	#probes = $state.raw<DriftProbes | null>(null);
	#isProbingStopped = $state(false);
	readonly #workers: DriftWorkers;
	readonly #otherFindings: () => OtherFindings;
	/** The latest report, which answers an earlier question unless {@link isCurrent}. */
	readonly report: DriftReport;
	readonly isPrerendered: boolean;
	/** The question that {@link report} answers. */
	readonly answered: LinkedDiff;
	/** Whether {@link report} belongs to the current sides and rows. */
	readonly isCurrent: boolean;
	readonly #query: WorkerQuery<LinkedDiff, DriftResult>;
	readonly #probing: WorkerQuery<LinkedDiff, void>;

	/**
	 * @param question the chosen sides and rows
	 * @param otherFindings other findings about {@link compared}
	 * @param first the prerendered report, shown until the first answer
	 */
	constructor(
		workers: DriftWorkers,
		question: () => LinkedDiff,
		otherFindings: () => OtherFindings,
		first: FirstReport
	) {
		this.#workers = workers;
		this.#question = question;
		this.#otherFindings = otherFindings;
		this.#query = new WorkerQuery<LinkedDiff, DriftResult>(
			({ sides, rows }, options) => workers.drift({ ...sides, rows }, options),
			{
				...REPLACE_BY_IDENTITY,
				onanswer: ({ input }) => {
					this.#probes = null;
					this.#isProbingStopped = false;
					void this.#probing.ask(input);
				}
			}
		);
		this.#probing = new WorkerQuery<LinkedDiff, void>(
			(input, { signal }) => this.#tryInputs(input, signal),
			REPLACE_BY_IDENTITY
		);
		const prerendered = { sides: first.sides, rows: null };
		this.answered = $derived(this.#query.answer?.input ?? prerendered);
		this.isCurrent = $derived(isSameDiff(this.answered, question()));
		// The prerendered report stays visible while the worker recomputes it step by step, because the last step
		// produces the same report.
		this.isPrerendered = $derived(
			!this.result ||
				(isSameDiff(this.answered, prerendered) &&
					first.isOnText() &&
					(this.#idsOf(this.#ownOpen, true).length > 0 || otherFindings().text === null))
		);
		this.report = $derived.by(() => {
			const { result } = this;
			if (!result || this.isPrerendered) return first.report;
			const { text, damage } = otherFindings();
			const { findings } = result;
			const { output, config, selfEncode } = this.#probes ?? { ...findings, selfEncode: null };
			return makeReport({ ...findings, output, config, selfEncode, text, damage });
		});
	}

	get sides() {
		return this.#question().sides;
	}
	/** Number of rows in the model's embedding matrix; `null` for the default. */
	get rows() {
		return this.#question().rows;
	}
	/**
	 * `ready` once there is a verdict on the current sides, whether prerendered or not, even if
	 * checks are still {@link running}.
	 */
	get status() {
		const { status } = this.#query;
		return status === 'idle' ? 'ready' : status;
	}
	get progress() {
		return this.#query.progress;
	}
	get error() {
		return this.#query.error;
	}
	/** The sides of the latest answer; `null` before the first answer. */
	get compared(): DriftSides | null {
		return this.#query.answer?.input.sides ?? null;
	}
	/** Findings about {@link compared}, and the bytes of both sides' tokens. */
	get result(): DriftResult | null {
		return this.#query.answer?.value ?? null;
	}
	get selfEncode(): SelfEncodeFindings | null {
		return this.#probes?.selfEncode ?? null;
	}
	/** Status of the slower checks, which try inputs and tokens; `stopped` if they were stopped or failed. */
	get probing(): 'running' | 'stopped' | 'done' {
		if (this.#probing.status === 'loading') return 'running';
		if (!this.#isProbingStopped && this.probesError === null) return 'done';
		// A new comparison will try the inputs again.
		return this.status === 'loading' ? 'running' : 'stopped';
	}
	/** Fraction of the inputs and tokens tried so far. */
	get probed(): number {
		return this.#probes?.share ?? 0;
	}
	get probesError() {
		return this.#probing.error;
	}
	/** Checks run by this class whose findings are still missing or provisional. */
	get #ownOpen(): readonly OpenCheck[] {
		const { output } = this.#probes ?? this.result?.findings ?? {};
		if (!output || this.probing === 'done') return [];
		const isRunning = this.probing === 'running';
		return [
			...(output.depth === 'quick' ? [{ id: 'output' as const, isRunning }] : []),
			{ id: 'self-encode', isRunning }
		];
	}
	#idsOf(open: readonly OpenCheck[], running: boolean): readonly CheckId[] {
		const isReady = this.status === 'ready';
		return open.filter(({ isRunning }) => (isReady && isRunning) === running).map(({ id }) => id);
	}
	get #open(): readonly OpenCheck[] {
		return this.compared ? [...this.#ownOpen, ...this.#otherFindings().open] : [];
	}
	get running(): readonly CheckId[] {
		return this.#idsOf(this.#open, true);
	}
	/** Checks in the report that should have run but were stopped, failed or can't be completed. */
	get unfinished(): readonly CheckId[] {
		const { running } = this;
		const incomplete = this.report.checks.filter(({ status }) => status === 'incomplete');
		const ids = new Set([...this.#idsOf(this.#open, false), ...incomplete.map(({ id }) => id)]);
		return [...ids].filter((id) => !running.includes(id));
	}
	/**
	 * `final` if the verdict can't get worse, because all checks have finished or it is already harmful. `unfinished` if
	 * no check is running but some were stopped, failed or can't be completed.
	 */
	get stage(): 'running' | 'unfinished' | 'final' {
		const { verdict } = this.report;
		if (this.isPrerendered || isHarmful(verdict)) return 'final';
		if (this.running.length > 0) return 'running';
		return this.unfinished.length > 0 ? 'unfinished' : 'final';
	}

	/**
	 * Compares the chosen sides, unless the last request was for the same sides. An effect that calls this doesn't
	 * depend on the answers, because they aren't read reactively.
	 */
	follow(): void {
		const { sides, rows } = this.#question();
		untrack(() => {
			const { input } = this.#query;
			if (input?.sides !== sides || input.rows !== rows) this.compare();
		});
	}

	/** Compares the current sides, even if the comparison failed before. */
	compare(): void {
		// Checks still running for the earlier verdict would only delay the new one.
		this.stopProbing();
		void this.#query.ask(this.#question());
	}

	/** Stops trying inputs and tokens but keeps the findings so far. */
	stopProbing(): void {
		if (this.probing !== 'running') return;
		this.#isProbingStopped = true;
		this.#probing.forget();
	}

	/** Resumes the checks that were stopped or failed. */
	resume(): void {
		const { answer } = this.#query;
		if (this.probing !== 'stopped' || !answer) return;
		this.#isProbingStopped = false;
		void this.#probing.ask(answer.input);
	}

	async #tryInputs({ sides, rows }: LinkedDiff, signal: AbortSignal): Promise<void> {
		// Each request tries only some inputs, so that the worker can handle other requests in between.
		for (let share = 0; share < 1;) {
			const found = await this.#workers.driftProbes({ ...sides, rows }, { signal });
			signal.throwIfAborted();
			this.#probes = found;
			({ share } = found);
		}
	}

	/** Stops the comparison but keeps the earlier verdict and the new sides. */
	stop(): void {
		this.#query.stop(COMPARISON_STOPPED);
	}
}

const isSameDiff = (a: LinkedDiff, b: LinkedDiff): boolean =>
	a.rows === b.rows && (a.sides === b.sides || JSON.stringify(a.sides) === JSON.stringify(b.sides));
