import { tick, untrack } from 'svelte';
import { encodeUtf8 } from '../engine/text';
import { compareBoundaries, compareWith, spanCount } from '../tokenizers/differing-spans';
import type { RequestOptions } from '../workers/client';
import type { Workers } from '../workers/pool';
import { Card, type Drawn } from './answer-card.svelte';
import type { PrerenderedText } from './prerender';
import { WorkerQuery } from './worker-query.svelte';
import type { TokenizingCalls } from './calls/tokenizing';

/** Worker calls that the state needs. A test passes a plain object. */
export type TokenizerCalls = Pick<
	Workers<TokenizingCalls>,
	'encode' | 'spell' | 'compareBoundaries'
>;

/** A tokenizer that this page trains, perhaps on the text itself. */
export interface LiveAnswers {
	readonly id: string;
	answer(document: Uint8Array, options: RequestOptions): Promise<Drawn>;
	/** The latest text in the current tokenizer; `null` before the first text, `undefined` if it must be asked for. */
	drawn(): Drawn | null | undefined;
}

/** What tokenizers are asked about: a text (UTF-8), or ids. */
export type Question =
	| { readonly kind: 'text'; readonly document: Uint8Array; readonly special: 'text' | 'parse' }
	| { readonly kind: 'ids'; readonly ids: Uint32Array };

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

const isSameQuestion = (a: Question, b: Question): boolean =>
	a.kind === 'text'
		? b.kind === 'text' && a.document === b.document && a.special === b.special
		: b.kind === 'ids' && a.ids === b.ids;

