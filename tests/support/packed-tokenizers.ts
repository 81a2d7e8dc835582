import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE, getDescriptor, resolveAlias } from '../../src/lib/tokenizers/catalogue';
import { createTokenizer, type Tokenizer, type TokenizerSpec } from '../../src/lib/engine';
import { createLibraryRuntime, type Runtime } from '../../src/lib/tokenizers/runtimes/runtime';
import { EngineRuntime } from '../../src/lib/tokenizers/runtimes/engine';
import { generatedFolder } from '../../src/tools/generated';
import { readSpec } from '../../src/tools/prerender';

/**
 * Built-in tokenizers as the lab runs them, from the files that pages download. Vite packs these files before the first
 * test starts.
 */
export const PACKED_IDS = CATALOGUE.map(({ id }) => id);

const specs = new Map<string, TokenizerSpec>();
const labs = new Map<string, EngineRuntime>();

export function packedFile(id: string): Uint8Array<ArrayBuffer> {
	return new Uint8Array(readFileSync(join(generatedFolder, `${resolveAlias(id)}.bin`)));
}

export function packedSpec(id: string): TokenizerSpec {
	let spec = specs.get(id);
	if (!spec) specs.set(id, (spec = readSpec(resolveAlias(id))));
	return spec;
}

export function packedLab(id: string): EngineRuntime {
	let lab = labs.get(id);
	if (!lab) labs.set(id, (lab = new EngineRuntime(createTokenizer(packedSpec(id)))));
	return lab;
}

export const packedTokenizer = (id: string): Tokenizer => packedLab(id).tokenizer;

/** Runs a tokenizer in the library specified in the catalogue. */
export const packedLibrary = (id: string): Promise<Runtime> =>
	createLibraryRuntime(getDescriptor(id).library, packedSpec(id));
