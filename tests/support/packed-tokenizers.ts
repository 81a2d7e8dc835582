import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { entryOf } from '../../src/lib/tokenizers/catalogue/entries';
import type { Tokenizer, TokenizerSpec } from '../../src/lib/engine';
import { readPacked } from '../../src/lib/engine/formats/packed';
import { createLibraryRuntime } from '../../src/lib/tokenizers/runtimes/create';
import { Lab } from '../../src/lib/tokenizers/runtimes/lab';
import type { Runtime } from '../../src/lib/tokenizers/runtimes/types';
import { generatedFolder } from '../../src/tools/generated';
import { SOURCES } from '../../src/tools/vocabularies/sources';

/**
 * The catalogue's tokenizers as the lab runs them: from the very files that the page downloads,
 * which Vite packs before the first test starts.
 */
export const PACKED_IDS = Object.keys(SOURCES);

const specs = new Map<string, TokenizerSpec>();
const labs = new Map<string, Lab>();

export function packedFile(id: string): Uint8Array<ArrayBuffer> {
	return new Uint8Array(readFileSync(join(generatedFolder, `${id}.bin`)));
}

export function packedSpec(id: string): TokenizerSpec {
	let spec = specs.get(id);
	if (!spec) specs.set(id, (spec = readPacked(gunzipSync(packedFile(id))).spec));
	return spec;
}

export function packedLab(id: string): Lab {
	let lab = labs.get(id);
	if (!lab) labs.set(id, (lab = new Lab(packedSpec(id))));
	return lab;
}

export const packedTokenizer = (id: string): Tokenizer => packedLab(id).tokenizer;

/** The library that the catalogue names for a tokenizer, running it. */
export const packedLibrary = (id: string): Promise<Runtime> =>
	createLibraryRuntime(entryOf(id).library, packedSpec(id));
