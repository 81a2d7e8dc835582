import { tick, untrack } from 'svelte';
import { spanCount, type BoundaryComparison } from '../tokenizers/differing-spans';
import type { RequestOptions } from '../workers/client';
import type { Progress } from '../workers/protocol';
import {
	compareSplits,
	isSameQuestion,
	type Drawn,
	type Question,
	type TokenizingWorkers
} from './calls/tokenizing';
import { reasonOf } from './format';
import { nextFrame } from './in-time';
import type { PrerenderedText } from './prerender';
import type { LiveTokenizer } from './tokenizers/live-tokenizer.svelte';
import { WorkerQuery, type QueryOptions } from './worker-query.svelte';

/** Time after which an answer is late. A note that comes and goes would move what is below, and a fading one flicker. */
const LATE_MS = 300;

/** One tokenizer's answer as it is shown. Each part changes separately, so that progress redraws no token. */
export class Card {
	/** `ready` if `drawn` is of the current input. */
	status = $state<'loading' | 'ready' | 'error'>('loading');
	/** It may lag behind the input, as the status tells. */
	drawn = $state.raw<Drawn | null>(null);
	/** One byte per token of `drawn`: 1 if the tokenizers differ there. `null` if they are not compared. */
	differs = $state.raw<Uint8Array | null>(null);
	/** Whether the answer is awaited for longer than `LATE_MS`. */
	isLate = $state(false);
	#progress = $state.raw<Progress | null>(null);
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** `retry` if asking again may help. */
	error = $state.raw<{ readonly message: string; readonly retry: boolean } | null>(null);
	/** Asks the tokenizer. */
	readonly query: WorkerQuery<Question, Drawn>;

	/** @param onsettled called with each answer and error, which are not shown by themselves */
	constructor(
		answer: (input: Question, options: RequestOptions) => Promise<Drawn>,
		onsettled: () => void
	) {
		const ask = (input: Question, { signal }: QueryOptions) => {
			const onprogress = (progress: Progress) => {
				if (!signal.aborted) this.#progress = progress;
			};
			return answer(input, { signal, onprogress });
		};
		this.query = new WorkerQuery(ask, {
			policy: 'replace',
			isSame: Object.is,
			onanswer: onsettled,
			onerror: onsettled
		});
	}

	/** Progress of an answer that is late. */
	get progress(): Progress | null {
		return this.isLate ? this.#progress : null;
	}

	/** Waits for an answer to a new input. A card that waits already, while someone types, stays as it is. */
	ask(input: Question): void {
		this.status = 'loading';
		this.error = null;
		this.#timer ??= setTimeout(() => (this.isLate = true), LATE_MS);
		void this.query.ask(input);
	}

	show(drawn: Drawn, differs: Uint8Array | null): void {
		this.status = 'ready';
		this.drawn = drawn;
		this.differs = differs;
		this.error = null;
		this.#endWait();
	}

	fail(error: unknown): void {
		this.status = 'error';
		this.drawn = null;
		this.#endWait();
		const retry = error instanceof Error && 'retry' in error && error.retry === true;
		this.error = { message: reasonOf(error), retry };
	}

	#endWait(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.isLate = false;
		this.#progress = null;
	}
}

/** Worker calls that the state needs. A test passes a plain object. */
export type TokenizerCalls = Pick<TokenizingWorkers, 'encode' | 'spell' | 'compareBoundaries'>;

/** What the state needs of the tokenizer that the page trains, perhaps on the text itself. */
export type LiveAnswers = Pick<LiveTokenizer, 'answer' | 'drawn'> & { readonly id: string };

/** Tokenizers with their answers to one text. */
type Answered = readonly (readonly [id: string, drawn: Drawn])[];

interface Comparison {
	readonly input: Question;
	readonly base: string | null;
	readonly differences: Uint32Array;
	/** One byte per token, by tokenizer: 1 where the tokenizers differ. */
	readonly differs: ReadonlyMap<string, Uint8Array>;
}

