/**
 * Cuts a long text where no pre-tokenizer of the catalogue looks across, so that a library that
 * encodes in one call can report progress, be cancelled and keep its memory small. Encoding the
 * chunks one by one gives exactly the ids of the whole (held by a property test).
 */
import type { TokenizerSpec } from '../../engine';

export interface Chunk {
	/** First unit (UTF-16) of the chunk. */
	readonly start: number;
	/** Exclusive last unit. */
	readonly end: number;
	/** Whether the space before `start` was left out because the normalizer puts a `▁` there. */
	readonly spaceBefore: boolean;
}

/** Length at which a text is split, in UTF-16 code units. */
export const CHUNK_UNITS = 1 << 16;
const LETTER = /\p{L}/u;

/**
 * - Most pre-tokenizers: a cut after a newline that stands between two letters. A newline before a
 *   letter ends a piece in every pattern, and with a letter before it no run of whitespace or
 *   punctuation reaches it.
 * - A normalizer that prepends `▁` to every text: a cut *at* a space between two letters, the space
 *   being the one that is prepended to the next chunk. No merge crosses a `▁` there.
 */
export function chunkText(text: string, spec: TokenizerSpec, target = CHUNK_UNITS): Chunk[] {
	const prepends = JSON.stringify(spec.normalizer).includes('"Prepend"');
	const separator = prepends ? ' ' : '\n';
	const chunks: Chunk[] = [];
	let start = 0;
	let spaceBefore = false;
	while (text.length - start > target) {
		const cut = findCut(text, separator, start + target);
		if (cut < 0) break;
		chunks.push({ start, end: prepends ? cut : cut + 1, spaceBefore });
		start = cut + 1;
		spaceBefore = prepends;
	}
	chunks.push({ start, end: text.length, spaceBefore });
	return chunks;
}

/** Unit of the first separator at or after `from` that stands between two letters, or -1. */
function findCut(text: string, separator: string, from: number): number {
	for (let at = text.indexOf(separator, from); at >= 0; at = text.indexOf(separator, at + 1)) {
		if (at > 0 && LETTER.test(text[at - 1]) && LETTER.test(text[at + 1] ?? '')) return at;
	}
	return -1;
}
