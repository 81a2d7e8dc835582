/** The parts of a tokenizer's file that its spec omits: needed to compare tokenizers, but not to run them. */
import type { AddedTokenSpec } from '../../engine';
import { isObject } from './exact-json';

/** Plain JSON, so it can be stored and sent together with the spec. */
export interface FileFields {
	/**
	 * `true` for a tokenizer.json; `false` for the JSON of a tiktoken encoding, which Hugging Face's library doesn't
	 * read.
	 */
	readonly isTokenizerJson: boolean;
	/** As in the file; `null` if absent. */
	readonly truncation: unknown;
	readonly padding: unknown;
	/** `model.dropout`: the share of merges to skip at random; `null` for 0. */
	readonly dropout: unknown;
	/** Why Hugging Face's library rejects the file; `null` if no reason was found. */
	readonly refusal: string | null;
	/**
	 * Identifies the file's bytes: SHA-256 in hexadecimal if the platform provides it, otherwise a checksum and the
	 * length. `null` after an edit.
	 */
	readonly digest: string | null;
	/** Ids that the file lists for added tokens, by content; `null` if the spec has the same ids. */
	readonly addedIds: readonly (readonly [content: string, id: number])[] | null;
	/** Text of the other files in the folder of a tokenizer.json, by file name. */
	readonly beside: Readonly<Record<string, string>>;
	/** Added tokens in the tokenizer.json alone; `null` if no other file changes them. */
	readonly ownAddedTokens: readonly AddedTokenSpec[] | null;
}

/** Checks stored fields. @returns `null` for a tokenizer that was stored without them */
export function parseFileFields(stored: unknown): FileFields | null {
	if (stored === undefined) return null;
	if (isObject(stored) && isFileFields(stored as unknown as FileFields))
		return stored as unknown as FileFields;
	throw new Error(
		'saved tokenizer: the stored description of its file is damaged; open the file again'
	);
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** Checks the types of the stored fields, except those that the comparison checks itself. */
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
