// The engine bundled for Node, and tiktoken's vocabularies packed for it, cached beside the packages.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/bpe-lab-bench/', import.meta.url));
const BUNDLE = `${CACHE}engine.mjs`;

/** Bundles the engine and packs the vocabularies. Called once, before any contender starts. */
export async function prepare(encodings) {
	const { rolldown } = await import('rolldown');
	mkdirSync(CACHE, { recursive: true });
	const input = fileURLToPath(new URL('../../src/lib/engine/index.ts', import.meta.url));
	const bundle = await rolldown({ input });
	await bundle.write({ file: BUNDLE, format: 'esm' });
	await bundle.close();
	const { specFromTiktoken } = await engine();
	for (const name of encodings) {
		if (existsSync(`${CACHE}${name}.bytes`)) continue;
		// js-tiktoken's ranks with tiktoken's own pattern: js-tiktoken spells contractions differently.
		const ranks = require(`js-tiktoken/ranks/${name}`);
		const { pat_str } = require(`tiktoken/encoders/${name}.json`);
		const spec = specFromTiktoken({ ...(ranks.default ?? ranks), pat_str });
		const { bytes, ends } = spec.model.vocabulary;
		writeFileSync(`${CACHE}${name}.bytes`, bytes);
		writeFileSync(`${CACHE}${name}.ends`, new Uint8Array(ends.buffer));
		const rest = { ...spec, model: { ...spec.model, vocabulary: null } };
		writeFileSync(`${CACHE}${name}.json`, JSON.stringify(rest));
	}
}

export const engine = () => import(pathToFileURL(BUNDLE).href);

/** The spec of a packed vocabulary. */
export function packedSpec(name) {
	const spec = JSON.parse(readFileSync(`${CACHE}${name}.json`, 'utf8'));
	const ends = readFileSync(`${CACHE}${name}.ends`);
	spec.model.vocabulary = {
		bytes: new Uint8Array(readFileSync(`${CACHE}${name}.bytes`)),
		ends: new Uint32Array(ends.buffer.slice(ends.byteOffset, ends.byteOffset + ends.length))
	};
	return spec;
}
