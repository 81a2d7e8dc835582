/** Opens files as text in a field. @returns restores the text that was there @throws Error with a message for users */
export type OpenInField = (
	files: readonly { readonly file: File; readonly isDirectory: boolean }[]
) => Promise<() => void>;

/** The field that a drop of files went to, for the page, which finds out what the files are. */
export const droppedOn = new WeakMap<DragEvent, OpenInField>();
