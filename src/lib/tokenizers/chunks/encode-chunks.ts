import type { EncodeOptions, Encoding, TokenizerSpec } from '../../engine';
import { byteLength } from '../../engine/text';
import type { Runtime } from '../runtimes/runtime';

export interface Chunk {
	/** Offset of the chunk's first UTF-16 code unit. */
	readonly start: number;
	/** Offset after the chunk's last UTF-16 code unit. */
	readonly end: number;
	/** Whether the space before `start` is left out because the normalizer prepends a `▁`. */
	readonly spaceBefore: boolean;
}

/** Minimum length of a chunk, except the last one, in UTF-16 code units. */
export const CHUNK_UNITS = 1 << 16;
const LETTER = /\p{L}/u;

/**
 * Splits text into chunks. For every built-in tokenizer, encoding the chunks one by one gives exactly the ids of the
 * whole text. Chunks allow progress reports and cancellation, and limit memory use.
 *
 * Text is normally split after a newline between two letters, where every pattern ends a pre-token. If the normalizer
 * prepends a `▁` to its input, the split is at a space between two letters. The space is left out, because the
 * normalizer replaces it with a `▁` at the start of the next chunk. No merge crosses the `▁`.
 */
export function chunkText(text: string, spec: TokenizerSpec, target = CHUNK_UNITS): Chunk[] {
	const prepends = JSON.stringify(spec.normalizer).includes('"Prepend"');
	const separator = prepends ? ' ' : '\n';
	const chunks: Chunk[] = [];
	let start = 0;
	let spaceBefore = false;
	while (text.length - start > target) {
		const at = findSeparator(text, separator, start + target);
		if (at < 0) break;
		chunks.push({ start, end: prepends ? at : at + 1, spaceBefore });
		start = at + 1;
		spaceBefore = prepends;
	}
	chunks.push({ start, end: text.length, spaceBefore });
	return chunks;
}

/** Offset, in UTF-16 code units, of the first separator between two letters at or after `from`; -1 if not found. */
function findSeparator(text: string, separator: string, from: number): number {
	for (let at = text.indexOf(separator, from); at >= 0; at = text.indexOf(separator, at + 1)) {
		if (at > 0 && LETTER.test(text[at - 1]) && LETTER.test(text[at + 1] ?? '')) return at;
	}
	return -1;
}

/**
 * Encodes text in chunks. After each chunk, yields the fraction completed, so that the caller can report progress,
 * yield to other tasks, or stop. Returns the encoding of the whole text.
 * @param target minimum length of a chunk, as in {@link chunkText}
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
	let removedBytes = 0;
	let at = 0;
	for (const { encoding, byte, spaceBefore } of parts) {
		ids.set(encoding.ids, at);
		if (encoding.kinds) kinds.set(encoding.kinds, at);
		for (let i = 0; i < encoding.ids.length; i++) {
			byteStarts[at + i] = encoding.byteStarts[i] + byte;
			byteEnds[at + i] = encoding.byteEnds[i] + byte;
		}
		// The prepended ▁ represents the space between the chunks.
		if (spaceBefore && encoding.ids.length > 0) byteStarts[at]--;
		at += encoding.ids.length;
		droppedBytes += encoding.droppedBytes ?? 0;
		removedBytes += encoding.removedBytes ?? 0;
	}
	return {
		ids,
		byteStarts,
		byteEnds,
		kinds,
		droppedBytes: droppedBytes || undefined,
		removedBytes: removedBytes || undefined
	};
}
