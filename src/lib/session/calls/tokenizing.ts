/** Calls that run one tokenizer on a text, or compare several encodings: types, routes and handlers. */
import { decodeUtf8 } from '../../engine/text';
import { CHUNK_UNITS } from '../../tokenizers/chunks/encode-chunks';
import {
	type BoundaryComparison,
	type TokenSpans,
	compareBoundaries,
	compareWith
} from '../../tokenizers/differing-spans';
import type { SecondOpinion } from '../../tokenizers/runtimes/second-opinion';
import type { TokenizerFormat } from '../../tokenizers/files/write';
import { checkIds, countDistinct, decodeIds, type IdsFit } from '../../tokenizers/ids';
import type { Handlers } from '../../workers/job';
import type { Routes, Workers } from '../../workers/pool';
import type { EncodeResult, LoadedTokenizers, TokenizerChoice } from './loaded-tokenizers';
import { chunkTarget, encodeInSteps, runSteps } from './run-steps';
import { describeToken, type TokenDetails } from './token-details';
import type { WrittenTokenizer } from './writing';

export interface TokenizingCalls {
	encode: { params: EncodeParams; result: EncodeResult };
	/** Compares the ids with those of the tokenizer's library. */
	check: { params: EncodeParams; result: SecondOpinion };
	/** Decodes ids, and encodes their text again. */
	spell: { params: TokenizerChoice & { readonly ids: Uint32Array }; result: SpellResult };
	/** Describes a token of the vocabulary. */
	describe: { params: TokenizerChoice & { readonly id: number }; result: TokenDetails };
	/** Writes a tokenizer in a format, which may not be able to express it. */
	writeTokenizer: {
		params: TokenizerChoice & { readonly format: TokenizerFormat };
		result: WrittenTokenizer;
	};
	/** Compares the splits of one text of `length` bytes with each other, or with the one at index `base`. */
	compareBoundaries: {
		params: { encodings: TokenSpans[]; length: number; base?: number };
		result: BoundaryComparison;
	};
}

/** The calls, and control of the worker that has the libraries. */
export interface TokenizingWorkers extends Workers<TokenizingCalls> {
	/** Stops the worker of `check` to free its memory. Open checks fail. */
	stopChecking(): void;
}

export interface EncodeParams extends TokenizerChoice {
	/** UTF-8, because a large string takes much longer to post than its bytes. */
	readonly text: Uint8Array;
	readonly special: 'text' | 'parse';
}

/** The encoding leaves out ids that the tokenizer does not have. */
export interface SpellResult extends EncodeResult {
	/** Joined bytes of the tokens, not always valid UTF-8. The encoding's offsets are its bytes. */
	readonly document: Uint8Array;
	/** Ids that the tokenizer does not have, with their positions in the list. */
	readonly outOfRange: readonly { readonly id: number; readonly position: number }[];
	/** Whether the ids can be the tokenizer's output. Absent for a text and for an empty list. */
	readonly fit?: IdsFit;
}

/**
 * Adds the file of each saved tokenizer that params name, because a new worker does not have it.
 * @param fileOf `undefined` for a tokenizer of the catalogue
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

export function createTokenizingHandlers(tokenizers: LoadedTokenizers): Handlers<TokenizingCalls> {
	return {
		async encode(params, job) {
			const runtime = await tokenizers.engine(params, job);
			return job.exclusive(async () => {
				const { vocabularySize } = runtime;
				const { text, special } = params;
				const options = { special, wholeSpans: true };
				// A short text is encoded as it is. Splitting a longer one into chunks takes a string.
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

		compareBoundaries({ encodings, length, base }, job) {
			return job.exclusive(() => {
				const result =
					base === undefined
						? compareBoundaries(encodings, length)
						: compareWith(encodings, length, base);
				return { result, transfer: [result.differences, ...result.differs] };
			});
		}
	};
}
