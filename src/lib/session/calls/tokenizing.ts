/**
 * Calls that run one tokenizer on a text or compare several encodings: types, routes and handlers, and the tokenizers
 * that a worker has loaded.
 */
import type { SpecEdit } from '../../drift/edits/spec-edit';
import {
	buildTokenizer,
	withExtras,
	type EncodeOptions,
	type Encoding,
	type TokenizerSpec
} from '../../engine';
import { readPacked, readPackedFile } from '../../engine/packed';
import { decodeUtf8 } from '../../engine/text';
import { isChunkable } from '../../tokenizers/chunks/chunkable';
import { CHUNK_UNITS, encodeInChunks } from '../../tokenizers/chunks/encode-chunks';
import {
	type BoundaryComparison,
	type TokenSpans,
	compareBoundaries,
	compareWith
} from '../../tokenizers/differing-spans';
import { parseFileFields, type FileFields } from '../../tokenizers/files/file-fields';
import type { TokenizerFormat } from '../../tokenizers/files/write';
import { checkIds, countDistinct, decodeIds, type IdsFit } from '../../tokenizers/ids';
import { EngineRuntime } from '../../tokenizers/runtimes/engine';
import { createLibraryRuntime, type Runtime } from '../../tokenizers/runtimes/runtime';
import type { SecondOpinion } from '../../tokenizers/runtimes/second-opinion';
import type { Handlers, Job } from '../../workers/job';
import type { Routes, Workers } from '../../workers/pool';
import type { DownloadProgress } from '../downloads/fetch-bytes';
import { remember } from '../remember';
import { describeToken, type TokenDetails } from './token-details';
import type { WrittenTokenizer } from './writing';

export interface TokenizerChoice {
	readonly tokenizer: string;
	/**
	 * Packed file (uncompressed) of a saved tokenizer. An id always refers to the same tokenizer, so a worker that has
	 * loaded it ignores this file.
	 */
	readonly savedFile?: Uint8Array;
	/** Edits, applied in order. */
	readonly edits?: readonly SpecEdit[];
}

export interface EncodeResult {
	readonly encoding: Encoding;
	/** Number of distinct ids. */
	readonly distinct: number;
	/** Largest id + 1. */
	readonly vocabularySize: number;
}

/** Provides the specs of built-in tokenizers: downloaded in the browser, or supplied by a test. */
export type SpecSource = (
	id: string,
	onprogress: (progress: DownloadProgress) => void
) => Promise<TokenizerSpec>;

export interface TokenizingCalls {
	encode: { params: EncodeParams; result: EncodeResult };
	/** Compares the ids with those of the tokenizer's library. */
	check: { params: EncodeParams; result: SecondOpinion };
	/** Decodes ids and encodes the resulting text again. */
	spell: { params: TokenizerChoice & { readonly ids: Uint32Array }; result: SpellResult };
	describe: { params: TokenizerChoice & { readonly id: number }; result: TokenDetails };
	/** Writes a tokenizer in a format, if the format can express it. */
	writeTokenizer: {
		params: TokenizerChoice & { readonly format: TokenizerFormat };
		result: WrittenTokenizer;
	};
	/**
	 * Compares how one text of `length` bytes is split: all splits with each other, or with the split at index `base`.
	 */
	compareBoundaries: {
		params: { encodings: TokenSpans[]; length: number; base?: number };
		result: BoundaryComparison;
	};
}

export interface TokenizingWorkers extends Workers<TokenizingCalls> {
	/** Terminates the worker that runs `check`, to free its memory. Pending checks fail. */
	stopChecking(): void;
}

export interface EncodeParams extends TokenizerChoice {
	/** UTF-8 rather than a string, because posting a large string to a worker takes much longer. */
	readonly text: Uint8Array;
	readonly special: 'text' | 'parse';
}

/** Ids that the tokenizer doesn't have are omitted from the encoding. */
export interface SpellResult extends EncodeResult {
	/** Concatenated bytes of the tokens, possibly not valid UTF-8. The encoding's offsets refer to these bytes. */
	readonly document: Uint8Array;
	/** Ids that the tokenizer doesn't have, with their positions in the list. */
	readonly outOfRange: readonly { readonly id: number; readonly position: number }[];
	/** Whether the tokenizer could have produced the ids. Absent if the input is text or an empty list. */
	readonly fit?: IdsFit;
}

/** An encoding to draw, with the bytes that its offsets refer to: those of the text or of the ids. */
export type Drawn = SpellResult;

/** Input for the tokenizers: a text (UTF-8) or ids. */
export type Question =
	| { readonly kind: 'text'; readonly document: Uint8Array; readonly special: 'text' | 'parse' }
	| { readonly kind: 'ids'; readonly ids: Uint32Array };

