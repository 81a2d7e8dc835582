import { formatCount, plural } from '../../../session/format';
import { holdOut, type HeldOut } from '../../../drift/damage/hold-out';
import { encodeUtf8 } from '../../../engine/text';
import { MAX_TEXT_FILE_BYTES, type ReadableFile } from '../../../session/text-file';
import { DiffDocuments } from '../diff/documents.svelte';
import type { DiffDocument } from '../diff/diff-text.svelte';

/** Smaller texts teach a model nothing. */
export const MIN_CORPUS_BYTES = 20_000;
/** From this size on, figures are steady. */
export const STEADY_CORPUS_BYTES = 200_000;

/** The user's text to measure damage on: pasted, or files. */
export class OwnCorpus {
	#text = $state.raw('');
	readonly #document = $derived(encodeUtf8(this.#text));
	readonly #documents = new DiffDocuments(() => ({ text: this.#text, document: this.#document }));
	readonly bytes: number = $derived(
		this.#documents.all.reduce((sum, { text }) => sum + text.length, 0)
	);
	/** Sizes of the training and held-out parts; `null` if there is too little text, or too much. */
	readonly sizes: HeldOut | null = $derived(
		this.bytes >= MIN_CORPUS_BYTES && this.bytes <= MAX_TEXT_FILE_BYTES
			? holdOut(this.#documents.all)
			: null
	);

	/** The same array as long as it is the same text. */
	get all(): readonly DiffDocument[] {
		return this.#documents.all;
	}
	/** The text; `null` while there are files. */
	get text(): string | null {
		return this.#documents.text;
	}
	/** What was wrong with files, for people. */
	get problem(): string | null {
		return this.#documents.problem;
	}

	setText(text: string): void {
		this.#documents.close();
		this.#text = text;
	}

	/** Takes files instead. */
	open(files: readonly ReadableFile[]): Promise<void> {
		return this.#documents.open(files);
	}

	dismiss(): void {
		this.#documents.dismiss();
	}
}

const kilobytes = (bytes: number): string =>
	bytes < 1000 ? plural(bytes, 'byte') : `${formatCount(Math.round(bytes / 1000))} kB`;

/** Says how much will be learned from and held out, or how much is missing. */
export function corpusSentence({ bytes, sizes, all, text }: OwnCorpus): string {
	const needed = `At least ${kilobytes(MIN_CORPUS_BYTES)} are needed, ${kilobytes(STEADY_CORPUS_BYTES)} or more give steady figures.`;
	if (bytes === 0) return needed;
	const what = text !== null ? 'your text' : all.length === 1 ? all[0].name : `${all.length} files`;
	const got = `${kilobytes(bytes)} in ${what}`;
	if (!sizes) {
		return bytes < MIN_CORPUS_BYTES
			? `Got ${got}. ${needed}`
			: `Got ${got}, at most ${kilobytes(MAX_TEXT_FILE_BYTES)} can be measured here. Take a part of it.`;
	}
	const unit = sizes.dealt === 'documents' ? 'file' : 'part of it';
	const rough =
		bytes < STEADY_CORPUS_BYTES
			? ` Below ${kilobytes(STEADY_CORPUS_BYTES)} the figures are rough.`
			: '';
	return `${got}: the model learns from ${kilobytes(sizes.trainingBytes)}; every fifth ${unit}, ${kilobytes(sizes.heldOutBytes)}, is held out and served.${rough}`;
}
