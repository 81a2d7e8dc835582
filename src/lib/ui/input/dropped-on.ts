import type { DroppedFile, OpenedFiles } from '../../session/dropped-file';

/** Opens files as text in a field. @throws Error with a message for users */
export type OpenInField = (files: readonly DroppedFile[]) => Promise<OpenedFiles>;

/** The field that a drop of files went to, for the page, which finds out what the files are. */
export const droppedOn = new WeakMap<DragEvent, OpenInField>();