export const isSameQuestion = (a: Question, b: Question): boolean =>
	a.kind === 'text'
		? b.kind === 'text' && a.document === b.document && a.special === b.special
		: b.kind === 'ids' && a.ids === b.ids;

/**
 * Adds the files of all saved tokenizers that the params refer to, because a new worker doesn't have them.
 * @param fileOf returns `undefined` for a built-in tokenizer
 */
export function attachFiles(
	params: unknown,
	fileOf: (tokenizer: string) => Uint8Array | undefined
): unknown {
	if (typeof params !== 'object' || params === null) return params;
	if ('tokenizer' in params && typeof params.tokenizer === 'string') {
		const savedFile = fileOf(params.tokenizer);
		return savedFile ? { ...params, savedFile } : params;
	}
	if ('a' in params && 'b' in params) {
		return { ...params, a: attachFiles(params.a, fileOf), b: attachFiles(params.b, fileOf) };
	}
	return params;
}

export const TOKENIZING_ROUTES: Routes<TokenizingCalls> = {
	encode: 'pinned',
	spell: 'pinned',
	describe: 'pinned',
	writeTokenizer: 'pinned',
	// Separate workers, so that a slow check never delays an answer, and a comparison never waits for a long text.
	check: 'check',
	compareBoundaries: 'comparison'
};

export const compareSplits = ({
	encodings,
	length,
	base
}: TokenizingCalls['compareBoundaries']['params']): BoundaryComparison =>
	base === undefined ? compareBoundaries(encodings, length) : compareWith(encodings, length, base);

/** Maximum number of edited tokenizers to keep in memory; limited because every edit creates a new one. */
const MAX_EDITED = 4;
/**
 * Maximum number of saved tokenizers to keep in memory; limited because a visitor can open any number of files. The
 * maximum is higher than the number of tokenizers that anyone would compare at once, so a key press never causes a
 * tokenizer to be rebuilt.
 */
const MAX_SAVED = 16;

/** Tokenizers with their tables already built. Failures aren't cached, so the next call tries again. */
export class LoadedTokenizers {
	readonly #source: SpecSource;
	readonly #engines = new Map<string, Promise<EngineRuntime>>();
	/** Saved tokenizers, whose files are part of every request. */
	readonly #saved = new Map<string, Promise<EngineRuntime>>();
	readonly #edited = new Map<string, Promise<EngineRuntime>>();
	readonly #libraries = new Map<string, Promise<Runtime>>();

	constructor(source: SpecSource) {
		this.#source = source;
	}

