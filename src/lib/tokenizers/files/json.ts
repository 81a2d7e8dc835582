/** The one reader of JSON that holds a tokenizer. */
import { parseTokenizerJson, specFromTiktoken, type TiktokenRanks } from '../../engine';
import { isObject, readJson, type JsonDocument } from './exact-json';
import type { TokenizerReading } from './types';

/** A tokenizer without the names of its files. */
export type Reading = Omit<TokenizerReading, 'files'>;

/**
 * Reads a tokenizer.json, or the JSON of a tiktoken encoding (`pat_str`, `bpe_ranks`, `special_tokens`).
 * @param json the parsed text
 * @throws Error in one line that names the field
 */
export function readTokenizerJson(json: unknown): Reading {
	const notes = { stated: [], assumed: [], unsupported: [] };
	if (!isObject(json)) throw new Error('got JSON without a "model", expected a tokenizer.json');
	if (Object.hasOwn(json, 'bpe_ranks'))
		return { format: 'tiktoken JSON', spec: specFromTiktoken(checkRanks(json)), ...notes };
	if (Object.hasOwn(json, 'model')) {
		const spec = parseTokenizerJson(json);
		return { format: 'tokenizer.json', spec, ...notes, unsupported: unusedParts(json) };
	}
	const values = Object.values(json);
	if (values.length > 0 && values.every((value) => typeof value === 'number')) {
		throw new Error(
			'got a vocab.json alone, expected its merges.txt as well; give the folder of both'
		);
	}
	throw new Error('got JSON without a "model", expected a tokenizer.json');
}

function checkRanks(json: Readonly<Record<string, unknown>>): TiktokenRanks {
	const { bpe_ranks, pat_str, special_tokens } = json;
	if (typeof bpe_ranks !== 'string') throw new Error('bpe_ranks: expected a string');
	if (typeof pat_str !== 'string') throw new Error('pat_str: expected a string');
	if (typeof special_tokens !== 'object' || special_tokens === null)
		throw new Error('special_tokens: expected an object');
	return { bpe_ranks, pat_str, special_tokens: special_tokens as Record<string, number> };
}

/** Settings of a tokenizer.json that the lab does not follow. */
function unusedParts({ truncation, padding, model }: Readonly<Record<string, unknown>>): string[] {
	const { dropout } = model as { readonly dropout?: unknown };
	return [
		...(truncation ? ['truncation is set; the lab encodes whole texts.'] : []),
		...(padding ? ['padding is set; the lab encodes one text at a time.'] : []),
		...(dropout
			? ['model.dropout is set, which skips merges at random; the lab always applies them all.']
			: [])
	];
}

/** @throws Error in one line for a text that is not JSON, with line and column */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
	} catch {
		// The exact reader is several times slower, and says where it stopped.
		return parseExactJson(text).value;
	}
}

/** Parses JSON with the details that `JSON.parse` hides. @throws Error as {@link parseJson} */
export function parseExactJson(text: string): JsonDocument {
	try {
		return readJson(text);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`got text that is not JSON (${reason}), expected a tokenizer.json`, {
			cause: error
		});
	}
}
