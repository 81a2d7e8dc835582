import { readFileSync } from 'node:fs';
import { getDescriptor } from '../../src/lib/tokenizers/catalogue';

/** The oracle's texts and the ids that the reference implementations give them (see PROVENANCE.md). */

const read = (path: string): unknown =>
	JSON.parse(readFileSync(new URL(`../oracle/${path}`, import.meta.url), 'utf8'));

export const ORACLE_INPUTS = read('inputs.json') as readonly {
	readonly name: string;
	readonly text: string;
}[];

/** One row per input, in the same order. @param name an id, or an alias with rows of its own */
export function oracleRows(name: string): readonly (readonly number[])[] {
	const { id, oracle } = getDescriptor(name);
	return read(`expected/${name === id ? oracle.file : `${name}.json`}`) as number[][];
}

/** How the rows' texts were encoded. */
export const oracleSpecial = (name: string): 'text' | 'parse' => getDescriptor(name).oracle.special;
