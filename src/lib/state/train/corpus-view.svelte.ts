import type { MergeSteps } from '../../engine';
import { encodeUtf8 } from '../../engine/text/utf8';
import { nextPlace, previousPlace } from '../../engine/train/steps';
import { Latest } from '../latest';
import type { Corpus } from './corpus';
import type { Trained, TrainingWorkers } from './train.svelte';

/** Bytes of the corpus whose steps are known at a time. */
const SECTION = 1_000_000;
/** Bytes that are drawn at a time. */
const WINDOW = 3_000;
const NEWLINE = 0x0a;

interface Section {
	/** First byte of the corpus that belongs to it. */
	readonly byteStart: number;
	readonly steps: MergeSteps;
}

interface Question {
	readonly trained: Trained;
	/** A byte of the corpus near which the section begins. */
	readonly byteStart: number;
}

/** The corpus as tokens: a section of it under the training, and the window that is drawn. */
export class CorpusView {
	#trained = $state.raw<Trained | null>(null);
	#section = $state.raw<Section | null>(null);
	/** First byte drawn, of the section. */
	#from = $state(0);
	#problem = $state<string | null>(null);
	readonly #latest: Latest<Question, Section>;

	constructor(workers: () => Pick<TrainingWorkers, 'steps'>) {
		this.#latest = new Latest(
			async ({ trained, byteStart }) => {
				const { start, text } = await readSection(trained.corpus, byteStart);
				const { feed } = trained.rules;
				return { byteStart: start, steps: await workers().steps({ ...trained.run, text, feed }) };
			},
			({ trained }, section) => {
				this.#trained = trained;
				this.#section = section;
				this.#from = 0;
			},
			(error) => (this.#problem = error instanceof Error ? error.message : String(error))
		);
	}

	get problem(): string | null {
		return this.#problem;
	}

	/** Steps of the section, the bytes of it to draw, and where they are in the corpus. */
	get window() {
		const section = this.#section;
		if (!section || !this.#trained) return null;
		const { bytes } = section.steps;
		const byteTo = lineEnd(bytes, this.#from, WINDOW);
		return {
			steps: section.steps,
			byteFrom: this.#from,
			byteTo,
			/** Of the corpus. */
			first: section.byteStart + this.#from,
			last: section.byteStart + byteTo,
			total: this.#trained.bytes
		};
	}

	/** Shows the corpus of a training; what is there already is not asked for. */
	follow(trained: Trained): void {
		this.#problem = null;
		if (this.#trained === trained) return;
		if (trained.corpus.kind === 'file' && trained.corpus.format === 'counts') {
			this.#trained = trained;
			this.#section = null;
			return;
		}
		this.#latest.ask({ trained, byteStart: 0 });
	}

	/** The next, or the previous, window of the corpus. */
	turn(direction: -1 | 1): void {
		const { window } = this;
		if (!window || !this.#trained || !this.#section) return;
		const { bytes } = window.steps;
		if (direction === 1) {
			if (window.byteTo < bytes.length) this.#from = window.byteTo;
			else if (window.last < window.total)
				this.#latest.ask({ trained: this.#trained, byteStart: window.last });
		} else if (window.byteFrom > 0) {
			this.#from = windowStart(bytes, Math.max(0, window.byteFrom - WINDOW));
		} else if (this.#section.byteStart > 0) {
			const byteStart = Math.max(0, this.#section.byteStart - SECTION);
			this.#latest.ask({ trained: this.#trained, byteStart });
		}
	}

	/**
	 * Goes to the next, or previous, place in the section that a merge made, beyond `byte` of the
	 * section; around the end of it when there is none.
	 * @returns where it begins and ends in the section; null when the section has none
	 */
	goToPlace(
		merge: number,
		direction: -1 | 1,
		byte: number
	): { readonly start: number; readonly end: number } | null {
		const steps = this.#section?.steps;
		if (!steps) return null;
		const found =
			direction === 1
				? (nextPlace(steps, merge, byte) ?? nextPlace(steps, merge, 0))
				: (previousPlace(steps, merge, byte) ?? previousPlace(steps, merge, steps.bytes.length));
		if (!found) return null;
		const { window } = this;
		if (window && (found.byteStart < window.byteFrom || found.byteEnd > window.byteTo)) {
			this.#from = windowStart(steps.bytes, found.byteStart);
		}
		return { start: found.byteStart, end: found.byteEnd };
	}
}

/** A section of the corpus: whole lines, where it has lines. */
async function readSection(
	corpus: Corpus,
	byteStart: number
): Promise<{ start: number; text: Uint8Array }> {
	if (corpus.kind === 'text') {
		const bytes = encodeUtf8(corpus.text);
		return { start: byteStart, text: bytes.slice(byteStart, lineEnd(bytes, byteStart, SECTION)) };
	}
	const { file } = corpus;
	// One byte more in front says whether the section begins with a line.
	const from = Math.max(0, byteStart - 1);
	const read = new Uint8Array(await file.slice(from, byteStart + 2 * SECTION).arrayBuffer());
	const begin =
		byteStart === 0
			? 0
			: Math.max(byteStart - from, read.subarray(0, SECTION).indexOf(NEWLINE) + 1);
	const start = characterStart(read, begin);
	return { start: from + start, text: read.slice(start, lineEnd(read, start, SECTION)) };
}

/** Where to end what begins at `from`, about `size` bytes on: after a line, else between characters. */
function lineEnd(bytes: Uint8Array, from: number, size: number): number {
	const end = from + size;
	if (end >= bytes.length) return bytes.length;
	const newline = bytes.lastIndexOf(NEWLINE, end - 1);
	return newline > from + size / 2 ? newline + 1 : characterStart(bytes, end);
}

/** Where a window begins that is to show `byte`: at its line, when that is near. */
function windowStart(bytes: Uint8Array, byte: number): number {
	const newline = byte === 0 ? -1 : bytes.lastIndexOf(NEWLINE, byte - 1);
	if (newline >= 0 && byte - newline < WINDOW / 2) return newline + 1;
	return newline < 0 && byte < WINDOW / 2 ? 0 : characterStart(bytes, byte);
}

/** The start of the character that holds a byte. */
function characterStart(bytes: Uint8Array, byte: number): number {
	let at = byte;
	while (at > 0 && at < bytes.length && (bytes[at] & 0xc0) === 0x80) at--;
	return at;
}
