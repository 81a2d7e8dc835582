import type { IntBuffer } from '../structures/int-buffer';

/**
 * Cuts `bytes[start, end)` (well-formed UTF-8) into pieces: appends the end (byte) of each piece to
 * `ends`. The pieces tile the range, so the last end appended is `end`; an empty range appends
 * nothing. Whatever lies outside the range is not looked at.
 */
export type Scanner = (bytes: Uint8Array, start: number, end: number, ends: IntBuffer) => void;
