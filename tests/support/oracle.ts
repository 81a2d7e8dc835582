import { readFileSync } from 'node:fs';

/** The oracle's texts and the ids that the reference implementations give them (see PROVENANCE.md). */

const read = (path: string): unknown =>
	JSON.parse(readFileSync(new URL(`../oracle/${path}`, import.meta.url), 'utf8'));

export const ORACLE_INPUTS = read('inputs.json') as readonly {
	readonly name: string;
	readonly text: string;
}[];

/** One row an input, in the same order. o200k_harmony has none: its text ids equal o200k_base's. */
export const oracleRows = (id: string): readonly (readonly number[])[] =>
	read(`expected/${id === 'o200k_harmony' ? 'o200k_base' : id}.json`) as number[][];

/** Tokenizers whose rows were made with special tokens as ordinary text. */
const AS_TEXT = /^(gpt2|[or]\d+k_|p50k_|cl100k_|claude)/;

export const oracleSpecial = (id: string): 'text' | 'parse' =>
	AS_TEXT.test(id) ? 'text' : 'parse';
