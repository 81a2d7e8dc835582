/** Contents of a tokenizer's file that its spec does not hold. A comparison needs them, running the tokenizer does not. */
import type { AddedTokenSpec } from '../../engine';
import { isObject } from './exact-json';

/** Plain JSON, so that it can be stored and sent together with the spec. */
export interface FileFields {
	/** Whether it is a tokenizer.json, not the JSON of a tiktoken encoding, which Hugging Face's library does not read. */
	readonly isTokenizerJson: boolean;
	/** As in the file; `null` if it has none. */
	readonly truncation: unknown;
	readonly padding: unknown;
	/** `model.dropout`: the share of merges that are skipped at random; `null` for 0. */
	readonly dropout: unknown;
	/** Why Hugging Face's library refuses the file; `null` if nothing in the file shows that it does. */
	readonly refusal: string | null;
	/** The same for two files with the same bytes: SHA-256 in hexadecimal digits, if the platform has it. `null` after an edit. */
	readonly digest: string | null;
	/** Ids of added tokens that the file lists, by content; `null` if the spec has the same. */
	readonly addedIds: readonly (readonly [content: string, id: number])[] | null;
	/** Texts of the files beside a tokenizer.json in its folder, by name. */
	readonly beside: Readonly<Record<string, string>>;
	/** Added tokens of the tokenizer.json alone; `null` if the files beside it change none. */
	readonly ownAddedTokens: readonly AddedTokenSpec[] | null;
}

/** Checks fields that were stored. @returns `null` for a tokenizer that was stored without */
export function parseFileFields(stored: unknown): FileFields | null {
	if (stored === undefined) return null;
	if (isObject(stored) && isFileFields(stored as unknown as FileFields))
		return stored as unknown as FileFields;
	throw new Error('saved tokenizer: its file is described in an unknown way; open it again');
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** Checks what a comparison relies on. It reads the first three field by field. */
const isFileFields = (fields: FileFields): boolean =>
	(fields.refusal === null || isText(fields.refusal)) &&
	(fields.digest === null || isText(fields.digest)) &&
	(fields.addedIds === null ||
		(Array.isArray(fields.addedIds) &&
			fields.addedIds.every(
				(one) => Array.isArray(one) && isText(one[0]) && Number.isInteger(one[1])
			))) &&
	isObject(fields.beside) &&
	Object.values(fields.beside).every(isText) &&
	(fields.ownAddedTokens === null ||
		(Array.isArray(fields.ownAddedTokens) &&
			fields.ownAddedTokens.every(
				(token: unknown) => isObject(token) && isText(token.content) && Number.isInteger(token.id)
			)));
