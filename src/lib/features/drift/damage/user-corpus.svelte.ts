import { holdOut, type HeldOut } from '../../../drift/damage/hold-out';
import { encodeUtf8 } from '../../../engine/text';
import { MAX_TEXT_FILE_BYTES } from '../../../session/text-file';
import { DiffDocuments } from '../diff/documents.svelte';

/** A model learns nothing from smaller texts. */
export const MIN_CORPUS_BYTES = 20_000;
/** From this size on, figures are steady. */
export const STEADY_CORPUS_BYTES = 200_000;

/** The user's text to measure damage on: pasted, or files. */
export class UserCorpus {
	#text = $state.raw('');
	readonly #document = $derived(encodeUtf8(this.#text));
	/** The text and the files that replace it. */
	readonly documents = new DiffDocuments(() => ({ text: this.#text, document: this.#document }));
	readonly bytes: number = $derived(
		this.documents.all.reduce((sum, { text }) => sum + text.length, 0)
	);
	/** Sizes of the training and held-out parts; `null` if there is too little text, or too much. */
	readonly sizes: HeldOut | null = $derived(
		this.bytes >= MIN_CORPUS_BYTES && this.bytes <= MAX_TEXT_FILE_BYTES
			? holdOut(this.documents.all)
			: null
	);

	setText(text: string): void {
		this.documents.close();
		this.#text = text;
	}
}
