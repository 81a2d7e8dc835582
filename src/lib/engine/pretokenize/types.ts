import type { IntBuffer } from '../structures/int-buffer';

/**
 * Splits `bytes[start, end)` (well-formed UTF-8) into pre-tokens: appends the exclusive last byte of each to
 * `ends`. The pre-tokens tile the range, so the last end appended is `end`; an empty range appends nothing.
 * Bytes outside the range have no influence.
 */
export type Scanner = (bytes: Uint8Array, start: number, end: number, ends: IntBuffer) => void;
