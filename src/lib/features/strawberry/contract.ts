import type { GridToken } from './grid';

/** Bytes of the word, so that the same letters are found under another tokenizer. */
export interface WordRange {
	readonly start: number;
	readonly end: number;
}

/** One way of writing the word under one tokenizer, ready to be drawn. */
export interface WordRow {
	/** UTF-8 of what is shown; offsets of the tokens are its bytes. */
	readonly document: Uint8Array;
	/** Its graphemes. */
	readonly graphemes: readonly string[];
	/** One byte a grapheme, 1 for the letter asked for. */
	readonly matches: Uint8Array;
	/** The tokens that are drawn. */
	readonly tokens: readonly GridToken[];
	/** Tokens that are not drawn, because there are too many. */
	readonly more: number;
	/** Bytes before the word: the space of a sentence. */
	readonly lead: number;
}
