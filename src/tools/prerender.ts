/** Reads packed files for prerendered pages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readPacked } from '../lib/engine/packed';
import { readLanguageLine } from '../lib/languages/language-lines';
import { findDescriptor } from '../lib/tokenizers/catalogue';
import type { TokenizerSpec } from '../lib/engine';
import { generatedFolder, LINEAGE_INPUTS, remember } from './generated';

const read = (name: string) => readFileSync(join(generatedFolder, name));

/** Implements `PackedFiles` from `lib/session/prerender.ts`. */
const PACKED = {
	spec: once(readSpec),
	corpus: (id: string) => read(`corpora/${id}.txt`).toString(),
	languages: once((which: 'first' | 'all') =>
		gunzipSync(read(`languages/${which}.bin`))
			.toString()
			.split('\n')
			.map(readLanguageLine)
	)
};

/** Reads a packed tokenizer. If the tokenizer is stored as a delta from its parent, reads the parent first. */
export function readSpec(id: string): TokenizerSpec {
	const parent = findDescriptor(id)?.parent;
	const inherited = parent === undefined ? undefined : readSpec(parent).model.vocabulary;
	return readPacked(gunzipSync(read(`${id}.bin`)), inherited).spec;
}

const dataOf = once((page: (packed: typeof PACKED) => unknown) => page(PACKED));

/** Data for a prerendered page, computed only once, because in development every request loads the page. */
export const prerender = <T>(page: (packed: typeof PACKED) => T): T => dataOf(page) as T;

/** Lineage figures. They are slow to compute, so they are stored and reused in later builds. */
export const prerenderLineages = <T>(compute: (packed: typeof PACKED) => Promise<T>): Promise<T> =>
	remember('lineages', LINEAGE_INPUTS, () => compute(PACKED));

/** Caches the result for each argument. */
function once<A, R>(make: (argument: A) => R): (argument: A) => R {
	const results = new Map<A, R>();
	return (argument) => {
		let result = results.get(argument);
		if (result === undefined) results.set(argument, (result = make(argument)));
		return result;
	};
}
