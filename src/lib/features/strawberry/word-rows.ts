import { gridOf, type GridToken } from './grid';
import type { LetterQuery, WayTokens } from './ways';

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

/** Letters of one row that are drawn; all are counted. */
const DRAWN = 120;

/** @param asked null: no letter is counted */
export function rowOf({ way, encoding }: WayTokens, asked: LetterQuery | null): WordRow {
	const matches = asked ? way.matches(asked) : new Uint8Array(way.graphemes.texts.length);
	const tokens = gridOf(way.graphemes, encoding, matches, DRAWN);
	return {
		document: way.document,
		graphemes: way.graphemes.texts,
		matches,
		tokens,
		more: encoding.ids.length - tokens.length,
		lead: way.lead
	};
}
