import { compareCuts } from '../analysis/cuts';
import type { FirstPaint } from '../catalogue/first-paint';
import type { Encoding } from '../engine';
import { encodeUtf8 } from '../engine/text/utf8';
import type { RequestOptions } from '../workers/client';
import type { Calls, Progress } from '../workers/protocol';
import { parseIds, type IdList } from './id-list';

/** What the state needs of the workers; a test passes a plain object. */
export type TokenizerCalls = {
	[M in 'encode' | 'spell' | 'compare']: (
		params: Calls[M]['params'],
		options?: RequestOptions
	) => Promise<Calls[M]['result']>;
};

/** What a card draws. It may lag behind the input; its status says so. */
export interface Drawn {
	/** The UTF-8 that the offsets refer to: of the text, or of what ids spell. */
	readonly document: Uint8Array;
	readonly encoding: Encoding;
	readonly differs: Uint8Array | null;
	readonly distinct: number;
	readonly vocabularySize: number;
	/** Ids that the tokenizer does not have. */
	readonly outOfRange: Calls['spell']['result']['outOfRange'];
}

export interface Card {
	/** `ready` only when `drawn` is of the input as it is now. */
	readonly status: 'loading' | 'ready' | 'error';
	readonly drawn: Drawn | null;
	readonly progress: Progress | null;
	readonly error: { readonly message: string; readonly retry: boolean } | null;
}

type Arrived = Omit<Drawn, 'differs'>;
type Outcome =
	| { readonly arrived: Arrived }
	| { readonly error: { readonly message: string; readonly retry: boolean } };

const WAITING: Card = { status: 'loading', drawn: null, progress: null, error: null };
const NO_PLACES = new Uint32Array();
/** Above this many bytes cuts are compared in a worker. */
const COMPARE_HERE = 50_000;
/** Answers that come within this time of the first one are shown together, in milliseconds. */
const GATHER = 120;

/** One text (or list of ids) under several tokenizers at once. */
export class CompareState {
	#kind = $state<'text' | 'ids'>('text');
	#text = $state.raw('');
	#idsText = $state.raw('');
	#special = $state<'text' | 'parse'>('text');
	#tokenizers = $state.raw<readonly string[]>([]);
	#cards = $state.raw<ReadonlyMap<string, Card>>(new Map());
	#places = $state.raw<Uint32Array>(NO_PLACES);

	readonly #calls: () => TokenizerCalls;
	/** Ends the requests of the input before this one. */
	#abort = new AbortController();
	readonly #outcomes = new Map<string, Outcome>();
	#gathering: ReturnType<typeof setTimeout> | undefined;

