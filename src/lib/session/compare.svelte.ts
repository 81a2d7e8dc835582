import { compareCuts } from '../tokenizers/differing-spans';
import type { PrerenderedText } from './prerender';
import type { Encoding } from '../engine';
import { encodeUtf8 } from '../engine/text';
import type { RequestOptions } from '../workers/client';
import type { Progress } from '../workers/protocol';
import { parseIds, type IdList } from './id-list';
import type { TokenizingCalls } from './worker/tokenizing';
import type { Workers } from '../workers/pool';

/** What the state needs of the workers; a test passes a plain object. */
export type TokenizerCalls = Pick<Workers<TokenizingCalls>, 'encode' | 'spell' | 'compare'>;

/** A tokenizer that is made here, of the text itself: it answers in its own way. */
export interface LocalTokenizer {
	readonly id: string;
	answer(document: Uint8Array, options: RequestOptions): Promise<Drawn>;
	/** The last text as it is under it now; null when there was none. */
	drawn(): Drawn | null;
}

/** What a card draws. It may lag behind the input; the card's status says so. */
export interface Drawn {
	/** The UTF-8 that the offsets refer to: of the text, or of what ids spell. */
	readonly document: Uint8Array;
	readonly encoding: Encoding;
	readonly distinct: number;
	readonly vocabularySize: number;
	/** Ids that the tokenizer does not have. */
	readonly outOfRange: TokenizingCalls['spell']['result']['outOfRange'];
}

/** One tokenizer's answer. Every part changes on its own, so that progress redraws no token. */
export class Card {
	/** `ready` only when `drawn` is of the input as it is now. */
	status = $state<'loading' | 'ready' | 'error'>('loading');
	drawn = $state.raw<Drawn | null>(null);
	/** One byte a token of `drawn`, 1 where the tokenizers differ; null when they are not compared. */
	differs = $state.raw<Uint8Array | null>(null);
	progress = $state.raw<Progress | null>(null);
	error = $state.raw<{ readonly message: string; readonly retry: boolean } | null>(null);

	wait(): void {
		this.status = 'loading';
		this.error = null;
		this.progress = null;
	}

	show(drawn: Drawn, differs: Uint8Array | null): void {
		this.status = 'ready';
		this.drawn = drawn;
		this.differs = differs;
		this.progress = null;
		this.error = null;
	}

	fail(error: { readonly message: string; readonly retry: boolean }): void {
		this.status = 'error';
		this.drawn = null;
		this.progress = null;
		this.error = error;
	}
}

type Outcome = { readonly arrived: Drawn } | { readonly error: NonNullable<Card['error']> };

interface Comparison {
	readonly places: Uint32Array;
	readonly differs: ReadonlyMap<string, Uint8Array>;
}

const NOT_COMPARED: Comparison = { places: new Uint32Array(), differs: new Map() };
/** Above this many bytes, all cards together, cuts are compared in a worker. */
const COMPARE_HERE = 1_000_000;
/** Above this many, each card is shown in a task of its own. */
const SHOW_TOGETHER = 50_000;
/** Answers that come within this time of the first one are shown together, in milliseconds. */
const GATHER = 120;

/** One text (or list of ids) under several tokenizers at once. */
export class CompareState {
	#kind = $state<'text' | 'ids'>('text');
	#text = $state.raw('');
	#idsText = $state.raw('');
	#special = $state<'text' | 'parse'>('text');
	#tokenizers = $state.raw<readonly string[]>([]);
	#places = $state.raw(NOT_COMPARED.places);
	readonly #cards = new Map<string, Card>();

	readonly #calls: () => TokenizerCalls;
	readonly #local: LocalTokenizer | null;
	/** Ends the requests of the input before this one. */
	#abort = new AbortController();
	readonly #outcomes = new Map<string, Outcome>();
	#gathering: ReturnType<typeof setTimeout> | undefined;
	/** Counts what each was asked, so that an earlier answer never overwrites a later one. */
	readonly #asked = new Map<string, number>();
	/** Counts comparisons, likewise. */
	#settling = 0;

