import { formatCount, plural } from '../../../session/format';
import { holdOut, type HeldOut } from '../../../drift/damage/hold-out';
import { encodeUtf8 } from '../../../engine/text';
import { FILE_LIMIT, type ReadableFile } from '../../../session/text-file';
import { DiffDocuments } from '../diff/documents.svelte';
import type { DiffDocument } from '../diff/diff-text.svelte';

/** Bytes below which a text teaches a model nothing. */
export const LEAST = 20_000;
/** Bytes from which on figures are steady. */
export const RECOMMENDED = 200_000;

/** Text of the user's own to measure damage on: pasted, or files. */
export class OwnCorpus {
	#text = $state.raw('');
	readonly #document = $derived(encodeUtf8(this.#text));
	readonly #documents = new DiffDocuments(() => ({ text: this.#text, document: this.#document }));
	readonly bytes: number = $derived(
		this.#documents.all.reduce((sum, { text }) => sum + text.length, 0)
	);
	/** What is held out; null where there is too little text, or too much. */
	readonly sizes: HeldOut | null = $derived(
		this.bytes >= LEAST && this.bytes <= FILE_LIMIT ? holdOut(this.#documents.all) : null
	);

	/** The same array as long as it is the same text. */
	get all(): readonly DiffDocument[] {
		return this.#documents.all;
	}
	/** The text; null while there are files. */
	get text(): string | null {
		return this.#documents.text;
	}
	/** What was wrong with files, in words. */
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

/** What will be learned from and what held out, or what is missing. */
export function corpusSentence({ bytes, sizes, all, text }: OwnCorpus): string {
	const needed = `At least ${kilobytes(LEAST)} are needed, ${kilobytes(RECOMMENDED)} or more give steady figures.`;
	if (bytes === 0) return needed;
	const what = text !== null ? 'your text' : all.length === 1 ? all[0].name : `${all.length} files`;
	const got = `${kilobytes(bytes)} in ${what}`;
	if (!sizes) {
		return bytes < LEAST
			? `Got ${got}. ${needed}`
			: `Got ${got}, at most ${kilobytes(FILE_LIMIT)} can be measured here. Take a part of it.`;
	}
	const unit = sizes.dealt === 'documents' ? 'file' : 'part of it';
	const rough =
		bytes < RECOMMENDED ? ` Below ${kilobytes(RECOMMENDED)} the figures are rough.` : '';
	return `${got}: the model learns from ${kilobytes(sizes.trainingBytes)}; every fifth ${unit}, ${kilobytes(sizes.heldOutBytes)}, is held out and served.${rough}`;
}
