import { readFileSync } from 'node:fs';
import type { TokenizerObject } from '../../src/lib/drift/hub-files/transformers';

/** Folders, and how transformers 5.3.0 handles each of them. Written by tests/oracle/hub-folders.py. */
export interface HubFolders {
	readonly texts: readonly string[];
	readonly tokenizers: Readonly<Record<string, TokenizerObject>>;
	readonly folders: Readonly<Record<string, HubFolder>>;
}

export interface HubFolder {
	/** Key under which `tokenizers` holds the folder's tokenizer.json. */
	readonly base: string;
	/** Contents of all files except tokenizer.json. */
	readonly files: Readonly<Record<string, string>>;
	/** The output or the error message from transformers. */
	readonly transformers: string | HubOutput;
}

export interface HubOutput {
	readonly ids: readonly (readonly number[])[];
	readonly texts: readonly string[];
	readonly skipped: readonly string[];
	readonly batch: readonly (readonly number[])[] | string;
	readonly truncated: readonly number[];
	readonly prompt: string;
	readonly roles: Readonly<Record<'bos' | 'eos' | 'unk' | 'pad' | 'mask', number | null>>;
}

export const hubFolders = JSON.parse(
	readFileSync('tests/oracle/hub-folders.json', 'utf8')
) as HubFolders;

export const filesOf = ({ files }: HubFolder): ReadonlyMap<string, string> =>
	new Map(Object.entries(files));
