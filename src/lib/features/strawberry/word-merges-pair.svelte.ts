import { FOLDED_PARTS, type FoldedPart, type WordForm } from '../../session/links/strawberry';
import { WorkerQuery } from '../../session/worker-query.svelte';
import { firstDifferingToken } from './first-differing-token';
import type { PrerenderedWord } from './prerender';
import { textOfForm, WordVariant } from './variants';
import type { WordTrace } from './word-trace';
import type { StrawberryWorkers } from './worker';

/** Words of more UTF-16 code units are not traced. */
export const MAX_TRACED_UNITS = 200;

interface TraceInput {
	readonly tokenizer: string;
	readonly text: string;
	/** Byte offset of the word in the text. */
	readonly byteStart: number;
}

interface TracedWord extends TraceInput, WordTrace {}

/** The merges of one word under two tokenizers, at one step. */
export class WordMergesPair {
	#tokenizers = $state.raw<readonly [string, string]>(['', '']);
	#form = $state<WordForm>('alone');
	/** Infinity: stays after the last merge. */
	#step = $state(Infinity);
	#word = $state.raw('');
	/** The open parts, in the order of FOLDED_PARTS. */
	open = $state.raw<readonly FoldedPart[]>([]);
	readonly #queries: readonly WorkerQuery<TraceInput, WordTrace>[];

	/** `null` before the first answer, after a failure and for words that are too long. See {@link isStale}. */
	readonly sides: readonly [TracedWord | null, TracedWord | null] = $derived.by(() => {
		const [a, b] = this.#queries.map(({ answer, error }) =>
			answer === null || error !== null ? null : { ...answer.input, ...answer.value }
		);
		return [a, b];
	});
	/** Number of merges on the longer side. */
	readonly last = $derived(
		Math.max(0, ...this.sides.map((side) => side?.merges.steps.length ?? 0))
	);
	/** Number of merges done. */
	readonly step = $derived(Math.min(this.#step, this.last));
	/** `null` if the two do not see the same characters, or one has no answer yet. */
	readonly difference = $derived.by(() => {
		const [a, b] = this.sides;
		return a && b && a.text === b.text ? firstDifferingToken(a.merges, b.merges) : null;
	});
	readonly isTooLong = $derived(this.#word.length > MAX_TRACED_UNITS);

	constructor(
		workers: Pick<StrawberryWorkers, 'traceWord'>,
		tokenizers: readonly [string, string],
		prerendered: Pick<PrerenderedWord, 'word' | 'traces'>
	) {
		this.#tokenizers = tokenizers;
		this.#word = prerendered.word;
		this.#queries = tokenizers.map((tokenizer) => {
			const query = new WorkerQuery<TraceInput, WordTrace>((input) => workers.traceWord(input), {
				policy: 'latest'
			});
			const known = prerendered.traces[tokenizer] as WordTrace | undefined;
			if (known) query.seed({ tokenizer, text: prerendered.word, byteStart: 0 }, known);
			return query;
		});
	}

	get tokenizers() {
		return this.#tokenizers;
	}
	get form() {
		return this.#form;
	}
	get problem() {
		return this.#queries[0].error ?? this.#queries[1].error;
	}

	/** The chosen step; `null` for the one after the last merge. */
	get chosenStep(): number | null {
		return this.#step === Infinity ? null : this.#step;
	}
	set chosenStep(step: number | null) {
		this.#step = step ?? Infinity;
	}

	isOpen(part: FoldedPart): boolean {
		return this.open.includes(part);
	}
	setOpen(part: FoldedPart, open: boolean): void {
		if (open !== this.isOpen(part))
			this.open = FOLDED_PARTS.filter((one) => (one === part ? open : this.isOpen(one)));
	}

	/** Whether the merges of a side are of another word or form. They may also be of another tokenizer. */
	isStale(side: 0 | 1, word: string): boolean {
		const merges = this.sides[side];
		return merges !== null && merges.text !== textOfForm(word, this.#form);
	}

	setStep(step: number): void {
		this.#step = step >= this.last ? Infinity : step;
	}

	setForm(form: WordForm): void {
		this.#form = form;
		this.#askBoth();
	}

	setTokenizer(side: 0 | 1, id: string): void {
		const [a, b] = this.#tokenizers;
		this.#tokenizers = side === 0 ? [id, b] : [a, id];
		this.#ask(side);
	}

	/** Asks again what failed. */
	retry(): void {
		this.#askBoth();
	}

	/** Asks for the merges of another word, unless it is empty or too long. */
	traceWord(word: string): void {
		if (word === this.#word) return;
		this.#word = word;
		this.#askBoth();
	}

	#askBoth(): void {
		this.#ask(0);
		this.#ask(1);
	}

	#ask(side: 0 | 1): void {
		const query = this.#queries[side];
		if (this.#word === '' || this.isTooLong) {
			query.forget();
			return;
		}
		const { text, byteStart } = new WordVariant(this.#form, textOfForm(this.#word, this.#form));
		void query.ask({ tokenizer: this.#tokenizers[side], text, byteStart });
	}
}
