import type { SideBySide } from '../../../drift/text/side-by-side';
import type { TextFindings } from '../../../drift/types';
import { decodeUtf8 } from '../../../engine/text';
import { LongTask, type TaskOptions } from '../../../session/long-task.svelte';
import type { DriftSides } from '../../../session/links/drift-side';
import type { DriftCalls } from '../worker';
import type { Workers } from '../../../workers/pool';

/** What the state needs of the workers; a test passes a plain object. */
export type DiffTextWorkers = Pick<Workers<DriftCalls>, 'driftText' | 'driftSides'>;

export interface DiffDocument {
	readonly name: string;
	/** UTF-8. */
	readonly text: Uint8Array;
}

/** One document under both sides, ready to be drawn. */
export interface DrawnDiff extends SideBySide {
	readonly sides: DriftSides;
	readonly document: DiffDocument;
	/** What the document says. */
	readonly text: string;
}

/** Bytes of a document above which its answer takes longer to receive than a frame may. */
const LARGE = 50_000;

/** Documents under both sides of a diff, and one of them side by side. */
export class DiffText {
	#findings = $state.raw<TextFindings | null>(null);
	#drawn = $state.raw<DrawnDiff | null>(null);
	#chosen = $state(0);
	#sides: DriftSides | null = null;
	/** The sides that {@link #findings} are of. */
	#found = $state.raw<DriftSides | null>(null);
	#documents: readonly DiffDocument[] = [];
	readonly #workers: () => DiffTextWorkers;
	readonly #task = new LongTask();

	constructor(
		workers: () => DiffTextWorkers,
		first: {
			readonly sides: DriftSides;
			readonly document: DiffDocument;
			readonly drawn: SideBySide;
			readonly findings: TextFindings;
		} | null = null
	) {
		this.#workers = workers;
		if (!first) return;
		this.#sides = first.sides;
		this.#documents = [first.document];
		this.#findings = first.findings;
		this.#found = first.sides;
		this.#drawn = drawnOf(first.drawn, first.sides, first.document);
	}

	/** Of all documents under the sides that are followed; null until they are known. */
	get findings() {
		return this.#findings;
	}
	/** What a report of two sides says of the text; null while it is not known of these. */
	findingsOf(sides: DriftSides): TextFindings | null {
		return sides === this.#found ? this.#findings : null;
	}
	/** The chosen document side by side; it may lag behind, the status says so. */
	get drawn() {
		return this.#drawn;
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
	/** Which document is side by side, counted from 0. */
	get chosen() {
		return this.#chosen;
	}

	/** Compares documents under two sides, unless they are those that are known already. */
	follow(sides: DriftSides, documents: readonly DiffDocument[]): void {
		const same = sides === this.#sides && sameDocuments(documents, this.#documents);
		if (same && this.status !== 'error') return;
		if (!sameDocuments(documents, this.#documents)) this.#chosen = 0;
		this.#sides = sides;
		this.#documents = documents;
		this.#findings = null;
		this.#run();
	}

	/** Puts another document side by side. */
	choose(document: number): void {
		if (document === this.#chosen || document >= this.#documents.length) return;
		this.#chosen = document;
		this.#run();
	}

	stop(): void {
		this.#task.stop('Stopped. Change the text or a tokenizer to compare again.');
	}

	#run(): void {
		this.#task.giveUp();
		const sides = this.#sides;
		const document = this.#documents[this.#chosen];
		if (!sides || !document) return;
		void this.#task.run(
			(options) => this.#compare(sides, document, options),
			(drawn) => (this.#drawn = drawn)
		);
	}

	async #compare(
		sides: DriftSides,
		document: DiffDocument,
		options: TaskOptions
	): Promise<DrawnDiff> {
		const pair = { a: sides.a, b: sides.b, special: 'text' } as const;
		if (!this.#findings) {
			const documents = this.#documents;
			const findings = await this.#workers().driftText({ ...pair, documents }, options);
			options.signal.throwIfAborted();
			this.#findings = findings;
			this.#found = sides;
		}
		const answer = await this.#workers().driftSides({ ...pair, text: document.text }, options);
		const drawn = drawnOf(answer, sides, document);
		// Receiving the answer to a large text is a task of its own, drawing it another.
		if (document.text.length > LARGE) await new Promise((resolve) => setTimeout(resolve));
		return drawn;
	}
}

/** Whether documents are the same byte for byte. */
export const sameDocuments = (a: readonly DiffDocument[], b: readonly DiffDocument[]): boolean =>
	a.length === b.length &&
	a.every(({ name, text }, i) => name === b[i].name && sameBytes(text, b[i].text));

/** Bytes of the same text may come anew; a text that is another one is told by its first difference. */
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
	a === b || (a.length === b.length && a.every((byte, i) => byte === b[i]));

const drawnOf = (answer: SideBySide, sides: DriftSides, document: DiffDocument): DrawnDiff => ({
	...answer,
	sides,
	document,
	text: decodeUtf8(document.text)
});
