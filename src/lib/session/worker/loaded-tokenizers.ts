import type { DownloadProgress } from '../downloads/vocabularies';
import { getDescriptor } from '../../tokenizers/catalogue';
import type { TokenizerSpec } from '../../engine';
import { readPacked } from '../../engine/packed';
import { createLibraryRuntime, type Runtime } from '../../tokenizers/runtimes/runtime';
import { EngineRuntime } from '../../tokenizers/runtimes/engine';
import type { TokenizerChoice } from './tokenizing';
import type { Job } from '../../workers/job';

/** Where the catalogue's specs come from; the browser downloads them, a test hands them over. */
export type SpecSource = (
	id: string,
	onprogress: (progress: DownloadProgress) => void
) => Promise<TokenizerSpec>;

/** Edited tokenizers that are kept: each change that is tried makes another. */
const MOST_EDITED = 4;

/** The library that gives a second opinion on what the lab trained: it reads any tokenizer.json. */
const OWN_LIBRARY = 'transformers.js';

/** Each tokenizer's tables, built once; what failed is forgotten, so that asking again tries again. */
export class LoadedTokenizers {
	readonly #source: SpecSource;
	readonly #labs = new Map<string, Promise<EngineRuntime>>();
	/** Edited ones, the one asked for last at the end: of these only a few are kept. */
	readonly #edited = new Map<string, Promise<EngineRuntime>>();
	readonly #libraries = new Map<string, Promise<Runtime>>();

	constructor(source: SpecSource) {
		this.#source = source;
	}

	/** The engine on a tokenizer. Tells the job of the download and of building the tables. */
	lab(choice: TokenizerChoice, job: Job): Promise<EngineRuntime> {
		const { tokenizer, edits = [] } = choice;
		if (edits.length === 0) return this.#unedited(choice, job);
		const key = `${tokenizer} ${JSON.stringify(edits)}`;
		const found = this.#edited.get(key);
		if (found) {
			// Asked again: the last to go.
			this.#edited.delete(key);
			this.#edited.set(key, found);
			return found;
		}
		const [oldest] = this.#edited.keys();
		if (this.#edited.size >= MOST_EDITED) this.#edited.delete(oldest);
		return remember(this.#edited, key, async () => {
			const { spec } = (await this.#unedited(choice, job)).tokenizer;
			const { applyEdits } = await import('../../drift/edits/apply');
			job.progress({ phase: 'prepare' });
			return new EngineRuntime(applyEdits(spec, edits));
		});
	}

	#unedited({ tokenizer, own }: TokenizerChoice, job: Job): Promise<EngineRuntime> {
		return remember(this.#labs, tokenizer, async () => {
			const spec = own
				? readPacked(own).spec
				: await this.#source(tokenizer, (progress) =>
						job.progress({ phase: 'download', ...progress })
					);
			job.progress({ phase: 'prepare' });
			return new EngineRuntime(spec);
		});
	}

	/** The library that gives a second opinion on it. */
	library(choice: TokenizerChoice, spec: TokenizerSpec, job: Job): Promise<Runtime> {
		const { tokenizer, own, edits = [] } = choice;
		const make = () => {
			job.progress({ phase: 'prepare' });
			return createLibraryRuntime(own ? OWN_LIBRARY : getDescriptor(tokenizer).library, spec);
		};
		return edits.length === 0 ? remember(this.#libraries, tokenizer, make) : make();
	}
}

function remember<T>(
	known: Map<string, Promise<T>>,
	key: string,
	make: () => Promise<T>
): Promise<T> {
	const found = known.get(key);
	if (found) return found;
	const made = make();
	known.set(key, made);
	made.catch(() => {
		if (known.get(key) === made) known.delete(key);
	});
	return made;
}
