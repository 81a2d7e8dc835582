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

/** How long a card waits before showing that it is loading, so that quick answers don't make it flicker. */
const LATE_MS = 300;

/** State of one tokenizer's card. The fields change separately, so that progress updates don't redraw tokens. */
export class Card {
	/** `ready` if `drawn` is the answer to the current input. */
	status = $state<'loading' | 'ready' | 'error'>('loading');
	/** May be the answer to an earlier input, depending on `status`. */
	drawn = $state.raw<Drawn | null>(null);
	/** One byte per token of `drawn`: 1 if the tokenizers differ there. `null` if the tokenizers aren't compared. */
	differs = $state.raw<Uint8Array | null>(null);
	/** Whether the answer takes longer than `LATE_MS`. */
	isLate = $state(false);
	#progress = $state.raw<Progress | null>(null);
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** `retry`: whether asking again might help. */
	error = $state.raw<{ readonly message: string; readonly retry: boolean } | null>(null);
	readonly query: WorkerQuery<Question, Drawn>;

	/** @param onsettled called after each answer and error; the caller decides when the card shows them */
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

	get progress(): Progress | null {
		return this.isLate ? this.#progress : null;
	}

	/** Requests the answer for a new input. Doesn't restart the loading delay if the card is already waiting. */
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

export type TokenizerCalls = Pick<TokenizingWorkers, 'encode' | 'spell' | 'compareBoundaries'>;

export type LiveAnswers = Pick<LiveTokenizer, 'answer' | 'drawn'> & { readonly id: string };

/** Tokenizers with their answers for the same text. */
type Answered = readonly (readonly [id: string, drawn: Drawn])[];

interface Comparison {
	readonly input: Question;
	readonly base: string | null;
	readonly differences: Uint32Array;
	/** For each tokenizer, one byte per token: 1 where the tokenizers differ. */
	readonly differs: ReadonlyMap<string, Uint8Array>;
}

const NOTHING: Question = { kind: 'ids', ids: new Uint32Array() };

const NO_DIFFERENCES = new Uint32Array();
/**
 * Above this size, the text is drawn before the workers receive it. Drawing text in many scripts for the first time
 * makes the browser fetch fonts, and fetching takes several times longer while workers are busy.
 */
const MAX_BYTES_ASKED_AT_ONCE = 200_000;
/** If the texts in all cards total more bytes than this, a worker compares the answers. */
const MAX_BYTES_COMPARED_HERE = 1_000_000;
/** Above this total size, the cards are updated in several tasks. */
const MAX_BYTES_SHOWN_TOGETHER = 50_000;
/** Updated cards are drawn once their texts total this many bytes, so that small cards need only one layout pass. */
const MAX_BYTES_DRAWN_TOGETHER = 500_000;
/** Maximum time in one task before the next card is updated in a new task, in milliseconds. */
const REVEAL_MS = 10;
/** Answers that arrive within this time of the first one are shown together. */
const GATHER_MS = 120;

/** Answers from several tokenizers for one text (or list of ids), and where they differ. */
export class Answers {
	#tokenizers = $state.raw<readonly string[]>([]);
	/** Tokenizer that the others are compared with; `null` to compare all with each other. */
	#base = $state.raw<string | null>(null);
	#comparison = $state.raw<Comparison | null>(null);
	/** Number of differing spans in the latest comparison, possibly for an earlier input; `null` before the first. */
	differenceCount = $state<number | null>(null);
	readonly #cards = new Map<string, Card>();

