import {
	parseTokenizerJson,
	specFromTiktoken,
	type TiktokenRanks,
	type TokenizerSpec
} from '../../engine';
import { NO_BATCH_FIELDS, type BatchFields } from '../batches';
import type { Loads } from '../types';

/** A tokenizer as far as a judgement needs it. */
export interface TokenizerSource {
	/** The file as read: two files are the same if their texts are. Absent for the catalogue's. */
	readonly text?: string;
	/** `null` if native refuses the file and the engine cannot read it either. */
	readonly spec: TokenizerSpec | null;
	readonly batch?: BatchFields;
	/** Absent for what is in no file. */
	readonly loads?: Loads;
}

/**
 * Reads a tokenizer.json, or the JSON of a tiktoken encoding (`pat_str`, `bpe_ranks`, `special_tokens`).
 * @throws Error in one line for what is no tokenizer, and for one that native loads and the engine cannot read
 */
export function readTokenizerFile(text: string): TokenizerSource {
	const json = parseJson(text);
	if (isRanks(json)) {
		return { text, spec: specFromTiktoken(json), batch: NO_BATCH_FIELDS, loads: 'yes' };
	}
	const spec = parseTokenizerJson(json);
	const { truncation = null, padding = null } = json as Partial<BatchFields>;
	return { text, spec, batch: { truncation, padding }, loads: 'yes' };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		if (/^\S+ \d+\r?\n/.test(text)) {
			throw new Error(
				'got ranks alone, which do not say how text is split; expected a tokenizer.json, or JSON with pat_str, bpe_ranks and special_tokens',
				{ cause: error }
			);
		}
		const message = error instanceof Error ? error.message : String(error);
		throw new Error(`expected a tokenizer.json, got what is not JSON (${message})`, {
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
