/** Keeps the Train page's address and its state in step: a link restores corpus, rules and step. */
import { CORPORA } from '../../session/corpora';
import { decodeTextHash } from '../../session/links/link-codec';
import { PageAddress, readPart } from '../../session/links/page-address.svelte';
import { presetCorpus, type Corpus } from '../../session/corpus';
import { readTraining, writeTraining } from '../../session/links/train';
import type { TrainState } from './train.svelte';

export class TrainAddress {
	readonly #state: TrainState;
	readonly #address: PageAddress;

	/** @param replace puts an address (search and hash) in place of the current one */
	constructor(state: TrainState, replace: (address: string) => void) {
		this.#state = state;
		this.#address = new PageAddress(replace);
	}

	/** What was wrong with the link, in words; null when nothing was. */
	get problem(): string | null {
		return this.#address.problem;
	}

	/** Why the corpus is not in the link: too long, or a file. */
	get unlinked(): 'long' | 'file' | null {
		return this.#address.unlinked;
	}

	dismiss(): void {
		this.#address.dismiss();
	}

	/** Takes over what the address asks for; a bad link says so, and what it cannot say stays as it is. */
	async read({ searchParams, hash }: URL): Promise<void> {
		if (searchParams.size === 0 && hash === '') return;
		if (this.#address.wroteHash(hash)) return;
		const end = this.#address.startReading();
		const before = this.#state.corpus;
		const { rules, corpus: preset, step, problems: wrong } = readTraining(searchParams);
		const problems = [...wrong];
		const corpus = (await readPart(() => linkedCorpus(hash, preset), problems)) ?? before;
		if (!end(problems)) return;
		if (searchParams.size > 0 || corpus !== this.#state.corpus) {
			this.#state.set(corpus, rules, step);
		}
	}

	/**
	 * Writes the state to the address once it rests. Reads the state, so that an effect follows it.
	 * @returns gives it up: the address may be another page's by then
	 */
	write(): () => void {
		const { corpus, rules, step, merges } = this.#state;
		const shown = step === merges ? null : step;
		const preset = corpus.kind === 'text' ? (corpus.preset ?? null) : null;
		return this.#address.write(writeTraining(rules, preset, shown), () => {
			if (corpus.kind === 'file') return 'file';
			return preset === null ? { kind: 'text', value: corpus.text } : 'nothing';
		});
	}
}

/** The corpus that a link spells, or else the example that it names; null where it says neither. */
async function linkedCorpus(hash: string, preset: string | null): Promise<Corpus | null> {
	const input = await decodeTextHash(hash);
	if (input) return { kind: 'text', text: input.value };
	if (preset === null) return null;
	const found = CORPORA.find(({ id }) => id === preset);
	if (found) return presetCorpus(found);
	throw new Error(`The link asks for the example “${preset}”, which the lab does not have.`);
}
