import type { Encoding } from '../../../engine';
import { untrack } from 'svelte';
import { haveSameBytes } from '../../../engine/text';
import type { SideBySide } from '../../../drift/text/side-by-side';
import { PLAIN_READING, type TextReading } from '../../../drift/text/read';
import type { TextFindings } from '../../../drift/types';
import type { DescribeToken } from '../../../session/calls/token-details';
import { WorkerQuery, type QueryOptions } from '../../../session/worker-query.svelte';
import type { DriftSides } from '../../../session/documents/diff';
import type { DriftCalls } from '../worker';
import type { Workers } from '../../../workers/pool';
import { TEXT_STOPPED } from './messages';

export type DiffTextWorkers = Pick<Workers<DriftCalls>, 'driftText'>;

export interface TextSide {
	readonly name: string;
	readonly encoding: Encoding;
	/**
	 * One byte per token: 0 if both sides have the same token, 1 if they split differently, 2 if only the id differs.
	 */
	readonly differs: Uint8Array;
	/** Text of each added token in the tokenizer's template, by id. */
	readonly names: ReadonlyMap<number, string>;
	/** Describes a token as the vocabulary stores it. */
	readonly describe?: DescribeToken;
}

interface TextInput {
	readonly sides: DriftSides;
	/** UTF-8 bytes. */
	readonly text: Uint8Array;
	readonly reading: TextReading;
}

/** Both sides' encodings of a text, ready for display. */
export interface DrawnDiff extends SideBySide, TextInput {}

/** Receiving the answer for a text larger than this takes longer than a frame. */
const LARGE_TEXT_BYTES = 50_000;

/** Compares how both sides of a diff encode a text, for side-by-side display. */
export class DiffText {
	/** The latest findings and side-by-side view, for an earlier input unless the status is `ready`. */
	readonly drawn: DrawnDiff;
	readonly #workers: DiffTextWorkers;
	readonly #query = new WorkerQuery<TextInput, DrawnDiff>(
		(input, options) => this.#compare(input, options),
		{
			policy: 'replace',
			isSame: isSameQuestion
		}
	);

	/** @param prerendered comparison to show until the first answer arrives */
	constructor(workers: DiffTextWorkers, prerendered: Omit<DrawnDiff, 'reading'>) {
		this.#workers = workers;
		const { sides, text } = prerendered;
		const first = { ...prerendered, reading: PLAIN_READING };
		this.#query.seed({ sides, text, reading: PLAIN_READING }, first);
		this.drawn = $derived(this.#query.answer?.value ?? first);
	}

	/** Findings to include in a report about `sides`; `null` until they are available. */
	findingsOf(sides: DriftSides): TextFindings | null {
		const { input } = this.#query;
		if (input === null || sides !== this.drawn.sides) return null;
		return this.#query.valueFor(input)?.findings ?? null;
	}
	get status() {
		return this.#query.status;
	}
	get progress() {
		return this.#query.progress;
	}
	get error() {
		return this.#query.error;
	}
	/** Compares how two sides encode a text, unless that comparison has already succeeded or failed. */
	follow(question: TextInput): void {
		untrack(() => {
			const { input } = this.#query;
			const hasFailed = this.status === 'error' && input && isSameQuestion(input, question);
			if (!hasFailed) void this.#query.ask(question);
		});
	}

	/** Whether {@link drawn} belongs to this text and these sides. */
	isOf(question: TextInput): boolean {
		const { input } = this.#query;
		return this.status === 'ready' && input !== null && isSameQuestion(input, question);
	}

	/** Retries the comparison after an error. */
	again(): void {
		const { input } = this.#query;
		if (this.status === 'error' && input) void this.#query.ask(input);
	}

	stop(): void {
		this.#query.stop(TEXT_STOPPED);
	}

	async #compare(input: TextInput, options: QueryOptions): Promise<DrawnDiff> {
		const { sides, text, reading } = input;
		const answer = await this.#workers.driftText({ ...sides, ...reading, text }, options);
		// Lets the browser handle input after the answer has arrived and before the page renders it.
		if (text.length > LARGE_TEXT_BYTES) await new Promise((resolve) => setTimeout(resolve));
		return { ...answer, ...input };
	}
}

const isSameReading = (a: TextReading, b: TextReading): boolean =>
	a.special === b.special && a.template === b.template;

const isSameQuestion = (a: TextInput, b: TextInput): boolean =>
	a.sides === b.sides && isSameReading(a.reading, b.reading) && haveSameBytes(a.text, b.text);
