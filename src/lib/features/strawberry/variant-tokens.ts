/** Finds the tokens of a word's variants in one tokenizer. */
import type { Encoding } from '../../engine';
import { decodeUtf8 } from '../../engine/text';
import type { Spelling, WordForm } from '../../session/documents/strawberry';
import type { WordVariant } from './variants';

/** How “strawberry” is split in the usual explanation of why models miscount its letters. */
export const USUAL_CLAIM: readonly string[] = ['straw', 'berry'];

export interface WordAnswer {
	readonly variants: readonly WordVariant[];
	readonly encodings: readonly Encoding[];
}

/** The tokens of one variant. Offsets are byte offsets into {@link WordVariant.document}. */
export interface VariantTokens {
	readonly variant: WordVariant;
	readonly encoding: Encoding;
}

/** Returns the tokens of one variant; `null` if the word has no such variant. */
export function tokensOf(
	{ variants, encodings }: WordAnswer,
	form: WordForm,
	spelling: Spelling = 'typed'
): VariantTokens | null {
	const at = variants.findIndex((one) => one.form === form && one.spelling === spelling);
	if (at < 0) return null;
	const variant = variants[at];
	return { variant, encoding: tokensFrom(encodings[at], variant.byteStart) };
}

/**
 * Returns the tokens from byte `byteStart` on, with offsets relative to that byte. A token that begins before that byte
 * is clipped. The number of dropped bytes still refers to the whole text.
 */
export function tokensFrom(encoding: Encoding, byteStart: number): Encoding {
	if (byteStart === 0) return encoding;
	const { ids, byteStarts, byteEnds, droppedBytes } = encoding;
	const from = byteEnds.filter((end) => end <= byteStart).length;
	const rebase = (bytes: Uint32Array) =>
		bytes.subarray(from).map((byte) => Math.max(0, byte - byteStart));
	return {
		ids: ids.subarray(from),
		byteStarts: rebase(byteStarts),
		byteEnds: rebase(byteEnds),
		droppedBytes
	};
}

export function matchesUsualClaim({ variant, encoding }: VariantTokens): boolean {
	const texts = Array.from(encoding.ids, (_, i) =>
		decodeUtf8(variant.document().subarray(encoding.byteStarts[i], encoding.byteEnds[i]))
	);
	const trimmed = texts.map((text, i) => (i === 0 ? text.trimStart() : text)).filter(Boolean);
	return trimmed.join('|') === USUAL_CLAIM.join('|');
}