	/** The list of ids, read. */
	readonly idList: IdList = $derived(parseIds(this.#idsText));
	/** UTF-8 of the text. */
	readonly document: Uint8Array = $derived(encodeUtf8(this.#text));

	/** @param calls asked for when the first request is made, so that a server never starts workers */
	constructor(calls: () => TokenizerCalls, tokenizers: readonly string[], first: FirstPaint) {
		this.#calls = calls;
		this.#text = first.text;
		this.#tokenizers = tokenizers;
		const document = encodeUtf8(first.text);
		for (const id of tokenizers) {
			const result = first.results.get(id);
			if (result) this.#outcomes.set(id, { arrived: { document, outOfRange: [], ...result } });
		}
		this.#show(this.#compareHere());
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
	/** Two per place where the tokenizers cut differently: first byte, byte after the last. */
	get places() {
		return this.#places;
	}

	card(id: string): Card {
		return this.#cards.get(id) ?? WAITING;
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
		for (const id of before) if (!ids.includes(id)) this.#outcomes.delete(id);
		const added = ids.filter((id) => !before.includes(id));
		this.#cards = new Map(ids.map((id) => [id, this.card(id)]));
		for (const id of added) this.#ask(id);
		if (added.length === 0) void this.#settle();
	}

	/** Asks again where an answer failed. */
	retry(id: string): void {
		this.#outcomes.delete(id);
		this.#patch(id, { status: 'loading', error: null, progress: null });
		this.#ask(id);
	}

	/** Fetches the vocabularies ahead of the first keystroke. */
	warmUp(): void {
		const { signal } = this.#abort;
		for (const tokenizer of this.#tokenizers) {
			if (this.#outcomes.has(tokenizer)) {
				const params = { tokenizer, text: '', special: this.#special };
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
		this.#cards = new Map(
			this.#tokenizers.map((id) => [
				id,
				{ ...this.card(id), status: 'loading', error: null, progress: null }
			])
		);
		for (const id of this.#tokenizers) this.#ask(id);
	}

	#ask(id: string): void {
		const { signal } = this.#abort;
		const options: RequestOptions = {
			signal,
			onprogress: (progress) => {
				if (!signal.aborted) this.#patch(id, { progress });
			}
		};
		this.#answer(id, options).then(
			(arrived) => this.#arrive(id, { arrived }, signal),
			(error: unknown) => {
				const message = error instanceof Error ? error.message : String(error);
				const retry = error instanceof Error && 'retry' in error && error.retry === true;
				this.#arrive(id, { error: { message, retry } }, signal);
			}
		);
	}

	async #answer(tokenizer: string, options: RequestOptions): Promise<Arrived> {
		if (this.#kind === 'ids') {
			const { ids } = this.idList;
			return this.#calls().spell({ tokenizer, ids }, options);
		}
		const document = this.document;
		const params = { tokenizer, text: this.#text, special: this.#special };
		const result = await this.#calls().encode(params, options);
		return { document, outOfRange: [], ...result };
	}

	/** Answers are shown together where they come together, so that colours do not flicker. */
	#arrive(id: string, outcome: Outcome, signal: AbortSignal): void {
		if (signal.aborted || !this.#tokenizers.includes(id)) return;
		this.#outcomes.set(id, outcome);
		if (this.#outcomes.size === this.#tokenizers.length) {
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

	/** Compares what has arrived, then shows it. */
	async #settle(): Promise<void> {
		const { signal } = this.#abort;
		const arrived = this.#comparable();
		if (arrived.reduce((sum, [, { document }]) => sum + document.length, 0) <= COMPARE_HERE) {
			this.#show(this.#compareHere());
			return;
		}
		// The numbers first; the colours follow when the worker has compared.
		this.#show({ places: NO_PLACES, differs: new Map() });
		const encodings = arrived.map(([, { encoding }]) => ({
			byteStarts: encoding.byteStarts,
			byteEnds: encoding.byteEnds
		}));
		try {
			const length = arrived[0][1].document.length;
			const { places, differs } = await this.#calls().compare({ encodings, length }, { signal });
			this.#show({ places, differs: new Map(arrived.map(([id], i) => [id, differs[i]])) });
		} catch (error) {
			// A newer input ends the comparison; without it the cuts stay uncoloured.
			if (!signal.aborted) console.error(error);
		}
	}

	#comparable(): [string, Arrived][] {
		if (this.#kind === 'ids') return [];
		return this.#tokenizers.flatMap((id): [string, Arrived][] => {
			const outcome = this.#outcomes.get(id);
			return outcome && 'arrived' in outcome ? [[id, outcome.arrived]] : [];
		});
	}

	#compareHere(): { places: Uint32Array; differs: ReadonlyMap<string, Uint8Array> } {
		const arrived = this.#comparable();
		const { places, differs } = compareCuts(
			arrived.map(([, { encoding }]) => encoding),
			arrived[0]?.[1].document.length ?? 0
		);
		return { places, differs: new Map(arrived.map(([id], i) => [id, differs[i]])) };
	}

	#show(comparison: { places: Uint32Array; differs: ReadonlyMap<string, Uint8Array> }): void {
		this.#places = comparison.places;
		this.#cards = new Map(
			this.#tokenizers.map((id): [string, Card] => {
				const outcome = this.#outcomes.get(id);
				if (!outcome) return [id, this.card(id)];
				if ('error' in outcome) {
					return [id, { status: 'error', drawn: null, error: outcome.error, progress: null }];
				}
				const drawn = { ...outcome.arrived, differs: comparison.differs.get(id) ?? null };
				return [id, { status: 'ready', drawn, progress: null, error: null }];
			})
		);
	}

	#patch(id: string, change: Partial<Card>): void {
		this.#cards = new Map(this.#cards).set(id, { ...this.card(id), ...change });
	}
}
