import { readFileSync } from 'node:fs';

/** The oracle's texts, and the results of the reference implementations (see PROVENANCE.md). */

const read = (path: string): unknown =>
	JSON.parse(readFileSync(new URL(`../oracle/${path}`, import.meta.url), 'utf8'));

export const ORACLE_INPUTS = read('inputs.json') as readonly {
	readonly name: string;
	readonly text: string;
}[];

/** How special tokens in text are encoded. */
export const MODES = ['text', 'parse'] as const;

export interface Oracle {
	readonly reference: string;
	/**
	 * SHA-256 of the lines `<id> <base64 of the token's bytes>` for the model's tokens, in order of id; absent if the
	 * reference ran a file written by the lab. A SentencePiece token's bytes are its string in UTF-8.
	 */
	readonly tokensSha256?: string;
	readonly specialTokens: readonly (readonly [id: number, content: string])[];
	/** Ids for each text, in the order of {@link ORACLE_INPUTS}. */
	readonly text: readonly (readonly number[])[];
	readonly parse: readonly (readonly number[])[];
}

/** @param name id of a built-in tokenizer, or of an alias that has rows of its own */
export const oracleOf = (name: string): Oracle => read(`expected/${name}.json`) as Oracle;

const indexOf = (text: string): number => ORACLE_INPUTS.findIndex(({ name }) => name === text);

/** The oracle's text with this name. */
export const textOf = (name: string): string => ORACLE_INPUTS[indexOf(name)].text;

/** Reference ids for the text with this name, with special tokens read as text. */
export const idsOf = (tokenizer: string, name: string): readonly number[] =>
	oracleOf(tokenizer).text[indexOf(name)];
