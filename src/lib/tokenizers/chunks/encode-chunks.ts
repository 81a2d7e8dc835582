import type { EncodeOptions, Encoding, TokenizerSpec } from '../../engine';
import { byteLength } from '../../engine/text';
import { chunkText } from './chunks';
import type { Runtime } from '../runtimes/types';

/**
 * Encodes a text chunk by chunk (see chunks.ts). Yields the share done after each chunk, from 0 to
 * 1, so that the caller can report it, let others run, or stop; returns the encoding of the whole.
 * `target` is how long chunks are to be, in units.
 */
export function* encodeInChunks(
	runtime: Runtime,
	spec: TokenizerSpec,
	text: string,
	options: EncodeOptions,
	target?: number
): Generator<number, Encoding> {
	const wellFormed = text.toWellFormed();
	const parts: { encoding: Encoding; byte: number; spaceBefore: boolean }[] = [];
	let byte = 0;
	for (const { start, end, spaceBefore } of chunkText(wellFormed, spec, target)) {
		const chunk = wellFormed.slice(start, end);
		if (spaceBefore) byte++;
		parts.push({ encoding: runtime.encode(chunk, options), byte, spaceBefore });
		if (end === wellFormed.length) break;
		byte += byteLength(chunk);
		yield end / wellFormed.length;
	}
	return parts.length === 1 ? parts[0].encoding : join(parts);
}

function join(
	parts: readonly { encoding: Encoding; byte: number; spaceBefore: boolean }[]
): Encoding {
	const count = parts.reduce((sum, { encoding }) => sum + encoding.ids.length, 0);
	const ids = new Uint32Array(count);
	const byteStarts = new Uint32Array(count);
	const byteEnds = new Uint32Array(count);
	const kinds = new Uint8Array(count);
	let droppedBytes = 0;
	let at = 0;
	for (const { encoding, byte, spaceBefore } of parts) {
		ids.set(encoding.ids, at);
		if (encoding.kinds) kinds.set(encoding.kinds, at);
		for (let i = 0; i < encoding.ids.length; i++) {
			byteStarts[at + i] = encoding.byteStarts[i] + byte;
			byteEnds[at + i] = encoding.byteEnds[i] + byte;
		}
		// The prepended ▁ is the space that was left out between the chunks.
		if (spaceBefore && encoding.ids.length > 0) byteStarts[at]--;
		at += encoding.ids.length;
		droppedBytes += encoding.droppedBytes ?? 0;
	}
	return { ids, byteStarts, byteEnds, kinds, droppedBytes: droppedBytes || undefined };
}
