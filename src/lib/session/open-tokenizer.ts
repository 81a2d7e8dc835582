/** Opens a tokenizer from its files and saves it in this browser, wherever the files come from. */
import { messageOf, WorkerError, type RequestOptions } from '../workers/client';
import type { Lab } from './lab.svelte';
import type { SavedTokenizer, TokenizerOrigin } from './saved-tokenizers.svelte';
import type { TokenizerFiles } from './tokenizer-files';
import type {
	OpenedTokenizer,
	OpeningWorkers,
	PathFile,
	PatternQuestion,
	RecognizedJson
} from './worker/opening';

/** Thrown for files that do not say how text is split. Opening them again with a pattern may succeed. */
export class PatternQuestionError extends Error {
	override readonly name = 'PatternQuestionError';
}

export interface TokenizerToOpen extends TokenizerFiles, RequestOptions {
	/** Absent for files of the user's. */
	readonly origin?: TokenizerOrigin;
	/** Regular expression that splits text, if the files do not say it. */
	readonly pattern?: string;
}

type Opener = Pick<Lab, 'opening' | 'savedTokenizers'>;

/** Number of files that are being read by a lab's worker, which ends with the last one. */
const running = new WeakMap<OpeningWorkers, number>();

async function read<T>(opening: OpeningWorkers, ask: () => Promise<T>): Promise<T> {
	running.set(opening, (running.get(opening) ?? 0) + 1);
	try {
		return await ask();
	} finally {
		const left = (running.get(opening) ?? 1) - 1;
		running.set(opening, left);
		if (left === 0) opening.stopOpening();
	}
}

/** Finds out what JSON is; `null` if it is neither. @throws Error for a session that cannot be used */
export const recognizeJson = (
	opening: OpeningWorkers,
	file: PathFile
): Promise<RecognizedJson | null> => read(opening, () => opening.recognizeJson(file));

/**
 * Reads a tokenizer in a worker and saves it. Which known tokenizer it is like is found out afterwards.
 * @throws Error that begins with the name, in the words of the reader, and if the worker dies or makes no progress
 * @throws PatternQuestionError
 */
export async function openTokenizer(
	{ opening, savedTokenizers }: Opener,
	{ name, files, origin, pattern, ...options }: TokenizerToOpen
): Promise<SavedTokenizer> {
	let opened: OpenedTokenizer | PatternQuestion;
	try {
		opened = await read(opening, () => opening.openTokenizer({ files, pattern }, options));
	} catch (error) {
		if (!(error instanceof WorkerError)) throw error;
		throw new Error(`${name}: ${error.message}`, { cause: error });
	}
	if (opened.kind === 'pattern') throw new PatternQuestionError(`${name}: ${opened.message}`);
	const { description, chatTemplate, vocabularySize, size, fingerprint, file } = opened;
	const saved = await savedTokenizers.save({
		name: name.replace(/\.(json|gguf|model|tiktoken)$/i, ''),
		origin: origin ?? { kind: 'files', files: description.files },
		summary: `${description.format}, opened from ${name}`,
		...(chatTemplate === null ? {} : { chatTemplate }),
		description,
		vocabularySize,
		size,
		fingerprint,
		file
	});
	void identify({ opening, savedTokenizers }, saved).catch(() => undefined);
	return saved;
}

/** Requests for the tokenizer that a saved one is like, by its id. */
const identifying = new Map<string, Promise<string>>();

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
	let found = identifying.get(id);
	if (!found) {
		found = (async () => {
			try {
				const { sentence } = await opening.identify({ file });
				await savedTokenizers.update(id, { identity: sentence });
				return sentence;
			} catch (error) {
				throw new Error(messageOf(error), { cause: error });
			} finally {
				identifying.delete(id);
				if (identifying.size === 0) opening.stopIdentifying();
			}
		})();
		identifying.set(id, found);
	}
	return found;
}
