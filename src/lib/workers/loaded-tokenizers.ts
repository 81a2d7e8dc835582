import type { DownloadProgress } from '../catalogue/download';
import { entryOf } from '../catalogue/entries';
import type { TokenizerSpec } from '../engine';
import { readPacked } from '../engine/formats/packed';
import { createLibraryRuntime } from '../runtimes/create';
import { Lab } from '../runtimes/lab';
import type { Runtime } from '../runtimes/types';
import type { TokenizerChoice } from './calls/tokenizing';
import type { Job } from './job';

/** Where the catalogue's specs come from; the browser downloads them, a test hands them over. */
export type SpecSource = (
	id: string,
	onprogress: (progress: DownloadProgress) => void
) => Promise<TokenizerSpec>;

/** The library that gives a second opinion on what the lab trained: it reads any tokenizer.json. */
const OWN_LIBRARY = 'transformers.js';

/** Each tokenizer's tables, built once; what failed is forgotten, so that asking again tries again. */
export class LoadedTokenizers {
	readonly #source: SpecSource;
	readonly #labs = new Map<string, Promise<Lab>>();
	readonly #libraries = new Map<string, Promise<Runtime>>();

	constructor(source: SpecSource) {
		this.#source = source;
	}

	/** The engine on a tokenizer. Tells the job of the download and of building the tables. */
	lab({ tokenizer, own }: TokenizerChoice, job: Job): Promise<Lab> {
		return remember(this.#labs, tokenizer, async () => {
			const spec = own
				? readPacked(own).spec
				: await this.#source(tokenizer, (progress) =>
						job.progress({ phase: 'download', ...progress })
					);
			job.progress({ phase: 'prepare' });
			return new Lab(spec);
		});
	}

	/** The library that gives a second opinion on it. */
	library({ tokenizer, own }: TokenizerChoice, spec: TokenizerSpec, job: Job): Promise<Runtime> {
		return remember(this.#libraries, tokenizer, () => {
			job.progress({ phase: 'prepare' });
			return createLibraryRuntime(own ? OWN_LIBRARY : entryOf(tokenizer).library, spec);
		});
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
	made.catch(() => known.delete(key));
	return made;
}
