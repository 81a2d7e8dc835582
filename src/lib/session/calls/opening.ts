/** Calls that read files other than plain text: types, routes and handlers. */
import { hexOf } from '../../engine/text';
import type { Identification } from '../../drift/identify';
import { fingerprintOf } from '../../drift/fingerprint/fingerprint';
import { PROBE_TEXTS } from '../../drift/fingerprint/texts';
import { platformSha256 } from '../../drift/sha256';
import { createTokenizer } from '../../engine';
import { readPacked, readPackedFile, writePacked } from '../../engine/packed';
import { CATALOGUE } from '../../tokenizers/catalogue';
import { describeTokenizer, type TokenizerDescription } from '../../tokenizers/files/describe';
import { parseFileFields } from '../../tokenizers/files/file-fields';
import { PatternMissingError, readTokenizer } from '../../tokenizers/files/read';
import { isTokenizerJson, type LibraryFormat } from '../../tokenizers/files/recognize';
import type { SlicedFile } from '../../tokenizers/files/types';
import { firstDifference, type ReadingCheck } from '../../tokenizers/runtimes/second-opinion';
import type { Session } from '../session-file';
import { readBytes } from '../text-file';
import type { Handlers, Job } from '../../workers/job';
import type { Routes, Workers } from '../../workers/pool';
import type { SpecSource } from './tokenizing';

export interface PathFile {
	/** Includes the file's folders, separated by `/`. */
	readonly path: string;
	readonly file: Blob;
}

export interface OpeningCalls {
	/** Detects what a JSON file contains; `null` if it is neither a tokenizer nor a session. */
	recognizeJson: { params: PathFile; result: RecognizedJson | null };
	openTokenizer: {
		params: {
			readonly files: readonly PathFile[];
			/** Pre-tokenizer's regular expression, for files that don't include it. */
			readonly pattern?: string;
		};
		result: OpenedTokenizer | PatternQuestion;
	};
	/** Finds the built-in tokenizer that a packed file resembles most. */
	identify: { params: { readonly file: Uint8Array }; result: Identification };
	/** Compares a packed file with a library that reads the original files, using the fingerprint's texts. */
	checkReading: {
		params: {
			readonly file: Uint8Array;
			/** The original files; `null` if they are no longer available or no library can read them. */
			readonly original: OriginalFiles | null;
		};
		result: ReadingCheck;
	};
}

/** A tokenizer's files in a format that a library can read. */
export interface OriginalFiles {
	readonly format: LibraryFormat;
	/** The first file contains the vocabulary. */
	readonly files: readonly PathFile[];
}

export interface OpeningWorkers extends Workers<OpeningCalls> {
	/** Terminates the worker that reads files, to free its memory. */
	readonly stopOpening: () => void;
	/** Terminates the worker that compares a tokenizer with the built-in ones. */
	readonly stopIdentifying: () => void;
	/** Terminates the worker that runs a library. */
	readonly stopCheckingReading: () => void;
}

export type RecognizedJson =
	{ readonly kind: 'tokenizer' } | { readonly kind: 'session'; readonly session: Session };

export interface OpenedTokenizer {
	readonly kind: 'tokenizer';
	/** In the engine's packed format. */
	readonly file: Uint8Array<ArrayBuffer>;
	/** Largest id + 1. */
	readonly vocabularySize: number;
	/** Total size of the original files, in bytes. */
	readonly size: number;
	/** Fingerprint as printed by `bpe-lab fingerprint`; `null` if SHA-256 isn't available. */
	readonly fingerprint: string | null;
	readonly description: TokenizerDescription;
	/** Jinja source; `null` if the files include none. */
	readonly chatTemplate: string | null;
}

/** Returned if the files don't include the pre-tokenizer's regular expression. */
export interface PatternQuestion {
	readonly kind: 'pattern';
	readonly message: string;
}

/** Maximum number of differing texts that a check returns. */
const MAX_DIFFERING = 3;

export const OPENING_ROUTES: Routes<OpeningCalls> = {
	recognizeJson: 'opening',
	openTokenizer: 'opening',
	// Runs in a separate worker, so that it never delays opening the next file.
	identify: 'identifying',
	checkReading: 'reading-check'
};

/** @param source provides the specs of the built-in tokenizers */
export const createOpeningHandlers = (source: SpecSource): Handlers<OpeningCalls> => ({
	recognizeJson(file, job) {
		// The page limits the time that exclusive work may take without progress, so a read that never finishes is
		// reported as stalled.
		return job.exclusive(async () => {
			const sliced = slice(file, job);
			return { result: await recognizeJson(await sliced.read(0, sliced.size)) };
		});
	},

	openTokenizer({ files, pattern }, job) {
		return job.exclusive(async () => {
			const result = await openTokenizer(files, pattern, source, job);
			return result.kind === 'tokenizer' ? { result, transfer: [result.file] } : { result };
		});
	},

	identify({ file }, job) {
		return job.exclusive(async () => {
			const load = async ({ id }: { readonly id: string }) => {
				await job.checkpoint();
				return source(id, (progress) => job.progress({ phase: 'download', ...progress }));
			};
			const { spec } = readPacked(file);
			const { identifyTokenizer } = await import('../../drift/identify');
			const { default: samples } = await import('../../generated/vocabulary-samples.json');
			const known = { catalogue: CATALOGUE, samples, load };
			return { result: await identifyTokenizer(spec, known, platformSha256()) };
		});
	},

	checkReading({ file, original }, job) {
		return job.exclusive(async () => ({ result: await checkReading(file, original, job) }));
	}
});

