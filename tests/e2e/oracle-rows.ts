import { readFileSync } from 'node:fs';

const read = (path: string): unknown =>
	JSON.parse(readFileSync(new URL(`../oracle/${path}`, import.meta.url), 'utf8'));
const inputs = read('inputs.json') as { name: string; text: string }[];
/** Text of the oracle with a name. */
export const textOf = (name: string): string =>
	inputs.find((input) => input.name === name)?.text ?? '';
/** Reference ids of such a text. */
export const idsOf = (tokenizer: string, name: string): number[] =>
	(read(`expected/${tokenizer}.json`) as { text: number[][] }).text[
		inputs.findIndex((input) => input.name === name)
	];

/** The default tokenizers that have a reference. */
export const DEFAULTS = ['cl100k_base', 'o200k_base', 'gemma3'];
