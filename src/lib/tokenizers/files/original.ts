import { parseJson } from './json';
import { isObject } from './is-object';
import { readText } from './read';
import type { SlicedFile } from './types';
import { mergeLines } from './vocab-merges';

/** Contents of a tokenizer's files as they are, so that another program can read them. */
export type OriginalTokenizer =
	| {
			readonly format: 'tokenizer.json' | 'tiktoken JSON';
			readonly json: Readonly<Record<string, unknown>>;
	  }
	/** Text whose lines are a token in base64 and its rank. */
	| { readonly format: '.tiktoken'; readonly ranks: string }
	| {
			readonly format: 'vocab.json and merges.txt';
			readonly vocab: Readonly<Record<string, unknown>>;
			/** Two tokens each, with a space between them. */
			readonly merges: readonly string[];
	  };

/**
 * Reads the files of a tokenizer without understanding them.
 * @param files that `readTokenizer` has read; the first has the vocabulary
 * @throws Error for files that have changed since
 */
export async function readOriginal(
	format: OriginalTokenizer['format'],
	[main, ...others]: readonly SlicedFile[]
): Promise<OriginalTokenizer> {
	const text = await readText(main);
	if (format === '.tiktoken') return { format, ranks: text };
	const json = parseJson(text);
	if (!isObject(json)) throw new Error(`${main.name}: got no object, expected the file as it was`);
	if (format !== 'vocab.json and merges.txt') return { format, json };
	const merges = others.find(({ name }) => name === 'merges.txt');
	if (!merges) throw new Error('got no merges.txt, expected the file as it was');
	return { format, vocab: json, merges: mergeLines(await readText(merges)) };
}
