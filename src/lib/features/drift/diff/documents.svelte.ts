import { encodeUtf8 } from '../../../engine/text';
import type { Lab } from '../../../session/lab.svelte';
import { readTextFile, type ReadableFile } from '../../../session/text-file';
import type { DiffDocument } from './diff-text.svelte';
import { FIRST_EXAMPLE } from '../../../session/examples';
import { describeExcessFiles, EXAMPLE_NAME, TEXT_NAME } from './messages';

export const MAX_DIFF_FILES = 200;

/** A text and its UTF-8. */
interface Text {
	readonly text: string;
	readonly document: Uint8Array;
}

/** The result of {@link DiffDocuments.open}. */
interface OpenedDocuments {
	readonly names: readonly string[];
	/** User-facing messages. */
	readonly problems: readonly string[];
}

const nameText = ({ text, document }: Text): DiffDocument => ({
	name: text === FIRST_EXAMPLE.text ? EXAMPLE_NAME : TEXT_NAME,
	text: document
});

/** The documents of a diff: the text that all pages share, or files. */
export class DiffDocuments {
	#files = $state.raw<readonly DiffDocument[] | null>(null);
	#problem = $state<string | null>(null);
	/** Counts calls of {@link open}, so that files that were replaced are not read to the end. */
	#opening = 0;
	readonly #text: () => Text;
	readonly all: readonly DiffDocument[];

	/** @param text the shared text and its UTF-8 */
	constructor(text: () => Text) {
		this.#text = text;
		this.all = $derived(this.#files ?? [nameText(this.#text())]);
	}

	/** The user's text; `null` if files are compared. */
	get text(): string | null {
		return this.#files ? null : this.#text().text;
	}

	/** User-facing message about the files; `null` if there is no problem. */
	get problem() {
		return this.#problem;
	}

	dismiss(): void {
		this.#problem = null;
	}

	/**
	 * Opens files in place of the text. Reports each file that cannot be read and takes the others.
	 * @returns names of the opened files, none if other files were opened meanwhile; a message for each that was not
	 */
	async open(files: readonly ReadableFile[]): Promise<OpenedDocuments> {
		const opening = ++this.#opening;
		this.#problem = null;
		const problems: string[] = [];
		if (files.length > MAX_DIFF_FILES)
			problems.push(describeExcessFiles(files.length, MAX_DIFF_FILES));
		const documents: DiffDocument[] = [];
		for (const file of files.slice(0, MAX_DIFF_FILES)) {
			try {
				const { name, text } = await readTextFile(file);
				documents.push({ name, text: encodeUtf8(text) });
			} catch (error) {
				problems.push(error instanceof Error ? error.message : String(error));
			}
			if (opening !== this.#opening) return { names: [], problems: [] };
		}
		if (documents.length > 0) this.#files = documents;
		this.#problem = problems.length > 0 ? problems.join(' ') : null;
		return { names: documents.map(({ name }) => name), problems };
	}

	/** Names of the files that are compared; none if the text is. */
	get files(): readonly string[] {
		return this.#files?.map(({ name }) => name) ?? [];
	}

	/** @returns brings back the files, or the text, that are compared now */
	remember(): () => void {
		const files = this.#files;
		return () => {
			this.#opening++;
			this.#files = files;
			this.#problem = null;
		};
	}

	/** Goes back to the text. */
	close(): void {
		this.#opening++;
		this.#files = null;
		this.#problem = null;
	}
}

/** The documents of a diff. The gallery shares them, because its links change the text. */
export const createDocuments = (lab: Lab): DiffDocuments => new DiffDocuments(() => lab.shared);
