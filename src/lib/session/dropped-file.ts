import { createContext } from 'svelte';

/** A file that was dropped or chosen. */
export interface DroppedFile {
	readonly file: File;
	readonly isDirectory: boolean;
	/** Lists the files of a folder that was dropped. */
	readonly entry?: FileSystemDirectoryEntry;
	/** Name of the folder that it was in. */
	readonly folder?: string;
}

/** Files that were chosen in a field, of which none is a folder. */
export const chosenFiles = (field: HTMLInputElement): DroppedFile[] => {
	const files = [...(field.files ?? [])].map((file) => ({ file, isDirectory: false }));
	// Without this, choosing the same file again would fire no event.
	field.value = '';
	return files;
};

/** Shows tokenizers of the user's own on a page. @returns shows what was there before */
export type TakeTokenizers = (ids: readonly string[]) => () => void;

/** Opens files on the page that fits. The root layout passes it down. */
export interface OpensFiles {
	/** Opens files for what they contain. */
	open(files: readonly DroppedFile[]): Promise<void>;
	/** Opens files as tokenizers, saves them, and shows them with `take`; with `null`, on the page that fits. */
	openTokenizers(files: readonly DroppedFile[], take: TakeTokenizers | null): Promise<void>;
	/** Opens the dialog that loads tokenizers from the Hugging Face Hub, and shows them with `take`, as {@link openTokenizers}. */
	openHub(take: TakeTokenizers | null): void;
	/** Shows what was read from the files of a saved tokenizer. */
	showReading(id: string): void;
	/** Opens the dialog with the tokenizers of the user's own. */
	showMine(): void;
	/** Saves the page as a session file: text, tokenizers and settings. */
	savePage(): void;
}

export const [getFileOpener, setFileOpener] = createContext<OpensFiles>();

/** Result of opening files. */
export interface OpenedFiles {
	/** Number of files that were opened; 0 if a later one replaced them. */
	readonly opened: number;
	/** Restores what was there before. */
	readonly undo: () => void;
	/** Whether undoing loses no later change; by default it never does. It is reactive. */
	readonly applies?: () => boolean;
}

/** Whether a drag carries files, and not a text. */
export const carriesFiles = ({ dataTransfer }: DragEvent): boolean =>
	dataTransfer?.types.includes('Files') ?? false;

/** Opens files as text in a field. @throws Error with a message for users */
export type OpenInField = (files: readonly DroppedFile[]) => Promise<OpenedFiles>;

/** The field that a drop of files went to, for the page, which finds out what the files are. */
export const droppedOn = new WeakMap<DragEvent, OpenInField>();
