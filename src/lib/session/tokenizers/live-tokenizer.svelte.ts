import { encodeUtf8 } from '../../engine/text';
import type { MergeSteps } from '../../engine/train';
import { LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import type { RequestOptions } from '../../workers/client';
import { CORPORA, LIVE_RULES, loadCorpus } from '../downloads/corpora';
import { describeTrained, type TokenDetails } from '../calls/token-details';
import type { Drawn, EncodeResult } from '../calls/tokenizing';
import { encodeTrained, type TrainingWorkers, type TrainResult } from '../calls/training';

/** Source of a live tokenizer that is trained on the compared text. */
export const THIS_TEXT = 'text';
/** Default source. A tokenizer trained on the compared text would look better than it is. */
export const DEFAULT_SOURCE = 'english';

/** A training run kept by the worker. */
interface Trained extends Pick<TrainResult, 'training' | 'tokens'> {
	readonly source: string;
	readonly run: number;
}

interface Answered {
	readonly document: Uint8Array;
	readonly trained: Trained;
	/** Encoding of the document with the first `merges` merges; `null` if `steps` provides the encoding. */
	readonly encoded: (EncodeResult & { readonly merges: number }) | null;
	/** Requested only when the number of merges changes, because steps take much more memory than an encoding. */
	readonly steps: MergeSteps | null;
}

type Workers = Pick<TrainingWorkers, 'train' | 'encodeTrained'>;

/** The live tokenizer: trained in the browser on an example corpus or on the compared text. */
export class LiveTokenizer {
	readonly id = LIVE_TOKENIZER;
	#source = $state<string>(DEFAULT_SOURCE);
	#merges = $state<number | null>(null);
	#last = $state(0);
	#answered: Answered | null = null;
	/** Number of the latest request. Answers to earlier requests are discarded. */
	#runs = 0;
	readonly #workers: Workers;

	constructor(workers: Workers) {
		this.#workers = workers;
	}

	/** Sets the number of merges to that of the prerendered tokenizer. */
	showPrerendered(merges: number): void {
		if (this.#runs === 0) this.#last = merges;
	}

	/** The tokenizer's corpus: {@link THIS_TEXT}, or the id of an example corpus. */
	get source(): string {
		return this.#source;
	}
	get merges(): number {
		return Math.min(this.#merges ?? this.#last, this.#last);
	}
	/** Number of merges in the latest training run. */
	get last(): number {
		return this.#last;
	}

	set source(source: string) {
		if (source === this.#source) return;
		this.#source = source;
		// A different corpus leads to different merges.
		this.#merges = null;
	}
	/** Number of merges selected; `null` for all. */
	get chosenMerges(): number | null {
		return this.#merges;
	}
	set chosenMerges(merges: number | null) {
		this.#merges = merges;
	}

	/**
	 * The latest text, encoded with the current merges; `null` before the first training run; `undefined` if the worker
	 * must encode again, because the corpus or the number of merges has changed.
	 */
	drawn(): Drawn | null | undefined {
		if (!this.#answered) return null;
		const { document, steps, encoded, trained } = this.#answered;
		const { merges } = this;
		if (trained.source !== this.#source) return undefined;
		if (steps) return { document, outOfRange: [], ...encodeTrained(trained, steps, merges) };
		if (encoded?.merges !== merges) return undefined;
		const { encoding, distinct, vocabularySize } = encoded;
		return { document, outOfRange: [], encoding, distinct, vocabularySize };
	}

	/** @throws Error before the first training run */
	describe(id: number): TokenDetails {
		if (!this.#answered) throw new Error('This tokenizer is not trained yet.');
		const { tokens, training } = this.#answered.trained;
		return describeTrained({ ...tokens, merges: training.merges }, id);
	}

	/**
	 * Encodes a text (UTF-8). If the corpus has changed, trains first.
	 * @throws WorkerError, DownloadError; AbortError if a later call replaces this one
	 */
	async answer(document: Uint8Array, options: RequestOptions): Promise<Drawn> {
		const run = ++this.#runs;
		const source = this.#source;
		const before = this.#answered;
		const isTrained = before?.trained.source === source && source !== THIS_TEXT;
		const answered =
			(isTrained && (await this.#encode(before, document, options))) ||
			(await this.#train({ source, run }, document, options));
		options.signal?.throwIfAborted();
		if (run !== this.#runs)
			throw new DOMException('A later request replaced this one.', 'AbortError');
		this.#answered = answered;
		this.#last = answered?.trained.training.products.length ?? 0;
		const drawn = this.drawn();
		// The number of merges has changed in the meantime.
		if (drawn === undefined) return this.answer(document, options);
		return drawn ?? NOTHING;
	}

	/** `null` if the worker no longer has the training run. */
	async #encode(
		{ document: before, trained }: Answered,
		text: Uint8Array,
		options: RequestOptions
	): Promise<Answered | null> {
		const { merges } = this;
		// If the text is the same, the user moved the slider. The steps give the encoding at every slider position.
		const withSteps = text === before;
		const params = { session: LIVE_TOKENIZER, run: trained.run, text, merges, withSteps };
		const result = await this.#workers.encodeTrained(params, options);
		if (!result) return null;
		const { steps, ...encoded } = result;
		return { document: text, trained, steps, encoded: steps ? null : { ...encoded, merges } };
	}

	/** @returns `null` if the corpus is empty */
	async #train(
		{ source, run }: Pick<Trained, 'source' | 'run'>,
		text: Uint8Array,
		options: RequestOptions
	): Promise<Answered | null> {
		const preset = CORPORA.find(({ id }) => id === source);
		const corpus = preset ? encodeUtf8(await loadCorpus(preset)) : text;
		if (corpus.length === 0) return null;
		const params = { session: LIVE_TOKENIZER, run, corpus: { text: corpus }, rules: LIVE_RULES };
		const { steps, training, tokens } = await this.#workers.train({ ...params, text }, options);
		return { document: text, trained: { source, run, training, tokens }, steps, encoded: null };
	}
}

const NOTHING: Drawn = {
	document: new Uint8Array(),
	encoding: { ids: new Uint32Array(), byteStarts: new Uint32Array(), byteEnds: new Uint32Array() },
	distinct: 0,
	vocabularySize: 256,
	outOfRange: []
};
