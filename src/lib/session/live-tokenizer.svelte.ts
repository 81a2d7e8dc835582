/** The live tokenizer: trained in the page, on the text that is compared or on an example. */
import { countDistinct } from '../tokenizers/count-distinct';
import { YOURS } from '../tokenizers/catalogue';
import { CORPORA } from './corpora';
import { YOURS_RULES } from './training-rules';
import { encodeUtf8 } from '../engine/text';
import { encodingAfter } from '../engine/train';
import type { RequestOptions } from '../workers/client';
import type { TrainResult } from './worker/training';
import type { LiveTokenizerLink } from './links/compare';
import type { Drawn } from './card.svelte';
import { presetCorpus } from './corpus';
import type { TrainingWorkers } from './worker/training';

/** Source: the text that is compared. */
export const THIS_TEXT = 'text';

interface Answered {
	readonly document: Uint8Array;
	readonly result: TrainResult;
}

export class LiveTokenizer {
	readonly id = YOURS;
	#source = $state<string>(THIS_TEXT);
	/** `null`: all. */
	#merges = $state<number | null>(null);
	#last = $state(0);
	#answered: Answered | null = null;
	/** Numbers the trainings: the worker holds one, and only its answer may be drawn. */
	#runs = 0;
	readonly #workers: Pick<TrainingWorkers, 'train'>;

	constructor(workers: Pick<TrainingWorkers, 'train'>) {
		this.#workers = workers;
	}

	/** Takes over the number of merges of the prerendered training. */
	showPrerendered(merges: number): void {
		if (this.#runs === 0) this.#last = merges;
	}

	/** Its corpus: {@link THIS_TEXT}, or the id of an example corpus. */
	get source(): string {
		return this.#source;
	}
	/** Merges that are used. */
	get merges(): number {
		return Math.min(this.#merges ?? this.#last, this.#last);
	}
	/** Merges there are. */
	get last(): number {
		return this.#last;
	}

	/** @param merges to use; `null` for all */
	setMerges(merges: number | null): void {
		this.#merges = merges === this.#last ? null : merges;
	}

	/** A different corpus gives different merges: all of them are used. */
	setSource(source: string): void {
		this.#source = source;
		this.#merges = null;
	}

	/** Source and merges as a link has them. */
	get link(): LiveTokenizerLink {
		return { corpus: this.#source === THIS_TEXT ? null : this.#source, merges: this.#merges };
	}

	/** Takes over source and merges from a link. @returns whether the source changed */
	take({ corpus, merges }: LiveTokenizerLink): boolean {
		const source = corpus ?? THIS_TEXT;
		const changed = source !== this.#source;
		this.#source = source;
		this.#merges = merges;
		return changed;
	}

	/** The latest text under the current merges; `null` before the first training. */
	drawn(): Drawn | null {
		if (!this.#answered) return null;
		const { document, result } = this.#answered;
		const { steps, tokens, training } = result;
		const encoding = encodingAfter(steps, this.merges, tokens);
		const made = training.products.subarray(0, this.merges);
		return {
			document,
			encoding,
			distinct: countDistinct(encoding.ids),
			vocabularySize: made.reduce((size, id) => Math.max(size, id + 1), training.alphabet.length),
			outOfRange: []
		};
	}

	/**
	 * Trains, and encodes a text (UTF-8).
	 * @throws WorkerError, DownloadError; DOMException if another answer was asked for meanwhile
	 */
	async answer(document: Uint8Array, options: RequestOptions): Promise<Drawn> {
		const run = ++this.#runs;
		const corpus = await this.#corpus(document);
		const params = {
			session: YOURS,
			run,
			corpus: { text: corpus },
			rules: YOURS_RULES,
			text: document
		};
		const result = corpus.length > 0 ? await this.#workers.train(params, options) : null;
		options.signal?.throwIfAborted();
		if (run !== this.#runs) throw new DOMException('Another was asked for.', 'AbortError');
		this.#answered = result && { document, result };
		this.#last = result?.training.products.length ?? 0;
		return this.drawn() ?? NOTHING;
	}

	async #corpus(document: Uint8Array): Promise<Uint8Array> {
		const preset = CORPORA.find(({ id }) => id === this.#source);
		if (!preset) return document;
		const corpus = await presetCorpus(preset);
		return corpus.kind === 'text' ? encodeUtf8(corpus.text) : document;
	}
}

const NOTHING: Drawn = {
	document: new Uint8Array(),
	encoding: { ids: new Uint32Array(), byteStarts: new Uint32Array(), byteEnds: new Uint32Array() },
	distinct: 0,
	vocabularySize: 256,
	outOfRange: []
};
