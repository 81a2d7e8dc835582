/** Reads packed files for pages that are prerendered. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFolder } from './generated';
import { packedTexts } from './languages/pack';
import { packedSpec } from './vocabularies/pack';

/** What `PackedFiles` of `lib/session/prerender.ts` asks for. */
const PACKED = {
	spec: once(packedSpec),
	corpus: (id: string) => readFileSync(join(generatedFolder, 'corpora', `${id}.txt`), 'utf8'),
	languages: once(packedTexts)
};

const pages = new Map<unknown, unknown>();

/** What a page is prerendered with, computed once: in dev a page is loaded with every request. */
export function prerender<T>(page: (packed: typeof PACKED) => T): T {
	if (!pages.has(page)) pages.set(page, page(PACKED));
	return pages.get(page) as T;
}

/** Keeps the result for each argument. */
function once<A, R>(make: (argument: A) => R): (argument: A) => R {
	const results = new Map<A, R>();
	return (argument) => {
		let result = results.get(argument);
		if (result === undefined) results.set(argument, (result = make(argument)));
		return result;
	};
}
