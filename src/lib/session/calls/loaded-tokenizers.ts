import type { DownloadProgress } from '../downloads/fetch-bytes';
import { remember } from '../remember';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import { buildTokenizer, withExtras, type Encoding, type TokenizerSpec } from '../../engine';
import { readPacked, readPackedFile } from '../../engine/packed';
import { parseFileFields, type FileFields } from '../../tokenizers/files/file-fields';
import { createLibraryRuntime, type Runtime } from '../../tokenizers/runtimes/runtime';
import { EngineRuntime } from '../../tokenizers/runtimes/engine';

import type { Job } from '../../workers/job';

/** A tokenizer by its id. */
export interface TokenizerChoice {
	readonly tokenizer: string;
	/**
	 * Packed file (not compressed) of a saved tokenizer. An id always names the same tokenizer, so a worker
	 * that knows it does not read the file again.
	 */
	readonly savedFile?: Uint8Array;
	/** Edits, applied in order. */
	readonly edits?: readonly SpecEdit[];
}

export interface EncodeResult {
	readonly encoding: Encoding;
	/** Number of distinct ids. */
	readonly distinct: number;
	/** Largest id + 1. */
	readonly vocabularySize: number;
}

/** Provides the catalogue's specs. The browser downloads them, a test passes its own. */
export type SpecSource = (
	id: string,
	onprogress: (progress: DownloadProgress) => void
) => Promise<TokenizerSpec>;

/** Number of edited tokenizers to keep, because every edit makes another one. */
const MAX_EDITED = 4;
/**
 * Number of saved tokenizers to keep, because there is no end to the files that can be opened. More than anyone compares at
 * once: a key press would otherwise build some again.
 */
const MAX_SAVED = 16;

/** Tokenizers whose tables are built. A failure is forgotten, so that the next call tries again. */
export class LoadedTokenizers {
	readonly #source: SpecSource;
	readonly #engines = new Map<string, Promise<EngineRuntime>>();
	/** Saved tokenizers. Every request has their files. */
	readonly #saved = new Map<string, Promise<EngineRuntime>>();
	readonly #edited = new Map<string, Promise<EngineRuntime>>();
	readonly #libraries = new Map<string, Promise<Runtime>>();

	constructor(source: SpecSource) {
		this.#source = source;
	}

	/** The engine's runtime of a tokenizer. Reports the download and the building of tables to the job. */
	engine(choice: TokenizerChoice, job: Job): Promise<EngineRuntime> {
		const { tokenizer, edits = [] } = choice;
		if (edits.length === 0) return this.#unedited(choice, job);
		const key = `${tokenizer} ${JSON.stringify(edits)}`;
		const make = async () => {
			const { spec } = (await this.#unedited(choice, job)).tokenizer;
			const { applyEdits } = await import('../../drift/edits/apply');
			return build(() => applyEdits(spec, edits), job);
		};
		return remember(this.#edited, key, make, MAX_EDITED);
	}

	/** Other contents of a saved tokenizer's file than the spec. An edit makes another file, with the same settings. */
	fileOf({ savedFile, edits = [] }: TokenizerChoice): FileFields | null {
		const file = savedFile ? parseFileFields(readPackedFile(savedFile)) : null;
		if (!file || edits.length === 0) return file;
		return { ...file, digest: null, addedIds: null, beside: {}, ownAddedTokens: null };
	}

	#unedited({ tokenizer, savedFile }: TokenizerChoice, job: Job): Promise<EngineRuntime> {
		if (savedFile) {
			const make = () => build(() => readPacked(savedFile).spec, job);
			return remember(this.#saved, tokenizer, make, MAX_SAVED);
		}
		return remember(this.#engines, tokenizer, async () => {
			const spec = await this.load(tokenizer, job);
			return build(() => spec, job);
		});
	}

	/** Loads the spec of a built-in tokenizer, and reports the download to the job. */
	load(id: string, job: Job): Promise<TokenizerSpec> {
		return this.#source(id, (progress) => job.progress({ phase: 'download', ...progress }));
	}

	/** Runtime of the library that checks the tokenizer. */
	library(choice: TokenizerChoice, spec: TokenizerSpec, job: Job): Promise<Runtime> {
		const { tokenizer, savedFile, edits = [] } = choice;
		const make = async () => {
			// Only a check needs the catalogue, which is large.
			const { getDescriptor, libraryOf } = await import('../../tokenizers/catalogue');
			const name = savedFile ? libraryOf(tokenizer) : getDescriptor(tokenizer).library;
			return createLibraryRuntime(name, spec, (make) => job.build(make));
		};
		return edits.length === 0 ? remember(this.#libraries, tokenizer, make) : make();
	}
}

const build = (spec: () => TokenizerSpec, job: Job): Promise<EngineRuntime> =>
	withExtras((extras) => job.build(() => new EngineRuntime(buildTokenizer(spec(), extras))));
