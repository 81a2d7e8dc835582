/** Keeps the Train page's address and its state in step: a link restores corpus, rules and step. */
import { CORPORA } from '../../content/corpora';
import type { TrainingRules } from '../../engine';
import { decodeTextHash, encodeTextHash } from '../link-codec';
import { presetCorpus, type Corpus } from './corpus';
import { readTraining, writeTraining } from './train-link';
import type { TrainState } from './train.svelte';

/** How long the state must rest before it is written, in milliseconds. */
const REST = 300;

export class TrainAddress {
	#problem = $state<string | null>(null);
	#unlinked = $state<'long' | 'file' | null>(null);
	readonly #state: TrainState;
	readonly #replace: (address: string) => void;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Count what was read and written, so that an earlier one never overwrites a later one. */
	#reads = 0;
	#writes = 0;
	/** The hash written last, so that one's own change is not read back. */
	#written: string | null = null;

	/** @param replace puts an address (search and hash) in place of the current one */
	constructor(state: TrainState, replace: (address: string) => void) {
		this.#state = state;
		this.#replace = replace;
	}

	/** What was wrong with the link, in words; null when nothing was. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Why the corpus is not in the link: too long, or a file. */
	get unlinked(): 'long' | 'file' | null {
		return this.#unlinked;
	}

	dismiss(): void {
		this.#problem = null;
	}

	/** Takes over what the address asks for; a bad link says so, and what it cannot say stays as it is. */
	async read({ searchParams, hash }: URL): Promise<void> {
		if (searchParams.size === 0 && hash === '') return;
		if (hash !== '' && hash.slice(1) === this.#written) return;
		const read = ++this.#reads;
		const { rules, corpus: preset, step, problems: wrong } = readTraining(searchParams);
		const problems = [...wrong];
		let corpus: Corpus = this.#state.corpus;
		try {
			const input = await decodeTextHash(hash);
			if (input) corpus = { kind: 'text', text: input.value };
			else if (preset !== null) corpus = await this.#preset(preset);
		} catch (error) {
			problems.push(error instanceof Error ? error.message : String(error));
		}
		if (read !== this.#reads) return;
		this.#problem = problems.length > 0 ? problems.join(' ') : null;
		if (searchParams.size > 0 || corpus !== this.#state.corpus) {
			this.#state.set(corpus, rules, step);
		}
	}

	async #preset(id: string): Promise<Corpus> {
		const found = CORPORA.find((preset) => preset.id === id);
		if (found) return presetCorpus(found);
		throw new Error(`The link asks for the example “${id}”, which the lab does not have.`);
	}

	/**
	 * Writes the state to the address once it rests. Reads the state, so that an effect follows it.
	 * @returns gives it up: the address may be another page's by then
	 */
	write(): () => void {
		const { corpus, rules, step, merges } = this.#state;
		const shown = step === merges ? null : step;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#write(corpus, rules, shown), REST);
		return () => {
			clearTimeout(this.#timer);
			this.#writes++;
		};
	}

	async #write(corpus: Corpus, rules: TrainingRules, step: number | null): Promise<void> {
		const write = ++this.#writes;
		const preset = corpus.kind === 'text' ? (corpus.preset ?? null) : null;
		const hash =
			corpus.kind === 'text' && preset === null
				? await encodeTextHash({ kind: 'text', value: corpus.text })
				: '';
		if (write !== this.#writes) return;
		this.#unlinked = corpus.kind === 'file' ? 'file' : hash === null ? 'long' : null;
		this.#written = hash;
		const search = writeTraining(rules, preset, step);
		this.#replace(`${search}${hash ? `#${hash}` : ''}`);
	}
}
