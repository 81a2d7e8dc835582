import type { Encoding } from '../../../engine';
import { untrack } from 'svelte';
import type { SideBySide } from '../../../drift/text/side-by-side';
import type { TextFindings } from '../../../drift/types';
import { decodeUtf8 } from '../../../engine/text';
import { WorkerQuery, type QueryOptions } from '../../../session/worker-query.svelte';
import type { DriftSides } from '../../../session/links/drift-side';
import type { DriftCalls } from '../worker';
import type { Workers } from '../../../workers/pool';

/** The worker calls that the state needs; a test passes a plain object. */
export type DiffTextWorkers = Pick<Workers<DriftCalls>, 'driftText' | 'driftSides'>;

/** One side of a text diff. */
export interface TextSide {
	readonly name: string;
	readonly encoding: Encoding;
	/** One byte a token: 0 alike, 1 split differently, 2 another id. */
	readonly looks: Uint8Array;
}

export interface DiffDocument {
	readonly name: string;
	/** UTF-8. */
	readonly text: Uint8Array;
}

/** One document under both sides, ready to be drawn. */
export interface DrawnDiff extends SideBySide {
	readonly sides: DriftSides;
	readonly document: DiffDocument;
	/** The document, decoded. */
	readonly text: string;
}

/** Bytes of a document above which its answer takes longer to receive than a frame may. */
const LARGE_BYTES = 50_000;

/** Documents under two sides, and which of them is drawn. */
interface TextInput {
	readonly sides: DriftSides;
	readonly documents: readonly DiffDocument[];
	/** Index of the document that is drawn. */
	readonly chosen: number;
}

/** Documents under both sides of a diff, and one of them side by side. */
export class DiffText {
	/** Of all documents of an input. They arrive before the chosen document is drawn. */
	#found = $state.raw<(Omit<TextInput, 'chosen'> & { readonly findings: TextFindings }) | null>(
		null
	);
	readonly #workers: DiffTextWorkers;
	readonly #query = new WorkerQuery<TextInput, DrawnDiff>(
		(input, options) => this.#compare(input, options),
		{
			policy: 'replace',
			isSame: (a, b) =>
				a.sides === b.sides && a.chosen === b.chosen && sameDocuments(a.documents, b.documents)
		}
	);

	constructor(
		workers: DiffTextWorkers,
		first: {
			readonly sides: DriftSides;
			readonly document: DiffDocument;
			readonly drawn: SideBySide;
			readonly findings: TextFindings;
		} | null = null
	) {
		this.#workers = workers;
		if (!first) return;
		const { sides, document, findings } = first;
		const documents = [document];
		this.#found = { sides, documents, findings };
		this.#query.seed({ sides, documents, chosen: 0 }, drawnOf(first.drawn, sides, document));
	}

	/** Of all documents under the sides that are followed; `null` until they are known. */
	get findings(): TextFindings | null {
		const { input } = this.#query;
		return input && this.#isFound(input) ? (this.#found?.findings ?? null) : null;
	}
	/** Findings for a report on two sides; `null` until they are known. */
	findingsOf(sides: DriftSides): TextFindings | null {
		return sides === this.#found?.sides ? this.findings : null;
	}
	/** The chosen document side by side; it may lag behind, the status says so. */
	get drawn() {
		return this.#query.answer?.value ?? null;
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

	/** Compares documents under two sides, unless they are compared already. */
	follow(sides: DriftSides, documents: readonly DiffDocument[]): void {
		untrack(() => {
			const { input } = this.#query;
			const chosen = input && sameDocuments(documents, input.documents) ? input.chosen : 0;
			void this.#query.ask({ sides, documents, chosen });
		});
	}

	/** Puts another document side by side. */
	choose(document: number): void {
		const { input } = this.#query;
		if (!input || document === input.chosen || document >= input.documents.length) return;
		void this.#query.ask({ ...input, chosen: document });
	}

	stop(): void {
		this.#query.stop('Stopped. Change the text or a tokenizer to compare again.');
	}

	#isFound({ sides, documents }: TextInput): boolean {
		return this.#found?.sides === sides && this.#found.documents === documents;
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
		const drawn = drawnOf(answer, sides, document);
		// Receiving the answer to a large text is a task of its own, drawing it another.
		if (document.text.length > LARGE_BYTES) await new Promise((resolve) => setTimeout(resolve));
		return drawn;
	}
}

/** Whether documents are the same byte for byte. */
export const sameDocuments = (a: readonly DiffDocument[], b: readonly DiffDocument[]): boolean =>
	a.length === b.length &&
	a.every(({ name, text }, i) => name === b[i].name && sameBytes(text, b[i].text));

/** The same text may come in a new array; a different text is recognized at the first difference. */
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
	a === b || (a.length === b.length && a.every((byte, i) => byte === b[i]));

const drawnOf = (answer: SideBySide, sides: DriftSides, document: DiffDocument): DrawnDiff => ({
	...answer,
	sides,
	document,
	text: decodeUtf8(document.text)
});