const NOTHING: Question = { kind: 'ids', ids: new Uint32Array() };

const NO_DIFFERENCES = new Uint32Array();
/**
 * Above this many bytes, the text is drawn before the workers get it: for the first text in many scripts, a browser fetches
 * fonts, which takes several times as long beside busy workers.
 */
const MAX_BYTES_ASKED_AT_ONCE = 200_000;
/** Above this many bytes on all cards, a worker compares the answers. */
const MAX_BYTES_COMPARED_HERE = 1_000_000;
/** Above this many bytes, the cards are shown in several tasks. */
const MAX_BYTES_SHOWN_TOGETHER = 50_000;
/** From this many bytes on, the cards shown so far are drawn. Fewer are drawn together, with one layout. */
const MAX_BYTES_DRAWN_TOGETHER = 500_000;
/** Time after which the next card is shown in another task. */
const REVEAL_MS = 10;
/** Answers that arrive within this time after the first one are shown together. */
const GATHER_MS = 120;

/** The answers of several tokenizers to one text (or list of ids), and where they differ. */
export class Answers {
	#tokenizers = $state.raw<readonly string[]>([]);
	/** The tokenizer that the others are compared with; `null` to compare all with each other. */
	#base = $state.raw<string | null>(null);
	#comparison = $state.raw<Comparison | null>(null);
	/** Number of differing spans in the latest comparison, perhaps of an earlier input; `null` before the first. */
	differenceCount = $state<number | null>(null);
	readonly #cards = new Map<string, Card>();