	readonly #calls: TokenizerCalls;
	readonly #live: LiveAnswers | null;
	/** A new object after every change, so that answers can be matched to their input by identity. */
	#input = $state.raw<Question>(NOTHING);
	/** Compares the answers received so far and shows them. */
	readonly #showing = new WorkerQuery<Answered, void>(
		(answers, { signal }) => this.#show(answers, signal),
		{
			policy: 'replace',
			isSame: Object.is,
			// If the comparison fails, differences stay unmarked.
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
	 * Sets the question and the list of tokenizers. If either has changed, requests the missing answers. Effects that
	 * call this method don't depend on the answers or on the previous question.
	 * @param base tokenizer that the others are compared with; `null` to compare all with each other
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

	/** Starts with prerendered answers, without asking the tokenizers. @param document UTF-8 of the prerendered text */
	showPrerendered(document: Uint8Array, results: PrerenderedText['results']): void {
		this.#input = { kind: 'text', document, special: 'text' };
		this.#tokenizers = Object.keys(results);
		for (const [id, result] of Object.entries(results))
			this.card(id).query.seed(this.#input, { document, outOfRange: [], ...result });
		this.#settle();
	}

	get question(): Question {
		return this.#input;
	}
	/** Tokenizers that can answer this kind of question. The live tokenizer has no fixed ids to decode. */
	get shown(): readonly string[] {
		return this.#input.kind === 'text'
			? this.#tokenizers
			: this.#tokenizers.filter((id) => id !== this.#live?.id);
	}
	/** Spans that the answers to the current input split differently: pairs of byte offsets, `[start, end)`. */
	get differences(): Uint32Array {
		const comparison = this.#comparison;
		return comparison?.input === this.#input ? comparison.differences : NO_DIFFERENCES;
	}
	/** `ready` if {@link differences} covers all tokenizers that can answer the current input. */
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

	/**
	 * Whether a tokenizer's splits are compared. The live tokenizer's splits aren't compared, because they would differ
	 * from the others almost everywhere.
	 */
	isCompared(id: string): boolean {
		return id !== this.#live?.id;
	}

	/** The card of a selected tokenizer; the same object for as long as it stays selected. */
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

	/** @param isAsked whether the caller will ask all tokenizers anyway */
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

	retry(id: string): void {
		this.card(id).query.forget();
		this.card(id).ask(this.#input);
	}

	/** Redraws the live tokenizer's card after the tokenizer has changed, asking its worker only if necessary. */
	redrawLive(): void {
		const live = this.#live;
		// A pending answer will already use the changed tokenizer.
		if (!live || !this.shown.includes(live.id) || !this.#isSettled(live.id)) return;
		const drawn = live.drawn();
		if (drawn === undefined) this.retry(live.id);
		if (!drawn) return;
		const card = this.card(live.id);
		card.query.seed(this.#input, drawn);
		card.show(drawn, null);
	}

	/** Loads the vocabularies before the first key press. Tokenizers that were used to decode ids are already loaded. */
	warmUp(): void {
		const { signal } = (this.#warmUp = new AbortController());
		const input = this.#input;
		if (input.kind === 'ids') return;
		for (const id of this.#tokenizers) {
			// If a tokenizer has neither answered nor failed, a request to it is already pending.
			if (!this.#isSettled(id)) continue;
			const isLive = id === this.#live?.id;
			const question = isLive ? input : { ...input, document: new Uint8Array() };
			this.#answer(id, question, { signal }).then(
				() => {
					if (isLive) this.redrawLive();
				},
				// The error can be ignored here, because encoding the first text throws it again and shows it.
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

	/** Whether a tokenizer has either answered the current input or failed. */
	#isSettled(id: string): boolean {
		const { status } = this.card(id).query;
		return status === 'ready' || status === 'error';
	}

	/** Waits briefly to show several answers together, so that colours don't flicker. */
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
		// Show the answers immediately, and add the colours once the worker has compared the answers.
		this.#comparison = null;
		await this.#revealApart(signal);
		const compared = await this.#calls.compareBoundaries(splits, { signal });
		signal.throwIfAborted();
		this.#take(answers, compared);
		await this.#revealApart(signal);
	}

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
	 * Shows large answers in several tasks, so that no single task takes long.
	 * @param start start of the current task, as returned by `performance.now()`
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
			// Draw the cards now, so that the drawing time is measured.
			await tick();
			undrawn = 0;
		}
	}

	/** @returns size of the text shown, in bytes */
	#reveal(id: string): number {
		const card = this.card(id);
		const drawn = card.query.valueFor(this.#input);
		if (card.query.status === 'error') card.fail(card.query.cause);
		else if (drawn) card.show(drawn, this.#comparison?.differs.get(id) ?? null);
		return drawn?.document.length ?? 0;
	}
}
