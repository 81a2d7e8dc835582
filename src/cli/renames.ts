/** Finds out which new tokenizer is one that is gone, under a different name. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Share of the words of the larger one that two tokenizers have in common at least, if one is the other renamed. */
const MIN_SHARED = 0.5;

/** Number of bytes read from each file. A larger file is a model with its tokenizer at the start. */
const MAX_BYTES = 64 << 20;

/**
 * Pairs tokenizers that share the most words of their files, at least half, the most similar ones first. The tokens are
 * among the words, so two files in the same format share about as many words as tokens.
 * @param gone paths of files or folders
 * @param added paths of files or folders
 * @returns the pairs, each as indices into both
 */
export async function pairRenamed(
	gone: readonly string[],
	added: readonly string[]
): Promise<(readonly [gone: number, added: number])[]> {
	if (gone.length === 0 || added.length === 0) return [];
	const before = await Promise.all(gone.map(wordsOf));
	const now = await Promise.all(added.map(wordsOf));
	const candidates = before
		.flatMap((a, i) => now.map((b, j) => ({ i, j, share: sharedOf(a, b) })))
		.filter(({ share }) => share >= MIN_SHARED)
		.sort((x, y) => y.share - x.share);
	const pairs: (readonly [number, number])[] = [];
	for (const { i, j } of candidates) {
		if (!pairs.some(([a, b]) => a === i || b === j)) pairs.push([i, j]);
	}
	return pairs;
}

const sharedOf = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
	const shared = [...a].filter((word) => b.has(word)).length;
	return shared / Math.max(a.size, b.size, 1);
};

/** Words of a file, or of all files of a folder: everything between spaces, controls and the marks of JSON, except numbers. */
async function wordsOf(path: string): Promise<Set<string>> {
	const files = (await stat(path)).isDirectory()
		? (await readdir(path, { recursive: true, withFileTypes: true }))
				.filter((entry) => entry.isFile())
				.map((entry) => join(entry.parentPath, entry.name))
		: [path];
	const words = new Set<string>();
	for (const file of files) {
		const stream = createReadStream(file, {
			encoding: 'utf8',
			end: MAX_BYTES
		}) as AsyncIterable<string>;
		for await (const text of stream) {
			for (const word of text.split(/[\s\p{Cc}",:[\]{}]+\d*/u)) words.add(word);
		}
	}
	return words;
}
