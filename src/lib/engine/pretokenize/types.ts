import type { IntBuffer } from '../structures/int-buffer';

/**
 * Splits `bytes[start, end)` (well-formed UTF-8) into pre-tokens: appends the exclusive last byte of each to `ends`.
 * The pre-tokens cover the range without gaps. An empty range appends nothing. Bytes outside it have no influence.
 */
export type Scanner = (bytes: Uint8Array, start: number, end: number, ends: IntBuffer) => void;
