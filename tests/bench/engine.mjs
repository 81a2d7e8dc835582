// The engine bundled for Node, and the vocabularies of the site, cached in node_modules.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** Folder for the files of the bench. */
export const CACHE = fileURLToPath(
	new URL('../../node_modules/.cache/bpe-lab-bench/', import.meta.url)
);
const BUNDLE = `${CACHE}engine.mjs`;
/** @param {string} path */
const source = (path) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

/**
 * Bundles the engine and unzips the vocabularies. Called once, before any contender starts.
 * @param {readonly string[]} encodings
 */
export async function prepare(encodings) {
	const { rolldown } = await import('rolldown');
	mkdirSync(CACHE, { recursive: true });
	const entry = `${CACHE}entry.js`;
	writeFileSync(
		entry,
		`export * from ${JSON.stringify(source('lib/engine/index.ts'))};
export { readPacked } from ${JSON.stringify(source('lib/engine/formats/packed.ts'))};\n`
	);
	const bundle = await rolldown({ input: entry, tsconfig: false });
	await bundle.write({ file: BUNDLE, format: 'esm' });
	await bundle.close();
	// Packs missing or outdated vocabularies.
	execFileSync(process.execPath, [source('cli/bin.js'), 'tokenizers'], { stdio: 'pipe' });
	for (const name of encodings) {
		const packed = readFileSync(source(`lib/generated/${name}.bin`));
		writeFileSync(`${CACHE}${name}.packed`, gunzipSync(packed));
	}
}

export const engine = () => import(pathToFileURL(BUNDLE).href);

/** The packed vocabulary of a tokenizer, unzipped. @param {string} name */
export const packedFile = (name) => readFileSync(`${CACHE}${name}.packed`);
