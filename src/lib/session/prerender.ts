import { createTokenizer, type TokenizerSpec } from '../engine';
import { encodeUtf8 } from '../engine/text';
import type { LanguageText } from '../languages/types';
import { countDistinct } from '../tokenizers/ids';
import type { EncodeResult } from './calls/tokenizing';

/** Reads files packed by the build. Implemented in `tools/`. */
export interface PackedFiles {
	spec(tokenizer: string): TokenizerSpec;
	corpus(id: string): string;
	/** Parallel texts in all languages, or only in those that the Inflation page shows first. */
	languages(which: 'first' | 'all'): readonly LanguageText[];
}

/** A text and its encodings, computed when the site is built. */
export interface PrerenderedText {
	readonly text: string;
	readonly results: Readonly<Record<string, EncodeResult>>;
}

/** Returns the UTF-8 of a prerendered text: the current document's own array if the text is the current one. */
export const documentOf = (
	{ text }: PrerenderedText,
	now: { readonly text: string; readonly document: Uint8Array }
): Uint8Array => (text === now.text ? now.document : encodeUtf8(text));

export function prerenderText(
	text: string,
	specs: Readonly<Record<string, TokenizerSpec>>
): PrerenderedText {
	const results = Object.entries(specs).map(([id, spec]) => {
		const tokenizer = createTokenizer(spec);
		const encoding = tokenizer.encode(text);
		const distinct = countDistinct(encoding.ids);
		return [id, { encoding, distinct, vocabularySize: tokenizer.vocabularySize }] as const;
	});
	return { text, results: Object.fromEntries(results) };
}
