/** Call that finds out what a JSON file is: type, route and handler. */
import { createTokenizer, parseTokenizerJson } from '../../engine';
import { readPacked, writePacked } from '../../engine/packed';
import { libraryModelOf, readLibraryFile } from '../../tokenizers/files/library-file';
import { reasonOf } from '../format';
import { parseSession, type Session } from '../session-file';
import type { Handlers } from '../../workers/job';
import type { Routes, Workers } from '../../workers/pool';

export interface OpeningCalls {
	/** Reads a tokenizer.json or a session file. `null` if the file is neither. */
	openJson: { params: { readonly name: string; readonly file: Blob }; result: OpenedJson | null };
}

/** The call, and its worker. A test passes a plain object. */
export interface OpeningWorkers extends Workers<OpeningCalls> {
	/** Ends the worker, which frees the memory of what it has read. */
	stopOpening(): void;
}

export type OpenedJson =
	| {
			readonly kind: 'tokenizer';
			/** Packed file. */
			readonly file: Uint8Array<ArrayBuffer>;
			/** Largest id + 1. */
			readonly vocabularySize: number;
	  }
	| { readonly kind: 'session'; readonly session: Session };

export const OPENING_ROUTES: Routes<OpeningCalls> = { openJson: 'opening' };

export const createOpeningHandlers = (): Handlers<OpeningCalls> => ({
	async openJson({ name, file }, job) {
		const text = await file.text();
		return job.exclusive(() => ({ result: openJson(name, text) }));
	}
});

/** @throws Error with a message for users, for a tokenizer or session that cannot be used */
export function openJson(name: string, text: string): OpenedJson | null {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return null;
	}
	const session = parseSession(json);
	if (session) {
		// A damaged file must not be saved.
		for (const { file } of session.tokenizers) {
			if (libraryModelOf(file)) readLibraryFile(file);
			else readPacked(file);
		}
		return { kind: 'session', session };
	}
	if (!isTokenizerJson(json)) return null;
	try {
		const spec = parseTokenizerJson(json);
		const { vocabularySize } = createTokenizer(spec);
		return { kind: 'tokenizer', file: writePacked(name, spec), vocabularySize };
	} catch (cause) {
		throw new Error(`The lab cannot use the tokenizer ${name}: ${reasonOf(cause)}`, { cause });
	}
}

/** Whether JSON has the fields that every tokenizer.json has. */
const isTokenizerJson = (json: unknown): boolean =>
	typeof json === 'object' &&
	json !== null &&
	'model' in json &&
	typeof json.model === 'object' &&
	json.model !== null &&
	'vocab' in json.model;
