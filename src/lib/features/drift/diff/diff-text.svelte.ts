import type { Encoding } from '../../../engine';
import { untrack } from 'svelte';
import type { SideBySide } from '../../../drift/text/side-by-side';
import type { TextFindings } from '../../../drift/types';
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
}

/** Size above which the answer about a document takes longer than a frame to receive. */
const LARGE_DOCUMENT_BYTES = 50_000;

/** Documents in two sides, and which of them is drawn. */
interface TextInput {
	readonly sides: DriftSides;
	readonly documents: readonly DiffDocument[];
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
		(input, options) => this.#compare(input, options),
		{
			policy: 'replace',
			isSame: (a, b) =>
				a.sides === b.sides && a.chosen === b.chosen && sameDocuments(a.documents, b.documents)
		}
	);

	/** @param first the prerendered comparison, shown until the first answer */
	constructor(
		workers: DiffTextWorkers,
		{ findings, ...first }: DrawnDiff & { readonly findings: TextFindings }
	) {
		this.#workers = workers;
		const { sides } = first;
		const documents = [first.document];
		this.#found = $state.raw({ sides, documents, findings });
		this.#query.seed({ sides, documents, chosen: 0 }, first);
		this.drawn = $derived(this.#query.answer?.value ?? first);
	}

	/** Findings on all documents in the followed sides; `null` until they are known. */
	get findings(): TextFindings | null {
		const { input } = this.#query;
		return input && this.#isFound(input) ? this.#found.findings : null;
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

	/** Compares documents in two sides, unless they are compared already. */
	follow(sides: DriftSides, documents: readonly DiffDocument[]): void {
		untrack(() => {
			const { input } = this.#query;
			const chosen = input && sameDocuments(documents, input.documents) ? input.chosen : 0;
			void this.#query.ask({ sides, documents, chosen });
		});
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

	#isFound({ sides, documents }: TextInput): boolean {
		return this.#found.sides === sides && this.#found.documents === documents;
	}

	async #compare(input: TextInput, options: QueryOptions): Promise<DrawnDiff> {
		const { sides, documents, chosen } = input;
		if (!this.#isFound(input)) {
			const findings = await this.#workers.driftText({ ...sides, documents }, options);
			options.signal.throwIfAborted();
			this.#found = { sides, documents, findings };
		}
		const document = documents[chosen];
		const answer = await this.#workers.driftSides({ ...sides, text: document.text }, options);
		// Lets the browser handle input between receiving the answer and drawing it.
		if (document.text.length > LARGE_DOCUMENT_BYTES)
			await new Promise((resolve) => setTimeout(resolve));
		return { ...answer, sides, document };
	}
}

/** Whether documents have the same names and bytes. */
export const sameDocuments = (a: readonly DiffDocument[], b: readonly DiffDocument[]): boolean =>
	a.length === b.length &&
	a.every(({ name, text }, i) => name === b[i].name && sameBytes(text, b[i].text));

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
	a === b || (a.length === b.length && a.every((byte, i) => byte === b[i]));
