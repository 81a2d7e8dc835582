import type { FileFields } from '../tokenizers/files/file-fields';
import type { Loads } from './types';

/** Answer of Hugging Face's library to a file if it was not asked. */
export const NOT_CHECKED = 'not checked: only Hugging Face’s library itself can tell';

/** Whether Hugging Face's library refuses a file or stops on it. */
export const isBroken = (loads: Loads): boolean => /^(refused|aborts): /.test(loads);

/**
 * Tells how Hugging Face's library loads a file, as far as it is known.
 * @param native its answer, if it was asked
 */
export const loadsOf = (file: FileFields | null | undefined, native?: Loads): Loads =>
	native ?? (file && file.refusal !== null ? `refused: ${file.refusal}` : NOT_CHECKED);
