import { NO_BATCH_FIELDS, type BatchFields } from '../lib/drift/config/batch-differences';
import { CATALOGUE, findEntry } from '../lib/catalogue/entries';
import type { CatalogueEntry, RuntimeName } from '../lib/catalogue/types';
import {
	parseTokenizerJson,
	specFromTiktoken,
	type TiktokenRanks,
	type TokenizerSpec
} from '../lib/engine';
import { createLibraryRuntime } from '../lib/runtimes/create';
import { Lab } from '../lib/runtimes/lab';
import type { Runtime } from '../lib/runtimes/types';
import { oneLine, systemCode, UserError } from './failure';
import { readText } from './input';
import type { Io } from './io';
import { catalogueSpec } from './vocabularies';

/** A tokenizer that was asked for by name. */
export interface NamedTokenizer {
	/** As it was asked for: an id of the catalogue or a path. */
	readonly name: string;
	readonly spec: TokenizerSpec;
	/** Undefined for a file. */
	readonly entry: CatalogueEntry | undefined;
	/** What the file says; undefined for the catalogue's. */
	readonly file?: string;
	/** What the file says of the length of texts, which only a diff looks at. */
	readonly batch: BatchFields;
}

/**
 * Finds a TOKENIZER: an id of the catalogue, or else the path of a file that the lab reads:
 * tokenizer.json, or the JSON of a tiktoken encoding (`pat_str`, `bpe_ranks`, `special_tokens`).
 * @throws UserError for a name that is neither, or a file that is something else.
 */
export async function loadTokenizer(name: string, io: Io): Promise<NamedTokenizer> {
	const entry = findEntry(name);
	if (entry) return { name, entry, spec: await catalogueSpec(name), batch: NO_BATCH_FIELDS };
	const text = await readTokenizerFile(name, io);
	try {
		return { name, entry, ...readFile(text), file: text };
	} catch (error) {
		throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
	}
}

async function readTokenizerFile(name: string, io: Io): Promise<string> {
	try {
		return await readText(io, [name]);
	} catch (error) {
		const missing = error instanceof UserError && systemCode(error.cause) === 'ENOENT';
		if (!missing) throw error;
		const known = CATALOGUE.map(({ id }) => id).join(', ');
		const looksLikePath = /[/\\]|\.[a-z]+$/i.test(name);
		const what = looksLikePath ? `no file "${name}"` : `unknown tokenizer "${name}"`;
		throw new UserError(`${what}: expected ${known}, or the path of a tokenizer.json`, {
			cause: error
		});
	}
}

function readFile(text: string): Pick<NamedTokenizer, 'spec' | 'batch'> {
	const json = parseJson(text);
	if (isRanks(json)) return { spec: specFromTiktoken(json), batch: NO_BATCH_FIELDS };
	const spec = parseTokenizerJson(json);
	const { truncation = null, padding = null } = json as Partial<BatchFields>;
	return { spec, batch: { truncation, padding } };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		if (/^\S+ \d+\r?\n/.test(text)) {
			throw new Error(
				'got ranks alone, which do not say how text is cut; expected a tokenizer.json, or JSON with pat_str, bpe_ranks and special_tokens',
				{ cause: error }
			);
		}
		throw new Error(`expected a tokenizer.json, got what is not JSON (${oneLine(error)})`, {
			cause: error
		});
	}
}

function isRanks(json: unknown): json is TiktokenRanks {
	if (typeof json !== 'object' || json === null || !('bpe_ranks' in json)) return false;
	const { bpe_ranks, pat_str, special_tokens } = json as Record<keyof TiktokenRanks, unknown>;
	if (typeof bpe_ranks !== 'string') throw new Error('bpe_ranks: expected a string');
	if (typeof pat_str !== 'string') throw new Error('pat_str: expected a string');
	if (typeof special_tokens !== 'object' || special_tokens === null) {
		throw new Error('special_tokens: expected an object');
	}
	return true;
}

/**
 * Starts a program on a tokenizer.
 * @throws UserError when the program cannot run it
 */
export async function startRuntime(
	{ name, spec }: NamedTokenizer,
	runtime: RuntimeName
): Promise<Runtime> {
	try {
		return runtime === 'lab' ? new Lab(spec) : await createLibraryRuntime(runtime, spec);
	} catch (error) {
		throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
	}
}
