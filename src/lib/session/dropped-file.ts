import { createContext } from 'svelte';

/** A file that was dropped or chosen. */
export interface DroppedFile {
	readonly file: File;
	readonly isDirectory: boolean;
}

/** Opens files for what they contain, on the page that fits. The root layout passes it down. */
export const [getFileOpener, setFileOpener] =
	createContext<(files: readonly DroppedFile[]) => Promise<void>>();

/** Result of opening files. */
export interface OpenedFiles {
	/** Number of files that were opened. */
	readonly opened: number;
	/** Names of the files that were opened; by default the first ones. */
	readonly names?: readonly string[];
	/** Sentences about files that could not be opened, although others were. */
	readonly problems?: readonly string[];
	/** Restores what was there before. */
	readonly undo: () => void;
	/** Whether undoing loses no later change; by default it never does. It is reactive. */
	readonly applies?: () => boolean;
}

/** Whether a drag carries files, and not a text. */
export const carriesFiles = ({ dataTransfer }: DragEvent): boolean =>
	dataTransfer?.types.includes('Files') ?? false;
