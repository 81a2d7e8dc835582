import type { Encoding } from '../../../engine';
import { untrack } from 'svelte';
import { haveSameBytes } from '../../../engine/text';
import type { SideBySide } from '../../../drift/text/side-by-side';
import { PLAIN_READING, type TextReading } from '../../../drift/text/read';
import type { TextFindings } from '../../../drift/types';
import type { DescribeToken } from '../../../session/calls/token-details';
import { WorkerQuery, type QueryOptions } from '../../../session/worker-query.svelte';
import type { DriftSides } from '../../../session/links/diff';
import type { DriftCalls } from '../worker';
import type { Workers } from '../../../workers/pool';
import { TEXT_STOPPED } from './messages';

/** The worker calls that the state needs; a test passes a plain object. */
export type DiffTextWorkers = Pick<Workers<DriftCalls>, 'driftText' | 'driftSides'>;

/** One side of a text diff. */
export interface TextSide {
	readonly name: string;
	readonly encoding: Encoding;
	/** One byte per token: 0 the same, 1 split differently, 2 a different id. */
	readonly differs: Uint8Array;
	/** Texts of the added tokens of its template, by id. */
	readonly names: ReadonlyMap<number, string>;
	/** Tells what the vocabulary says about a token. */
	readonly describe?: DescribeToken;
}

export interface DiffDocument {
	readonly name: string;
	/** UTF-8. */
	readonly text: Uint8Array;
}

/** One document in both sides, ready to be drawn. */
export interface DrawnDiff extends SideBySide {
	readonly sides: DriftSides;
	readonly document: DiffDocument;
	readonly reading: TextReading;
}

/** Size above which the answer about a document takes longer than a frame to receive. */
const LARGE_DOCUMENT_BYTES = 50_000;

/** Documents in two sides, and which of them is drawn. */
interface TextInput {
	readonly sides: DriftSides;
	readonly documents: readonly DiffDocument[];
	readonly reading: TextReading;
	/** Index of the document that is drawn. */
	readonly chosen: number;
}

/** Compares documents in both sides of a diff, and draws one of them side by side. */
export class DiffText {
	/** Findings on all documents of an input. They arrive before the chosen document is drawn. */
	#found: Omit<TextInput, 'chosen'> & { readonly findings: TextFindings };
	/** Side-by-side view of the chosen document; of an earlier input unless the status is `ready`. */
	readonly drawn: DrawnDiff;
	readonly #workers: DiffTextWorkers;
	readonly #query = new WorkerQuery<TextInput, DrawnDiff>(
		(input, options) => this.#shared(input, options),
		{
			policy: 'replace',
			isSame: (a, b) => a.chosen === b.chosen && isSameQuestion(a, b)
		}
	);

	/** @param prerendered the comparison that is shown until the first answer */
	constructor(
		workers: DiffTextWorkers,
		{ findings, ...prerendered }: Omit<DrawnDiff, 'reading'> & { readonly findings: TextFindings }
	) {
		this.#workers = workers;
		const { sides } = prerendered;
		const first = { ...prerendered, reading: PLAIN_READING };
		const question = { sides, documents: [first.document], reading: PLAIN_READING };
		this.#found = $state.raw({ ...question, findings });
		this.#query.seed({ ...question, chosen: 0 }, first);
		this.drawn = $derived(this.#query.answer?.value ?? first);
	}

	/** Findings on all documents in the followed sides; `null` until they are known. */
	get findings(): TextFindings | null {
		const { input } = this.#query;
		return input && this.#isFound(input) ? this.#found.findings : null;
	}
	/** The latest findings, perhaps on an earlier input. */
	get latestFindings(): TextFindings {
		return this.#found.findings;
	}
	/** Findings for a report on two sides; `null` until they are known. */
	findingsOf(sides: DriftSides): TextFindings | null {
		return sides === this.#found.sides ? this.findings : null;
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
	/** Index of the document that is side by side. */
	get chosen() {
		return this.#query.input?.chosen ?? 0;
	}

	/**
	 * Compares documents in two sides, unless they are compared already or could not be: an error is an answer.
	 */
	follow(sides: DriftSides, documents: readonly DiffDocument[], reading: TextReading): void {
		untrack(() => {
			const { input } = this.#query;
			const chosen = input && sameDocuments(documents, input.documents) ? input.chosen : 0;
			const question = { sides, documents, reading, chosen };
			const hasFailed = this.status === 'error' && input && isSameQuestion(input, question);
			if (!hasFailed) void this.#query.ask(question);
		});
	}

	/** Whether {@link drawn} is of these documents in these sides. */
	isOf(sides: DriftSides, documents: readonly DiffDocument[], reading: TextReading): boolean {
		const { input } = this.#query;
		const question = { sides, documents, reading };
		return this.status === 'ready' && input !== null && isSameQuestion(input, question);
	}

	/** Compares again after an error. */
	again(): void {
		const { input } = this.#query;
		if (this.status === 'error' && input) void this.#query.ask(input);
	}

	/** Draws another document side by side. */
	choose(document: number): void {
		const { input } = this.#query;
		if (!input || document === input.chosen || document >= input.documents.length) return;
		void this.#query.ask({ ...input, chosen: document });
	}

	stop(): void {
		this.#query.stop(TEXT_STOPPED);
	}

	#isFound(input: TextInput): boolean {
		return isSameQuestion(this.#found, input);
	}

	async #shared(input: TextInput, options: QueryOptions): Promise<DrawnDiff> {
		const { sides, documents, reading, chosen } = input;
		if (!this.#isFound(input)) {
			const findings = await this.#workers.driftText({ ...sides, ...reading, documents }, options);
			options.signal.throwIfAborted();
			this.#found = { sides, documents, reading, findings };
		}
		const document = documents[chosen];
		const { text } = document;
		const answer = await this.#workers.driftSides({ ...sides, ...reading, text }, options);
		// Lets the browser handle input between receiving the answer and drawing it.
		if (text.length > LARGE_DOCUMENT_BYTES) await new Promise((resolve) => setTimeout(resolve));
		return { ...answer, sides, document, reading };
	}
}

const isSameReading = (a: TextReading, b: TextReading): boolean =>
	a.special === b.special && a.template === b.template;

const isSameQuestion = (a: Omit<TextInput, 'chosen'>, b: Omit<TextInput, 'chosen'>): boolean =>
	a.sides === b.sides &&
	isSameReading(a.reading, b.reading) &&
	sameDocuments(a.documents, b.documents);

/** Whether documents have the same names and bytes. */
export const sameDocuments = (a: readonly DiffDocument[], b: readonly DiffDocument[]): boolean =>
	a === b ||
	(a.length === b.length &&
		a.every(({ name, text }, i) => name === b[i].name && haveSameBytes(text, b[i].text)));