	readonly #calls: TokenizerCalls;
	readonly #live: LiveAnswers | null;
	/** Replaced with every change, so that answers to one input are recognized by identity. */
	#input = $state.raw<Question>(NOTHING);
	/** Compares the answers that have arrived, and shows them. */
	readonly #showing = new WorkerQuery<Answered, void>(
		(answers, { signal }) => this.#show(answers, signal),
		{
			policy: 'replace',
			isSame: Object.is,
			// Without a comparison, the differences stay unmarked.
			onerror: (error) => console.error(error)
		}
	);
	#gathering: ReturnType<typeof setTimeout> | undefined;
	#warmUp = new AbortController();

	constructor(calls: TokenizerCalls, live: LiveAnswers | null = null) {
		this.#calls = calls;
		this.#live = live;
	}

	/**
	 * Asks tokenizers, if the question or the tokenizers changed. An effect that calls this depends on neither the answers nor
	 * what was asked before.
	 * @param base the tokenizer that the others are compared with; `null` to compare all with each other
	 */
	follow(question: Question, tokenizers: readonly string[], base: string | null = null): void {
		untrack(() => {
			const isSame = isSameQuestion(question, this.#input);
			const isSameBase = base === this.#base;
			this.#base = base;
			if (!isSame) this.#input = question;
			this.#setTokenizers(tokenizers, !isSame);
			if (!isSame) this.#restart();
			else if (!isSameBase) this.#settle();
		});
	}

	/** Begins with prerendered answers, without asking. @param document the text that they are of, as UTF-8 */
	showPrerendered(document: Uint8Array, results: PrerenderedText['results']): void {
		this.#input = { kind: 'text', document, special: 'text' };
		this.#tokenizers = Object.keys(results);
		for (const [id, result] of Object.entries(results))
			this.card(id).query.seed(this.#input, { document, outOfRange: [], ...result });
		this.#settle();
	}

	/** The latest question. */
	get question(): Question {
		return this.#input;
	}
	/** The tokenizers that answer this kind of question. The live one has no fixed ids. */
	get shown(): readonly string[] {
		return this.#input.kind === 'text'
			? this.#tokenizers
			: this.#tokenizers.filter((id) => id !== this.#live?.id);
	}
	/** Spans of the current text that the tokenizers split differently, as far as they have answered: pairs of byte offsets, `[start, end)`. */
	get differences(): Uint32Array {
		const comparison = this.#comparison;
		return comparison?.input === this.#input ? comparison.differences : NO_DIFFERENCES;
	}
	/** `ready` if the {@link differences} are those of all tokenizers that can answer the current input. */
	get comparison(): 'loading' | 'ready' | 'error' {
		if (this.#showing.status === 'error') return 'error';
		const comparison = this.#comparison;
		const isReady =
			comparison?.input === this.#input &&
			comparison.base === this.#base &&
			this.#tokenizers.every((id) => {
				const { status } = this.card(id);
				const isCompared = status === 'ready' && this.isCompared(id);
				return status !== 'loading' && comparison.differs.has(id) === isCompared;
			});
		return isReady ? 'ready' : 'loading';
	}

	/** Whether the splits of a tokenizer are compared. Those of the live one would differ nearly everywhere. */
	isCompared(id: string): boolean {
		return id !== this.#live?.id;
	}

	/** The card of a chosen tokenizer; the same object as long as it is chosen. */
	card(id: string): Card {
		let card = this.#cards.get(id);
		if (!card) {
			card = new Card(
				(input, options) => this.#answer(id, input, options),
				() => this.#gather()
			);
			this.#cards.set(id, card);
		}
		return card;
	}

	/** @param isAsked whether all are asked anyway */
	#setTokenizers(ids: readonly string[], isAsked: boolean): void {
		const before = this.#tokenizers;
		if (ids === before) return;
		this.#tokenizers = ids;
		for (const id of before) {
			if (ids.includes(id)) continue;
			this.#cards.get(id)?.query.forget();
			this.#cards.delete(id);
		}
		if (isAsked) return;
		const added = this.shown.filter((id) => !before.includes(id));
		for (const id of added) this.card(id).ask(this.#input);
		if (added.length === 0) this.#settle();
	}

	/** Asks again after an error. */
	retry(id: string): void {
		this.card(id).query.forget();
		this.card(id).ask(this.#input);
	}

	/** Draws the text in the live tokenizer again after that tokenizer changed. Asks it only if it must. */
	redrawLive(): void {
		const live = this.#live;
		// A pending answer will be of the tokenizer as it is then.
		if (!live || !this.shown.includes(live.id) || !this.#isSettled(live.id)) return;
		const drawn = live.drawn();
		if (drawn === undefined) this.retry(live.id);
		if (!drawn) return;
		const card = this.card(live.id);
		card.query.seed(this.#input, drawn);
		card.show(drawn, null);
	}

	/** Fetches the vocabularies before the first key press. Those that have answered about ids are there already. */
	warmUp(): void {
		const { signal } = (this.#warmUp = new AbortController());
		const input = this.#input;
		if (input.kind === 'ids') return;
		for (const id of this.#tokenizers) {
			// The others are already being asked.
			if (!this.#isSettled(id)) continue;
			const isLive = id === this.#live?.id;
			const question = isLive ? input : { ...input, document: new Uint8Array() };
			this.#answer(id, question, { signal }).then(
				() => {
					if (isLive) this.redrawLive();
				},
				// The first text brings an error again and shows it.
				() => undefined
			);
		}
	}

	#restart(): void {
		this.#warmUp.abort(new DOMException('The input changed.', 'AbortError'));
		clearTimeout(this.#gathering);
		this.#gathering = undefined;
		this.#showing.forget();
		for (const { query } of this.#cards.values()) query.forget();
		for (const id of this.shown) this.card(id).ask(this.#input);
	}

	async #answer(tokenizer: string, input: Question, options: RequestOptions): Promise<Drawn> {
		if (input.kind === 'ids') return this.#calls.spell({ tokenizer, ids: input.ids }, options);
		const { document, special } = input;
		if (document.length > MAX_BYTES_ASKED_AT_ONCE) {
			await nextFrame();
			options.signal?.throwIfAborted();
		}
		if (tokenizer === this.#live?.id) return this.#live.answer(document, options);
		const result = await this.#calls.encode({ tokenizer, text: document, special }, options);
		return { document, outOfRange: [], ...result };
	}

	/** Whether a tokenizer has answered the current input, or failed. */
	#isSettled(id: string): boolean {
		const { status } = this.card(id).query;
		return status === 'ready' || status === 'error';
	}

	/** Shows answers together if they arrive together, so that colours do not flicker. */
	#gather(): void {
		if (this.shown.every((id) => this.#isSettled(id))) this.#settle();
		else this.#gathering ??= setTimeout(() => this.#settle(), GATHER_MS);
	}

	#settle(): void {
		clearTimeout(this.#gathering);
		this.#gathering = undefined;
		void this.#showing.ask(this.#comparable());
	}

	async #show(answers: Answered, signal: AbortSignal): Promise<void> {
		const start = performance.now();
		const bytes = answers.reduce((sum, [, { document }]) => sum + document.length, 0);
		const length = answers[0]?.[1].document.length ?? 0;
		const encodings = answers.map(([, { encoding }]) => {
			const { byteStarts, byteEnds } = encoding;
			return { byteStarts, byteEnds };
		});
		const base = answers.findIndex(([id]) => id === this.#base);
		const splits = { encodings, length, base: base < 0 ? undefined : base };
		if (bytes <= MAX_BYTES_COMPARED_HERE) {
			this.#take(answers, compareSplits(splits));
			if (bytes > MAX_BYTES_SHOWN_TOGETHER) await this.#revealApart(signal, start);
			else for (const id of this.#tokenizers) this.#reveal(id);
			return;
		}
		// Shows the counts first. The colours follow once the worker has compared.
		this.#comparison = null;
		await this.#revealApart(signal);
		const compared = await this.#calls.compareBoundaries(splits, { signal });
		signal.throwIfAborted();
		this.#take(answers, compared);
		await this.#revealApart(signal);
	}

	/** Answers to compare. */
	#comparable(): Answered {
		if (this.#input.kind === 'ids') return [];
		return this.#tokenizers.flatMap((id): Answered => {
			const drawn = this.isCompared(id) ? this.card(id).query.valueFor(this.#input) : null;
			return drawn ? [[id, drawn]] : [];
		});
	}

	#take(answers: Answered, { differences, differs }: BoundaryComparison): void {
		const byTokenizer = new Map(answers.map(([id], i) => [id, differs[i]]));
		this.#comparison = { input: this.#input, base: this.#base, differences, differs: byTokenizer };
		if (answers.length > 1) this.differenceCount = spanCount(differences);
	}

	/**
	 * Shows large answers in as many tasks as it takes for none to be long.
	 * @param start when the current task began, as of `performance.now()`
	 * @throws AbortError if newer answers replace them
	 */
	async #revealApart(signal: AbortSignal, start = -Infinity): Promise<void> {
		let undrawn = 0;
		for (const id of this.#tokenizers) {
			if (undrawn === 0 && performance.now() - start > REVEAL_MS) {
				await nextFrame();
				start = performance.now();
			}
			signal.throwIfAborted();
			undrawn += this.#reveal(id);
			if (undrawn < MAX_BYTES_DRAWN_TOGETHER) continue;
			// Draws the answers, so that their time counts.
			await tick();
			undrawn = 0;
		}
	}

	/** @returns size of the text that is shown, in bytes */
	#reveal(id: string): number {
		const card = this.card(id);
		const drawn = card.query.valueFor(this.#input);
		if (card.query.status === 'error') card.fail(card.query.cause);
		else if (drawn) card.show(drawn, this.#comparison?.differs.get(id) ?? null);
		return drawn?.document.length ?? 0;
	}
}
