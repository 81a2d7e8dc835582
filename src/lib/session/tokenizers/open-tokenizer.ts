/** Opens a tokenizer from its files and saves it in this browser, wherever the files come from. */
import { PATTERNS } from '../../engine/train';
import { WorkerError, type RequestOptions } from '../../workers/client';
import { isReadByOthers } from '../../tokenizers/files/recognize';
import type { ReadingCheck } from '../../tokenizers/runtimes/second-opinion';
import type { Lab } from '../lab.svelte';
import type { SavedTokenizer, TokenizerOrigin } from './saved-tokenizer';
import type { TokenizerFiles } from './dropped-tokenizers';
import type { OpeningWorkers, OriginalFiles, PathFile, RecognizedJson } from '../calls/opening';

/** Thrown for files that do not say how text is split. Opening them again with a pattern may succeed. */
export class PatternQuestionError extends Error {
	override readonly name = 'PatternQuestionError';
}

/** Patterns of well-known tokenizers, for files that do not say how text is split. */
export const NAMED_PATTERNS = (
	[
		['gpt2', 'GPT-2'],
		['cl100k', 'cl100k'],
		['o200k', 'o200k'],
		['qwen2', 'Qwen 2']
	] as const
).flatMap(([pattern, name]) => {
	const regex = PATTERNS[pattern];
	return regex === null ? [] : [{ name: `Split as ${name}`, regex }];
});

export interface TokenizerToOpen extends TokenizerFiles, RequestOptions {
	/** Absent for files of the user's. */
	readonly origin?: TokenizerOrigin;
	/** Regular expression that splits text, if the files do not say it. */
	readonly pattern?: string;
}

type Opener = Pick<Lab, 'opening' | 'savedTokenizers'>;

/** Number of calls that need a worker, by the function that ends it. */
const uses = new WeakMap<() => void, number>();

/** Asks a worker, and ends it once nothing more is asked. */
async function use<T>(stop: () => void, ask: () => Promise<T>): Promise<T> {
	uses.set(stop, (uses.get(stop) ?? 0) + 1);
	try {
		return await ask();
	} finally {
		const left = (uses.get(stop) ?? 1) - 1;
		uses.set(stop, left);
		if (left === 0) stop();
	}
}

/** Asks the worker that reads files. @throws Error that begins with the name of the file, if the worker says why */
async function askReader<T>(
	name: string,
	opening: OpeningWorkers,
	ask: () => Promise<T>
): Promise<T> {
	try {
		return await use(opening.stopOpening, ask);
	} catch (error) {
		if (!(error instanceof WorkerError)) throw error;
		const { message } = error;
		const isNamed = message.startsWith(`${name}:`) || message.startsWith(`${name} `);
		throw new Error(isNamed ? message : `${name}: ${message}`, { cause: error });
	}
}

/** Finds out what JSON is; `null` if it is neither. @throws Error that begins with the path, also for a session that cannot be used */
export const recognizeJson = (
	opening: OpeningWorkers,
	file: PathFile,
	options?: RequestOptions
): Promise<RecognizedJson | null> =>
	askReader(file.path, opening, () => opening.recognizeJson(file, options));

/**
 * Reads a tokenizer in a worker and saves it. Which known tokenizer it is like is found out afterwards.
 * @throws Error that begins with the name, in the words of the reader, and if the worker dies or makes no progress
 * @throws PatternQuestionError
 */
export async function openTokenizer(
	{ opening, savedTokenizers }: Opener,
	{ name, files, origin, pattern, ...options }: TokenizerToOpen
): Promise<SavedTokenizer> {
	const opened = await askReader(name, opening, () =>
		opening.openTokenizer({ files, pattern }, options)
	);
	if (opened.kind === 'pattern') throw new PatternQuestionError(`${name}: ${opened.message}`);
	const { description, chatTemplate, vocabularySize, size, file } = opened;
	const saved = await savedTokenizers.save({
		name: name.replace(/\.(json|gguf|model|tiktoken)$/i, ''),
		origin: origin ?? { kind: 'files', files: description.files },
		summary: `${description.format}, opened from ${name}`,
		...(chatTemplate === null ? {} : { chatTemplate }),
		description,
		vocabularySize,
		size,
		fingerprint: opened.fingerprint,
		file
	});
	const { format } = description;
	if (isReadByOthers(format)) {
		const read = description.files.flatMap(
			(file) => files.find(({ path }) => path === file || path.endsWith(`/${file}`)) ?? []
		);
		originals.set(saved.file, { format, files: read });
	}
	void identify({ opening, savedTokenizers }, saved).catch(() => undefined);
	return saved;
}

/**
 * Files of tokenizers that were opened in this visit, by what was saved, until a library has read them. They are not
 * stored: a tokenizer.json takes several times the space of what is saved.
 */
const originals = new WeakMap<Uint8Array, OriginalFiles>();

/**
 * Compares a saved tokenizer with a library that reads its original files, and saves the answer. Once they are no longer
 * at hand, the library runs what was saved.
 * @throws Error if the library cannot run it, or its worker dies
 */
export async function checkReading(
	{ opening, savedTokenizers }: Opener,
	{ id, check, file }: Pick<SavedTokenizer, 'id' | 'check' | 'file'>,
	options: RequestOptions = {}
): Promise<ReadingCheck> {
	if (check) return check;
	const original = originals.get(file) ?? null;
	const found = await use(opening.stopCheckingReading, () =>
		opening.checkReading({ file, original }, options)
	);
	if (found.read !== 'conversion') {
		originals.delete(file);
		await savedTokenizers.update(id, { check: found });
	}
	return found;
}

/** Answers that are awaited, so that none is asked for twice. */
const identifying = new WeakMap<Uint8Array, Promise<string>>();

/**
 * Finds out which tokenizer of the catalogue a saved one is like, and saves the answer.
 * @returns a sentence
 * @throws Error if the vocabularies of the catalogue cannot be loaded
 */
export function identify(
	{ opening, savedTokenizers }: Opener,
	{ id, identity, file }: SavedTokenizer
): Promise<string> {
	if (identity !== null) return Promise.resolve(identity);
	const find = async () => {
		const { sentence } = await use(opening.stopIdentifying, () => opening.identify({ file }));
		await savedTokenizers.update(id, { identity: sentence });
		return sentence;
	};
	let found = identifying.get(file);
	if (!found) {
		found = find().finally(() => identifying.delete(file));
		identifying.set(file, found);
	}
	return found;
}
