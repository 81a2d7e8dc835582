/** The tokens of a word's variants under one tokenizer. */
import type { Encoding } from '../../engine';
import { decodeUtf8 } from '../../engine/text';
import { encodingOf, type JoinedEncodings } from './joined-encodings';
import { countByToken } from './letter-grid';
import type { VariantKind, WordVariant } from './variants';

/** The split of “strawberry” in the usual explanation. */
export const USUAL_CLAIM: readonly string[] = ['straw', 'berry'];

/** One tokenizer's answer about a word. */
export interface WordAnswer {
	readonly variants: readonly WordVariant[];
	/** One encoding per variant. */
	readonly encodings: JoinedEncodings;
}

/** The tokens of one variant. Offsets are bytes of {@link WordVariant.document}. */
export interface VariantTokens {
	readonly variant: WordVariant;
	readonly encoding: Encoding;
}

/** `null` if the word has no such variant. */
export function tokensOf(
	{ variants, encodings }: WordAnswer,
	kind: VariantKind
): VariantTokens | null {
	const at = variants.findIndex((variant) => variant.kind === kind);
	if (at < 0) return null;
	const variant = variants[at];
	return { variant, encoding: encodingOf(encodings, at, variant.byteStart) };
}

/** Whether there are several letters, and each is the only one in its token. */
export function isSpelledOut({ variant, encoding }: VariantTokens): boolean {
	// With fewer tokens than letters, some token holds two.
	if (encoding.ids.length < variant.letterCount()) return false;
	const { perToken, split } = countByToken(variant.graphemes(), encoding, variant.letters());
	const held = perToken.reduce((sum, count) => sum + count, 0);
	return held > 1 && split === 0 && perToken.every((count) => count <= 1);
}

/** Whether the tokens, without a leading space, are those of the usual explanation. */
export function matchesUsualClaim({ variant, encoding }: VariantTokens): boolean {
	const texts = Array.from(encoding.ids, (_, i) =>
		decodeUtf8(variant.document().subarray(encoding.byteStarts[i], encoding.byteEnds[i]))
	);
	const trimmed = texts.map((text, i) => (i === 0 ? text.trimStart() : text)).filter(Boolean);
	return trimmed.join('|') === USUAL_CLAIM.join('|');
}
