import { encodeUtf8 } from '../../../engine/text';
import { readTextFile, type ReadableFile } from '../../../session/text-file';
import type { DiffDocument } from './diff-text.svelte';

/** The most files that are compared at once. */
export const MAX_DIFF_FILES = 200;

/** The documents of a diff: the text that all pages share, or files. */
export class DiffDocuments {
	#files = $state.raw<readonly DiffDocument[] | null>(null);
	#problem = $state<string | null>(null);
	/** Counts openings, so that files that were replaced are read no further. No worker is asked. */
	#opening = 0;
	readonly #text: () => { readonly text: string; readonly document: Uint8Array };
	readonly #all: readonly DiffDocument[];

	/** @param text the shared one, and its UTF-8 */
	constructor(text: () => { readonly text: string; readonly document: Uint8Array }) {
		this.#text = text;
		this.#all = $derived(this.#files ?? [{ name: 'your text', text: this.#text().document }]);
	}

	get all(): readonly DiffDocument[] {
		return this.#all;
	}

	/** The user's text; `null` while files are compared. */
	get text(): string | null {
		return this.#files ? null : this.#text().text;
	}

	/** What was wrong with files, for people. */
	get problem() {
		return this.#problem;
	}

	dismiss(): void {
		this.#problem = null;
	}

	/** Takes files instead of the text. One that cannot be read is named, and the others are taken. */
	async open(files: readonly ReadableFile[]): Promise<void> {
		const mine = ++this.#opening;
		this.#problem = null;
		const problems: string[] = [];
		if (files.length > MAX_DIFF_FILES)
			problems.push(`${files.length} files were chosen; the first ${MAX_DIFF_FILES} are compared.`);
		const documents: DiffDocument[] = [];
		for (const file of files.slice(0, MAX_DIFF_FILES)) {
			try {
				const { name, text } = await readTextFile(file);
				documents.push({ name, text: encodeUtf8(text) });
			} catch (error) {
				problems.push(error instanceof Error ? error.message : String(error));
			}
			if (mine !== this.#opening) return;
		}
		if (documents.length > 0) this.#files = documents;
		this.#problem = problems.length > 0 ? problems.join(' ') : null;
	}

	/** Back to the text. */
	close(): void {
		this.#opening++;
		this.#files = null;
		this.#problem = null;
	}
}
