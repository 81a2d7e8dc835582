/** Opens a tokenizer from its files, whether local or from the Hub, and saves it in this browser. */
import { PATTERNS } from '../../engine/train';
import { WorkerError, type RequestOptions } from '../../workers/client';
import { hasLibraryReader } from '../../tokenizers/files/recognize';
import type { ReadingCheck } from '../../tokenizers/runtimes/second-opinion';
import type { Lab } from '../lab.svelte';
import type { SavedTokenizer, TokenizerOrigin } from './saved-tokenizer';
import type { TokenizerFiles } from './dropped-tokenizers';
import type { OpeningWorkers, OriginalFiles, PathFile, RecognizedJson } from '../calls/opening';

/**
 * Thrown for files that don't include the pre-tokenizer's regular expression. The user can then supply one.
 */
export class PatternQuestionError extends Error {
	override readonly name = 'PatternQuestionError';
}

/** Patterns of well-known tokenizers, offered for files that don't include one. */
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
	/** Absent for the user's own files. */
	readonly origin?: TokenizerOrigin;
	/** Pre-tokenizer's regular expression, if the files don't include it. */
	readonly pattern?: string;
}

type Opener = Pick<Lab, 'opening' | 'savedTokenizers'>;

/** Number of pending calls to each worker, keyed by the function that terminates the worker. */
const uses = new WeakMap<() => void, number>();

/** Calls a worker, then terminates it unless other calls are pending. */
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

/**
 * Calls the worker that reads files.
 * @throws Error with a message that begins with the file name, if the worker gives a reason
 */
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

/**
 * Detects what a JSON file contains; `null` if it is neither a tokenizer nor a session.
 * @throws Error with a message that begins with the path, for example for an unusable session file
 */
export const recognizeJson = (
	opening: OpeningWorkers,
	file: PathFile,
	options?: RequestOptions
): Promise<RecognizedJson | null> =>
	askReader(file.path, opening, () => opening.recognizeJson(file, options));

/**
 * Reads a tokenizer in a worker and saves it. Doesn't determine which built-in tokenizer it resembles.
 * @throws Error with a message that begins with the name, if the reader reports a problem or the worker fails
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
	if (hasLibraryReader(format)) {
		const read = description.files.flatMap(
			(file) => files.find(({ path }) => path === file || path.endsWith(`/${file}`)) ?? []
		);
		originals.set(saved.file, { format, files: read });
	}
	void identify({ opening, savedTokenizers }, saved).catch(() => undefined);
	return saved;
}

/**
 * Original files of tokenizers opened during this visit, keyed by saved file, until a library reads them. The originals
 * aren't stored, because a tokenizer.json is several times larger than the saved file.
 */
const originals = new WeakMap<Uint8Array, OriginalFiles>();

/**
 * Compares a saved tokenizer with a library that reads its original files, and saves the result. If the original files
 * are no longer available, the library reads a conversion of the saved file.
 * @throws Error if the library can't run the tokenizer, or the library's worker crashes
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

/** Pending results by packed file, kept so that each is requested only once. */
const identifying = new WeakMap<Uint8Array, Promise<string>>();

/**
 * Determines which built-in tokenizer a saved one resembles, and saves the result.
 * @returns the result, as a sentence
 * @throws Error if the built-in vocabularies can't be loaded
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