	/** Returns a tokenizer's engine runtime. Reports download and build progress to the job. */
	engine(choice: TokenizerChoice, job: Job): Promise<EngineRuntime> {
		const { tokenizer, edits = [] } = choice;
		if (edits.length === 0) return this.#unedited(choice, job);
		const key = `${tokenizer} ${JSON.stringify(edits)}`;
		const make = async () => {
			const { spec } = (await this.#unedited(choice, job)).tokenizer;
			const { applyEdits } = await import('../../drift/edits/apply');
			return build(() => applyEdits(spec, edits), job);
		};
		return remember(this.#edited, key, make, MAX_EDITED);
	}

	/**
	 * Contents of a saved tokenizer's file other than the spec. For an edited tokenizer, leaves out what applies only
	 * to the original: the digest, the added tokens and the other files in the folder.
	 */
	fileOf({ savedFile, edits = [] }: TokenizerChoice): FileFields | null {
		const file = savedFile ? parseFileFields(readPackedFile(savedFile)) : null;
		if (!file || edits.length === 0) return file;
		return { ...file, digest: null, addedIds: null, beside: {}, ownAddedTokens: null };
	}

	#unedited({ tokenizer, savedFile }: TokenizerChoice, job: Job): Promise<EngineRuntime> {
		if (savedFile) {
			const make = () => build(() => readPacked(savedFile).spec, job);
			return remember(this.#saved, tokenizer, make, MAX_SAVED);
		}
		return remember(this.#engines, tokenizer, async () => {
			const spec = await this.load(tokenizer, job);
			return build(() => spec, job);
		});
	}

	/** Loads the spec of a built-in tokenizer. Reports download progress to the job. */
	load(id: string, job: Job): Promise<TokenizerSpec> {
		return this.#source(id, (progress) => job.progress({ phase: 'download', ...progress }));
	}

	/** Returns the runtime of the library that checks the tokenizer. */
	library(choice: TokenizerChoice, spec: TokenizerSpec, job: Job): Promise<Runtime> {
		const { tokenizer, savedFile, edits = [] } = choice;
		const make = async () => {
			// The catalogue is large, and only checks need it.
			const { getDescriptor, libraryOf } = await import('../../tokenizers/catalogue');
			const name = savedFile ? libraryOf(tokenizer) : getDescriptor(tokenizer).library;
			return createLibraryRuntime(name, spec, (make) => job.build(make));
		};
		return edits.length === 0 ? remember(this.#libraries, tokenizer, make) : make();
	}
}

const build = (spec: () => TokenizerSpec, job: Job): Promise<EngineRuntime> =>
	withExtras((extras) => job.build(() => new EngineRuntime(buildTokenizer(spec(), extras))));

/**
 * Runs work step by step, handling messages between steps.
 * @param shareOf converts the progress that a step yields to the progress of the whole job
 */
export async function runSteps<T>(
	job: Job,
	steps: Generator<number, T>,
	shareOf: (share: number) => number = (share) => share
): Promise<T> {
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return step.value;
		job.progress({ phase: 'encode', share: shareOf(step.value) });
		await job.checkpoint();
	}
}

/**
 * Length of a text's chunks, in UTF-16 code units: `Infinity` if splitting the text into chunks could change the ids,
 * `undefined` for the default. Splitting never changes the ids of a built-in tokenizer.
 */
export function chunkTarget(
	{ savedFile, edits = [] }: TokenizerChoice,
	spec: TokenizerSpec
): number | undefined {
	const known = !savedFile && edits.length === 0;
	return known || isChunkable(spec) ? undefined : Infinity;
}

/** Encodes a text in steps, with the same ids as when encoded whole. Yields progress, from 0 to 1. */
export function encodeInSteps(
	choice: TokenizerChoice,
	runtime: EngineRuntime,
	text: string,
	options: EncodeOptions
): Generator<number, Encoding> {
	const { spec } = runtime.tokenizer;
	return encodeInChunks(runtime, spec, text, options, chunkTarget(choice, spec));
}

export function createTokenizingHandlers(tokenizers: LoadedTokenizers): Handlers<TokenizingCalls> {
	return {
		async encode(params, job) {
			const runtime = await tokenizers.engine(params, job);
			return job.exclusive(async () => {
				const { vocabularySize } = runtime;
				const { text, special } = params;
				const options = { special, wholeSpans: true };
				// Splitting a long text into chunks requires a string.
				const encoding =
					text.length <= CHUNK_UNITS
						? runtime.encode(text, options)
						: await runSteps(job, encodeInSteps(params, runtime, decodeUtf8(text), options));
				const { ids, byteStarts, byteEnds, kinds } = encoding;
				return {
					result: { encoding, distinct: countDistinct(encoding.ids), vocabularySize },
					transfer: [ids, byteStarts, byteEnds, ...(kinds ? [kinds] : [])]
				};
			});
		},

		async check(params, job) {
			const engine = await tokenizers.engine(params, job);
			const { spec } = engine.tokenizer;
			const library = await tokenizers.library(params, spec, job);
			const { special } = params;
			const target = chunkTarget(params, spec);
			const { secondOpinion } = await import('../../tokenizers/runtimes/second-opinion');
			return job.exclusive(async () => ({
				result: await runSteps(
					job,
					secondOpinion(engine, library, spec, decodeUtf8(params.text), { special }, target)
				)
			}));
		},

		async spell(params, job) {
			const engine = await tokenizers.engine(params, job);
			return job.exclusive(async () => {
				const { ids } = params;
				const spelled = decodeIds(engine.tokenizer, ids);
				const distinct = countDistinct(spelled.encoding.ids);
				if (ids.length === 0) return { result: { ...spelled, distinct } };
				const target = chunkTarget(params, engine.tokenizer.spec);
				const fit = await runSteps(job, checkIds(engine, ids, spelled, target));
				return { result: { ...spelled, distinct, fit } };
			});
		},

		async describe(params, job) {
			const { tokenizer } = await tokenizers.engine(params, job);
			return job.exclusive(() => ({ result: describeToken(tokenizer, params.id) }));
		},

		async writeTokenizer(params, job) {
			const { tokenizer } = await tokenizers.engine(params, job);
			const { writeFiles } = await import('./writing');
			const loadKnown = (id: string) => tokenizers.load(id, job);
			return job.exclusive(async () => ({
				result: await writeFiles(tokenizer.spec, params.format, loadKnown)
			}));
		},

		compareBoundaries(params, job) {
			return job.exclusive(() => {
				const result = compareSplits(params);
				return { result, transfer: [result.differences, ...result.differs] };
			});
		}
	};
}
