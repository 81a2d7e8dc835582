import { tick } from 'svelte';
import { encodeUtf8 } from '../engine/text';
import { BoundaryComparer, spanCount } from '../tokenizers/differing-spans';
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

/** Everything except the tokenizer that an answer depends on. */
type SharedInput =
	| { readonly kind: 'text'; readonly document: Uint8Array; readonly special: 'text' | 'parse' }
	| { readonly kind: 'ids'; readonly ids: Uint32Array };

/** Tokenizers with their answers to one text. */
type Answers = readonly (readonly [id: string, drawn: Drawn])[];

interface Comparison {
	readonly input: SharedInput;
	readonly differences: Uint32Array;
	/** One byte per token, by tokenizer: 1 where the tokenizers differ. */
	readonly differs: ReadonlyMap<string, Uint8Array>;
}

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

/** One text (or list of ids) in several tokenizers, and where they differ. */
export class SharedText {
	#kind = $state<'text' | 'ids'>('text');
	#text = $state.raw('');
	#ids: Uint32Array = new Uint32Array();
	#special = $state<'text' | 'parse'>('text');
	#tokenizers = $state.raw<readonly string[]>([]);
	#comparison = $state.raw<Comparison | null>(null);
	#differenceCount = $state<number | null>(null);
	readonly #cards = new Map<string, Card>();

	readonly #calls: TokenizerCalls;
	readonly #live: LiveAnswers | null;
	/** Replaced with every change of the input, so that answers to one input are recognized by identity. */
	#input = $state.raw<SharedInput>() as SharedInput;
	readonly #queries = new Map<string, WorkerQuery<SharedInput, Drawn>>();
	/** Compares the answers that have arrived, and shows them. */
	readonly #showing = new WorkerQuery<Answers, void>(
		(answers, { signal }) => this.#show(answers, signal),
		{
			policy: 'replace',
			isSame: Object.is,
			// Without a comparison, the differences stay unmarked.
			onerror: (error) => console.error(error)
		}
	);
	readonly #comparer = new BoundaryComparer();
	#gathering: ReturnType<typeof setTimeout> | undefined;
	#warmUp = new AbortController();

	/** UTF-8 of the text. */
	readonly document: Uint8Array = $derived(encodeUtf8(this.#text));

	constructor(
		calls: TokenizerCalls,
		tokenizers: readonly string[],
		text: string,
		live: LiveAnswers | null = null
	) {
		this.#calls = calls;
		this.#live = live;
		this.#text = text;
		this.#tokenizers = tokenizers;
		this.#input = this.#readInput();
	}

	/** Shows prerendered answers of tokenizers that have not answered yet. */
	showPrerendered({ text, results }: PrerenderedText): void {
		if (this.#kind !== 'text' || this.#text !== text || this.#special !== 'text') return;
		const { document } = this;
		for (const id of this.#tokenizers) {
			const result = results[id];
			if (!result || this.#isSettled(id)) continue;
			this.#query(id).seed(this.#input, { document, outOfRange: [], ...result });
		}
		this.#settle();
	}

	get kind() {
		return this.#kind;
	}
	get text() {
		return this.#text;
	}
	get special() {
		return this.#special;
	}
	get tokenizers() {
		return this.#tokenizers;
	}
	/** The chosen tokenizers that answer this kind of input. The live one has no fixed ids. */
	get shown(): readonly string[] {
		return this.#kind === 'text'
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

	setText(text: string): void {
		if (text === this.#text) return;
		this.#text = text;
		if (this.#kind === 'text') this.#restart();
	}

	setIds(ids: Uint32Array): void {
		this.#ids = ids;
		if (this.#kind === 'ids') this.#restart();
	}

	setKind(kind: 'text' | 'ids'): void {
		if (kind === this.#kind) return;
		this.#kind = kind;
		this.#restart();
	}

	setSpecial(special: 'text' | 'parse'): void {
		if (special === this.#special) return;
		this.#special = special;
		this.#restart();
	}

	/** Replaces the chosen tokenizers. Those that remain chosen keep their answers. */
	setTokenizers(ids: readonly string[]): void {
		const before = this.#tokenizers;
		this.#tokenizers = ids;
		for (const id of before) {
			if (ids.includes(id)) continue;
			this.#queries.get(id)?.forget();
			this.#queries.delete(id);
			this.#cards.delete(id);
		}
		const added = this.shown.filter((id) => !before.includes(id));
		for (const id of added) {
			// Not created later, because a $derived does not depend on state that it creates.
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

	/** Asks the live tokenizer again, if it is chosen. */
	retryLive(): void {
		if (this.#live && this.shown.includes(this.#live.id)) this.retry(this.#live.id);
	}

	/** Draws the text in the live tokenizer again after that tokenizer changed. Asks it only if it must. */
	redrawLive(): void {
		// A pending answer will be of the tokenizer as it is then.
		if (!this.#live || !this.#isSettled(this.#live.id)) return;
		const drawn = this.#live.drawn();
		if (drawn === undefined) this.retryLive();
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
				this.#live.answer(this.document, { signal }).then(
					() => this.redrawLive(),
					() => undefined
				);
			} else {
				const params = { tokenizer, text: new Uint8Array(), special: this.#special };
				// The first text brings an error again and shows it.
				this.#calls.encode(params, { signal }).catch(() => undefined);
			}
		}
	}

	#readInput(): SharedInput {
		if (this.#kind === 'ids') return { kind: 'ids', ids: this.#ids };
		return { kind: 'text', document: this.document, special: this.#special };
	}

	#restart(): void {
		this.#input = this.#readInput();
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

	#query(id: string): WorkerQuery<SharedInput, Drawn> {
		let query = this.#queries.get(id);
		if (!query) {
			query = new WorkerQuery<SharedInput, Drawn>(
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

	async #answer(tokenizer: string, input: SharedInput, options: RequestOptions): Promise<Drawn> {
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

	async #show(answers: Answers, signal: AbortSignal): Promise<void> {
		const start = performance.now();
		const bytes = answers.reduce((sum, [, { document }]) => sum + document.length, 0);
		const length = answers[0]?.[1].document.length ?? 0;
		const encodings = answers.map(([, { encoding }]) => encoding);
		if (bytes <= MAX_BYTES_COMPARED_HERE) {
			this.#take(answers, this.#comparer.compare(encodings, length));
			if (bytes > MAX_BYTES_SHOWN_TOGETHER) await this.#revealApart(signal, start);
			else for (const id of this.#tokenizers) this.#reveal(id);
			return;
		}
		// Shows the counts first. The colours follow once the worker has compared.
		this.#comparison = null;
		await this.#revealApart(signal);
		const spans = encodings.map(({ byteStarts, byteEnds }) => ({ byteStarts, byteEnds }));
		const compared = await this.#calls.compareBoundaries({ encodings: spans, length }, { signal });
		signal.throwIfAborted();
		this.#take(answers, compared);
		await this.#revealApart(signal);
	}

	/** Answers to compare. */
	#comparable(): Answers {
		if (this.#kind === 'ids') return [];
		return this.#tokenizers.flatMap((id): Answers => {
			const drawn = this.isCompared(id) ? this.#queries.get(id)?.valueFor(this.#input) : null;
			return drawn ? [[id, drawn]] : [];
		});
	}

	#take(
		answers: Answers,
		{ differences, differs }: TokenizingCalls['compareBoundaries']['result']
	): void {
		const byTokenizer = new Map(answers.map(([id], i) => [id, differs[i]]));
		this.#comparison = { input: this.#input, differences, differs: byTokenizer };
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