	/** The list of ids, read. */
	readonly idList: IdList = $derived(parseIds(this.#idsText));
	/** UTF-8 of the text. */
	readonly document: Uint8Array = $derived(encodeUtf8(this.#text));

	/** @param calls asked for when the first request is made, so that a server never starts workers */
	constructor(
		calls: () => TokenizerCalls,
		tokenizers: readonly string[],
		text: string,
		local: LocalTokenizer | null = null
	) {
		this.#calls = calls;
		this.#local = local;
		this.#text = text;
		this.#tokenizers = tokenizers;
	}

	/** Shows what was encoded when the site was built, where nothing has answered yet. */
	showPrerendered({ text, results }: PrerenderedText): void {
		if (this.#kind !== 'text' || this.#text !== text || this.#special !== 'text') return;
		const { document } = this;
		for (const id of this.#tokenizers) {
			const result = results[id];
			if (!result || this.#outcomes.has(id)) continue;
			this.#outcomes.set(id, { arrived: { document, outOfRange: [], ...result } });
		}
		const comparison = this.#compareHere();
		this.#places = comparison.places;
		for (const id of this.#tokenizers) this.#reveal(id, comparison);
	}

	get kind() {
		return this.#kind;
	}
	get text() {
		return this.#text;
	}
	get idsText() {
		return this.#idsText;
	}
	get special() {
		return this.#special;
	}
	get tokenizers() {
		return this.#tokenizers;
	}
	/** The chosen tokenizers that answer the kind of input there is: ids are of finished ones only. */
	get shown(): readonly string[] {
		return this.#kind === 'text'
			? this.#tokenizers
			: this.#tokenizers.filter((id) => id !== this.#local?.id);
	}
	/** Two per place where the tokenizers cut differently: first byte, byte after the last. */
	get places() {
		return this.#places;
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

	setIdsText(text: string): void {
		this.#idsText = text;
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

	/** Replaces the chosen tokenizers; those that stay keep their answers. */
	setTokenizers(ids: readonly string[]): void {
		const before = this.#tokenizers;
		this.#tokenizers = ids;
		for (const id of before) {
			if (ids.includes(id)) continue;
			this.#outcomes.delete(id);
			this.#cards.delete(id);
		}
		const added = this.shown.filter((id) => !before.includes(id));
		for (const id of added) this.#ask(id);
		if (added.length === 0) void this.#settle();
	}

	remove(id: string): void {
		this.setTokenizers(this.#tokenizers.filter((other) => other !== id));
	}

	/** Moves a tokenizer by one; at the end it stays. */
	shift(id: string, by: -1 | 1): void {
		const ids = [...this.#tokenizers];
		const from = ids.indexOf(id);
		const to = from + by;
		if (from < 0 || to < 0 || to >= ids.length) return;
		[ids[from], ids[to]] = [ids[to], ids[from]];
		this.setTokenizers(ids);
	}

	/** Asks again where an answer failed. */
	retry(id: string): void {
		this.#outcomes.delete(id);
		this.card(id).wait();
		this.#ask(id);
	}

	/** Has the local tokenizer answer anew, where it is chosen. */
	retryLocal(): void {
		if (this.#local && this.shown.includes(this.#local.id)) this.retry(this.#local.id);
	}

	/** Draws anew what the local tokenizer makes of the text, when that has changed by itself. */
	redrawLocal(): void {
		const drawn = this.#local?.drawn();
		if (!this.#local || !drawn || !this.#outcomes.has(this.#local.id)) return;
		this.#outcomes.set(this.#local.id, { arrived: drawn });
		this.card(this.#local.id).show(drawn, null);
	}

	/** Fetches the vocabularies ahead of the first keystroke. */
	warmUp(): void {
		const { signal } = this.#abort;
		for (const tokenizer of this.#tokenizers) {
			// What has no outcome yet is being asked already.
			if (!this.#outcomes.has(tokenizer)) continue;
			if (tokenizer === this.#local?.id) {
				this.#local.answer(this.document, { signal }).then(
					() => this.redrawLocal(),
					() => undefined
				);
			} else {
				const params = { tokenizer, text: new Uint8Array(), special: this.#special };
				// What fails here fails again, and is said, when it is needed.
				this.#calls()
					.encode(params, { signal })
					.catch(() => undefined);
			}
		}
	}

	#restart(): void {
		this.#abort.abort(new DOMException('The input changed.', 'AbortError'));
		this.#abort = new AbortController();
		clearTimeout(this.#gathering);
		this.#gathering = undefined;
		this.#outcomes.clear();
		for (const id of this.shown) {
			this.card(id).wait();
			this.#ask(id);
		}
	}

	#ask(id: string): void {
		const { signal } = this.#abort;
		const asked = (this.#asked.get(id) ?? 0) + 1;
		this.#asked.set(id, asked);
		const isStale = () => signal.aborted || this.#asked.get(id) !== asked;
		const options: RequestOptions = {
			signal,
			onprogress: (progress) => {
				if (!isStale()) this.card(id).progress = progress;
			}
		};
		this.#answer(id, options).then(
			(arrived) => this.#arrive(id, { arrived }, isStale()),
			(error: unknown) => {
				const message = error instanceof Error ? error.message : String(error);
				const retry = error instanceof Error && 'retry' in error && error.retry === true;
				this.#arrive(id, { error: { message, retry } }, isStale());
			}
		);
	}

	async #answer(tokenizer: string, options: RequestOptions): Promise<Drawn> {
		if (this.#kind === 'ids') {
			const { ids } = this.idList;
			return this.#calls().spell({ tokenizer, ids }, options);
		}
		const document = this.document;
		if (tokenizer === this.#local?.id) return this.#local.answer(document, options);
		const params = { tokenizer, text: document, special: this.#special };
		const result = await this.#calls().encode(params, options);
		return { document, outOfRange: [], ...result };
	}

	/** Answers are shown together where they come together, so that colours do not flicker. */
	#arrive(id: string, outcome: Outcome, isStale: boolean): void {
		if (isStale || !this.#tokenizers.includes(id)) return;
		this.#outcomes.set(id, outcome);
		if (this.#outcomes.size === this.shown.length) {
			clearTimeout(this.#gathering);
			this.#gathering = undefined;
			void this.#settle();
		} else {
			this.#gathering ??= setTimeout(() => {
				this.#gathering = undefined;
				void this.#settle();
			}, GATHER);
		}
	}

	/** Compares what has arrived, and shows it. */
	async #settle(): Promise<void> {
		const { signal } = this.#abort;
		const settling = ++this.#settling;
		const isStale = () => signal.aborted || settling !== this.#settling;
		const arrived = this.#comparable();
		const bytes = arrived.reduce((sum, [, { document }]) => sum + document.length, 0);
		if (bytes <= COMPARE_HERE) {
			const comparison = this.#compareHere();
			this.#places = comparison.places;
			if (bytes > SHOW_TOGETHER) await this.#revealApart(comparison, isStale);
			else for (const id of this.#tokenizers) this.#reveal(id, comparison);
			return;
		}
		// The numbers first; the colours follow when the worker has compared.
		this.#places = NOT_COMPARED.places;
		if (!(await this.#revealApart(NOT_COMPARED, isStale))) return;
		const encodings = arrived.map(([, { encoding }]) => ({
			byteStarts: encoding.byteStarts,
			byteEnds: encoding.byteEnds
		}));
		try {
			const length = arrived[0][1].document.length;
			const { places, differs } = await this.#calls().compare({ encodings, length }, { signal });
			if (isStale()) return;
			this.#places = places;
			const byId = new Map(arrived.map(([id], i) => [id, differs[i]]));
			await this.#revealApart({ places, differs: byId }, isStale);
		} catch (error) {
			// A newer input ends the comparison; without it the cuts stay uncoloured.
			if (!isStale()) console.error(error);
		}
	}

	/** What is compared: a tokenizer made of the text itself would differ everywhere and hide the rest. */
	#comparable(): [string, Drawn][] {
		if (this.#kind === 'ids') return [];
		return this.#tokenizers.flatMap((id): [string, Drawn][] => {
			const outcome = id === this.#local?.id ? undefined : this.#outcomes.get(id);
			return outcome && 'arrived' in outcome ? [[id, outcome.arrived]] : [];
		});
	}

	#compareHere(): Comparison {
		const arrived = this.#comparable();
		const { places, differs } = compareCuts(
			arrived.map(([, { encoding }]) => encoding),
			arrived[0]?.[1].document.length ?? 0
		);
		return { places, differs: new Map(arrived.map(([id], i) => [id, differs[i]])) };
	}

	/** Shows large answers one by one, each in a task of its own. False when newer ones ended it. */
	async #revealApart(comparison: Comparison, isStale: () => boolean): Promise<boolean> {
		for (const id of this.#tokenizers) {
			await nextFrame();
			if (isStale()) return false;
			this.#reveal(id, comparison);
		}
		return true;
	}

	#reveal(id: string, { differs }: Comparison): void {
		const outcome = this.#outcomes.get(id);
		if (!outcome) return;
		if ('error' in outcome) this.card(id).fail(outcome.error);
		else this.card(id).show(outcome.arrived, differs.get(id) ?? null);
	}
}

/** After the next frame, so that what was shown last is laid out on its own; a hidden page has no frames. */
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