/** UTF-8 of a prerendered text: by identity that of the current text, if it is the same. */
export const documentOf = (
	{ text }: PrerenderedText,
	now: { readonly text: string; readonly document: Uint8Array }
): Uint8Array => (text === now.text ? now.document : encodeUtf8(text));

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
	#differenceCount = $state<number | null>(null);
	readonly #cards = new Map<string, Card>();

	readonly #calls: TokenizerCalls;
	readonly #live: LiveAnswers | null;
	/** Replaced with every change, so that answers to one input are recognized by identity. */
	#input = $state.raw<Question>(NOTHING);
	readonly #queries = new Map<string, WorkerQuery<Question, Drawn>>();
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
			this.#query(id).seed(this.#input, { document, outOfRange: [], ...result });
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
	/** Number of differing spans in the latest comparison, perhaps of an earlier input; `null` before the first. */
	get differenceCount() {
		return this.#differenceCount;
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
				const isAnswered = status === 'ready';
				return (
					status !== 'loading' && comparison.differs.has(id) === (isAnswered && this.isCompared(id))
				);
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
		if (!card) this.#cards.set(id, (card = new Card()));
		return card;
	}

	/** @param isAsked whether all are asked anyway */
	#setTokenizers(ids: readonly string[], isAsked: boolean): void {
		const before = this.#tokenizers;
		if (ids === before) return;
		this.#tokenizers = ids;
		for (const id of before) {
			if (ids.includes(id)) continue;
			this.#queries.get(id)?.forget();
			this.#queries.delete(id);
			this.#cards.delete(id);
		}
		if (isAsked) return;
		const added = this.shown.filter((id) => !before.includes(id));
		for (const id of added) {
			this.card(id).wait();
			void this.#query(id).ask(this.#input);
		}
		if (added.length === 0) this.#settle();
	}

	/** Asks again after an error. */
	retry(id: string): void {
		const query = this.#query(id);
		query.forget();
		this.card(id).wait();
		void query.ask(this.#input);
	}

	/** Draws the text in the live tokenizer again after that tokenizer changed. Asks it only if it must. */
	redrawLive(): void {
		// A pending answer will be of the tokenizer as it is then.
		if (!this.#live || !this.shown.includes(this.#live.id) || !this.#isSettled(this.#live.id))
			return;
		const drawn = this.#live.drawn();
		if (drawn === undefined) this.retry(this.#live.id);
		if (!drawn) return;
		this.#query(this.#live.id).seed(this.#input, drawn);
		this.card(this.#live.id).show(drawn, null);
	}

	/** Fetches the vocabularies before the first key press. */
	warmUp(): void {
		const { signal } = (this.#warmUp = new AbortController());
		for (const tokenizer of this.#tokenizers) {
			// The others are already being asked.
			if (!this.#isSettled(tokenizer)) continue;
			if (tokenizer === this.#live?.id) {
				if (this.#input.kind === 'ids') continue;
				this.#live.answer(this.#input.document, { signal }).then(
					() => this.redrawLive(),
					() => undefined
				);
			} else {
				const params = { tokenizer, text: new Uint8Array(), special: 'text' as const };
				// The first text brings an error again and shows it.
				this.#calls.encode(params, { signal }).catch(() => undefined);
			}
		}
	}

	#restart(): void {
		this.#warmUp.abort(new DOMException('The input changed.', 'AbortError'));
		clearTimeout(this.#gathering);
		this.#gathering = undefined;
		this.#showing.forget();
		for (const query of this.#queries.values()) query.forget();
		for (const id of this.shown) {
			this.card(id).wait();
			void this.#query(id).ask(this.#input);
		}
	}

	#query(id: string): WorkerQuery<Question, Drawn> {
		let query = this.#queries.get(id);
		if (!query) {
			query = new WorkerQuery<Question, Drawn>(
				(input, { signal }) =>
					this.#answer(id, input, {
						signal,
						onprogress: (progress) => {
							if (!signal.aborted) this.card(id).report(progress);
						}
					}),
				{
					policy: 'replace',
					isSame: Object.is,
					onanswer: () => this.#gather(),
					onerror: () => this.#gather()
				}
			);
			this.#queries.set(id, query);
		}
		return query;
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
		const status = this.#queries.get(id)?.status;
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
		const encodings = answers.map(([, { encoding }]) => encoding);
		const base = answers.findIndex(([id]) => id === this.#base);
		if (bytes <= MAX_BYTES_COMPARED_HERE) {
			this.#take(
				answers,
				base < 0 ? compareBoundaries(encodings, length) : compareWith(encodings, length, base)
			);
			if (bytes > MAX_BYTES_SHOWN_TOGETHER) await this.#revealApart(signal, start);
			else for (const id of this.#tokenizers) this.#reveal(id);
			return;
		}
		// Shows the counts first. The colours follow once the worker has compared.
		this.#comparison = null;
		await this.#revealApart(signal);
		const spans = encodings.map(({ byteStarts, byteEnds }) => ({ byteStarts, byteEnds }));
		const compared = await this.#calls.compareBoundaries(
			{ encodings: spans, length, base: base < 0 ? undefined : base },
			{ signal }
		);
		signal.throwIfAborted();
		this.#take(answers, compared);
		await this.#revealApart(signal);
	}

	/** Answers to compare. */
	#comparable(): Answered {
		if (this.#input.kind === 'ids') return [];
		return this.#tokenizers.flatMap((id): Answered => {
			const drawn = this.isCompared(id) ? this.#queries.get(id)?.valueFor(this.#input) : null;
			return drawn ? [[id, drawn]] : [];
		});
	}

	#take(
		answers: Answered,
		{ differences, differs }: TokenizingCalls['compareBoundaries']['result']
	): void {
		const byTokenizer = new Map(answers.map(([id], i) => [id, differs[i]]));
		this.#comparison = { input: this.#input, base: this.#base, differences, differs: byTokenizer };
		if (answers.length > 1) this.#differenceCount = spanCount(differences);
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
		const query = this.#queries.get(id);
		const drawn = query?.valueFor(this.#input);
		if (query?.status === 'error') this.card(id).fail(query.cause);
		else if (drawn) this.card(id).show(drawn, this.#comparison?.differs.get(id) ?? null);
		return drawn?.document.length ?? 0;
	}
}

/** Resolves after the next frame, so that each card is laid out separately. A hidden page has no frames. */
function nextFrame(): Promise<void> {
	return new Promise((resolve) => {
		if (typeof requestAnimationFrame !== 'function') {
			setTimeout(resolve);
			return;
		}
		const fallback = setTimeout(resolve, 50);
		requestAnimationFrame(() => {
			clearTimeout(fallback);
			setTimeout(resolve);
		});
	});
}
