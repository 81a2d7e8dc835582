import type { IntBuffer } from '../structures/int-buffer';

/** Buffers longer than this (16 MB) are given back after use: one huge text should not hold them for good. */
const KEPT_LENGTH = 1 << 22;

/** Empties a buffer for the next text. */
export function reuse(buffer: IntBuffer): void {
	buffer.clear();
	if (buffer.data.length > KEPT_LENGTH) buffer.data = new Uint32Array(1 << 12);
}