/** @throws Error with a message for users, for a session that can't be used */
export async function recognizeJson(bytes: Uint8Array): Promise<RecognizedJson | null> {
	let json: unknown;
	try {
		json = JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return null;
	}
	// Loaded separately, because few visitors open a session file.
	const { parseSession } = await import('../session-file');
	const session = parseSession(json);
	if (session) {
		// Check the files, because a damaged one must not be saved.
		for (const { file } of session.tokenizers) {
			readPacked(file);
			parseFileFields(readPackedFile(file));
		}
		return { kind: 'session', session };
	}
	return isTokenizerJson(json) ? { kind: 'tokenizer' } : null;
}

/**
 * Reads, builds and describes a tokenizer.
 * @throws the same errors as `readTokenizer`
 */
async function openTokenizer(
	files: readonly PathFile[],
	pattern: string | undefined,
	source: SpecSource,
	job: Job
): Promise<OpenedTokenizer | PatternQuestion> {
	const sha256 = platformSha256();
	const sliced = files.map((file) => slice(file, job));
	try {
		const reading = await readTokenizer(sliced, {
			pattern,
			sha256: sha256 ? async (bytes) => hexOf(await sha256(bytes)) : undefined,
			loadKnown: (id) => source(id, (progress) => job.progress({ phase: 'download', ...progress })),
			forComparison: true
		});
		await job.checkpoint();
		job.progress({ phase: 'open', step: 'build' });
		const { spec, file, chatTemplate = null } = reading;
		const tokenizer = createTokenizer(spec);
		await job.checkpoint();
		return {
			kind: 'tokenizer',
			file: writePacked(reading.files[0] ?? '', spec, undefined, file),
			vocabularySize: tokenizer.vocabularySize,
			size: sliced
				.filter(({ name }) => reading.files.includes(name))
				.reduce((sum, { size }) => sum + size, 0),
			fingerprint: await fingerprintOf({ tokenizer, file }, sha256),
			description: describeTokenizer(reading),
			chatTemplate
		};
	} catch (error) {
		if (error instanceof PatternMissingError) return { kind: 'pattern', message: error.message };
		throw error;
	}
}

async function checkReading(
	file: Uint8Array,
	files: OriginalFiles | null,
	job: Job
): Promise<ReadingCheck> {
	const { spec } = readPacked(file);
	const { createOriginalReader, readOriginal } =
		await import('../../tokenizers/runtimes/original-reader');
	// The file may have been changed or removed since it was opened.
	const original =
		files &&
		(await readOriginal(
			files.format,
			files.files.map((one) => slice(one, job))
		).catch(() => null));
	const library = await createOriginalReader(original, spec, (make) => job.build(make));
	const engine = createTokenizer(spec);
	const differing: ReadingCheck['differing'][number][] = [];
	let [equal, unanswered] = [0, 0];
	for (const [i, text] of PROBE_TEXTS.entries()) {
		job.progress({ phase: 'encode', share: i / PROBE_TEXTS.length });
		await job.checkpoint();
		const answers = (['text', 'parse'] as const).map((special) => {
			const ids = library.encode(text, special);
			return ids && { difference: firstDifference(engine.encode(text, { special }), ids, text) };
		});
		const difference = answers.find((answer) => answer?.difference)?.difference;
		if (difference) {
			if (differing.length < MAX_DIFFERING) differing.push({ text, difference });
		} else if (answers.includes(null)) unanswered++;
		else equal++;
	}
	return {
		read: readOf(original),
		program: library.program,
		tried: PROBE_TEXTS.length,
		equal,
		unanswered,
		differing
	};
}

const readOf = (original: Pick<OriginalFiles, 'format'> | null): ReadingCheck['read'] =>
	original === null
		? 'conversion'
		: original.format === 'tokenizer.json' || original.format === 'tiktoken JSON'
			? 'files'
			: 'tables';

/** Lets readers load slices of a file, so that large files needn't fit in memory. */
function slice({ path, file }: PathFile, job: Job): SlicedFile {
	const name = path.slice(path.lastIndexOf('/') + 1);
	return {
		name,
		size: file.size,
		async read(start, end) {
			job.progress({ phase: 'open', step: 'read' });
			await job.checkpoint();
			return readBytes(name, file.slice(start, end));
		}
	};
}
