import { createTokenizer, type TokenizerSpec } from '../engine';
import { encodeUtf8 } from '../engine/text';
import type { LanguageText } from '../languages/types';
import { countDistinct } from '../tokenizers/ids';
import type { EncodeResult } from './calls/tokenizing';

/** Reads the files that the build packs. Implemented in `tools/`. */
export interface PackedFiles {
	spec(tokenizer: string): TokenizerSpec;
	/** Text of an example corpus. */
	corpus(id: string): string;
	/** Parallel texts of the languages that Inflation starts with, or of all languages. */
	languages(which: 'first' | 'all'): readonly LanguageText[];
}

/** A text in several tokenizers, encoded when the site was built. */
export interface PrerenderedText {
	readonly text: string;
	readonly results: Readonly<Record<string, EncodeResult>>;
}

/** UTF-8 of a prerendered text: by identity that of the current text, if it is the same. */
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
