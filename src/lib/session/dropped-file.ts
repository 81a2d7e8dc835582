import { createContext } from 'svelte';

export interface DroppedFile {
	readonly file: File;
	readonly isDirectory: boolean;
	/** File system entry of a dropped folder, for listing its files. */
	readonly entry?: FileSystemDirectoryEntry;
	/** Name of the folder that contains the file. */
	readonly folder?: string;
}

/** The files chosen in a file field, which can't include folders. */
export const chosenFiles = (field: HTMLInputElement): DroppedFile[] => {
	const files = [...(field.files ?? [])].map((file) => ({ file, isDirectory: false }));
	// Clear the field, so that choosing the same file again fires an event.
	field.value = '';
	return files;
};

/** Shows the user's own tokenizers on a page. @returns a function that undoes the change */
export type TakeTokenizers = (ids: readonly string[]) => () => void;

/** Opens files on a suitable page. Provided by the root layout. */
export interface OpensFiles {
	/** Opens files according to their content. */
	open(files: readonly DroppedFile[]): Promise<void>;
	/** Opens and saves tokenizers, and shows them with `take` or, if that is `null`, on a suitable page. */
	openTokenizers(files: readonly DroppedFile[], take: TakeTokenizers | null): Promise<void>;
	/**
	 * Opens the dialog that loads tokenizers from the Hugging Face Hub. For `take`, see {@link openTokenizers}.
	 */
	openHub(take: TakeTokenizers | null): void;
	showReading(id: string): void;
	/** Opens the dialog that lists the user's own tokenizers. */
	showMine(): void;
	/** Saves the page's text, tokenizers and settings as a session file. */
	savePage(): void;
}

export const [getFileOpener, setFileOpener] = createContext<OpensFiles>();

export interface OpenedFiles {
	/** Number of files opened; 0 if a later call superseded this one. */
	readonly opened: number;
	readonly undo: () => void;
	/** Whether undo is still possible without losing later changes (reactive). If absent, undo is always possible. */
	readonly applies?: () => boolean;
}

/** Whether a drag carries files rather than text. */
export const carriesFiles = ({ dataTransfer }: DragEvent): boolean =>
	dataTransfer?.types.includes('Files') ?? false;

/** Opens files as text in a field. @throws Error with a message for users */
export type OpenInField = (files: readonly DroppedFile[]) => Promise<OpenedFiles>;

/** For each drop on a text field, opens the files in that field; called once the page has detected their format. */
export const droppedOn = new WeakMap<DragEvent, OpenInField>();
