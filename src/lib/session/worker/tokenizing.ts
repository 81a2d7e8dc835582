/** Calls that run one tokenizer on a text, or compare several answers: types, where they run, handlers. */
import type { SpecEdit } from '../../drift/edits/spec-edit';
import type { Encoding } from '../../engine';
import { decodeUtf8 } from '../../engine/text';
import { CHUNK_UNITS, encodeInChunks } from '../../tokenizers/chunks/encode-chunks';
import { decodeIds } from '../../tokenizers/decode-ids';
import {
	type BoundaryComparison,
	type TokenSpans,
	compareBoundaries
} from '../../tokenizers/differing-spans';
import { type SecondOpinion, secondOpinion } from '../../tokenizers/runtimes/second-opinion';
import { countDistinct } from '../../tokenizers/count-distinct';
import type { Handlers } from '../../workers/job';
import type { Routes } from '../../workers/pool';
import type { LoadedTokenizers } from './loaded-tokenizers';
import { chunkTarget, runSteps } from './run-steps';

export interface TokenizingCalls {
	encode: { params: EncodeParams; result: EncodeResult };
	/** What the tokenizer's library says of the same text. */
	check: { params: CheckParams; result: SecondOpinion };
	/** The document that ids spell. */
	spell: { params: SpellParams; result: SpellResult };
	/** Where encodings of one text of `length` bytes cut it differently. */
	compare: { params: { encodings: TokenSpans[]; length: number }; result: BoundaryComparison };
}

/** A tokenizer by its id. */
export interface TokenizerChoice {
	readonly tokenizer: string;
	/**
	 * The packed file (not compressed) of a tokenizer that is not in the catalogue. An id never
	 * changes its meaning: a worker that knows it does not read the file again.
	 */
	readonly own?: Uint8Array;
	/** Changes to it, one after another: any call can be asked of an edited tokenizer. */
	readonly edits?: readonly SpecEdit[];
}

export interface EncodeParams extends TokenizerChoice {
	/** The text's UTF-8: a string of a megabyte takes much longer to post than its bytes. */
	readonly text: Uint8Array;
	readonly special: 'text' | 'parse';
}

export type CheckParams = EncodeParams;

export interface EncodeResult {
	readonly encoding: Encoding;
	/** Number of different ids. */
	readonly distinct: number;
	/** Largest id + 1. */
	readonly vocabularySize: number;
}

export interface SpellParams extends TokenizerChoice {
	readonly ids: Uint32Array;
}

export interface SpellResult {
	/** The tokens' bytes put together; need not be UTF-8. */
	readonly document: Uint8Array;
	/** Offsets are bytes of `document`; ids out of range are left out. */
	readonly encoding: Encoding;
	readonly distinct: number;
	/** Ids that the tokenizer does not have, with their positions in the list. */
	readonly outOfRange: readonly { readonly id: number; readonly position: number }[];
	/** Largest id + 1. */
	readonly vocabularySize: number;
}

/** The packed file of a tokenizer that is not in the catalogue. */
export type FileOf = (tokenizer: string) => Uint8Array | undefined;

/** Adds to each tokenizer that params name its own file, because a worker that was replaced knows nothing of it. */
export function attachFiles(params: unknown, fileOf: FileOf): unknown {
	if (typeof params !== 'object' || params === null) return params;
	if ('tokenizer' in params && typeof params.tokenizer === 'string') {
		const own = fileOf(params.tokenizer);
		return own ? { ...params, own } : params;
	}
	if ('a' in params && 'b' in params) {
		return { ...params, a: attachFiles(params.a, fileOf), b: attachFiles(params.b, fileOf) };
	}
	return params;
}

export const TOKENIZING_ROUTES: Routes<TokenizingCalls> = {
	encode: 'pinned',
	spell: 'pinned',
	// A slow second opinion never delays the answer, and a comparison never waits behind a long text.
	check: 'libraries',
	compare: 'comparison'
};

export function createTokenizingHandlers(tokenizers: LoadedTokenizers): Handlers<TokenizingCalls> {
	return {
		async encode(params, job) {
			const lab = await tokenizers.lab(params, job);
			return job.exclusive(async () => {
				const { spec, vocabularySize } = lab.tokenizer;
				const { text, special } = params;
				const target = chunkTarget(params, spec) ?? CHUNK_UNITS;
				// A text of one chunk is encoded as it came; cutting a longer one takes a string.
				const encoding =
					text.length <= target
						? lab.encode(text, { special })
						: await runSteps(job, encodeInChunks(lab, spec, decodeUtf8(text), { special }, target));
				const { ids, byteStarts, byteEnds, kinds } = encoding;
				return {
					result: { encoding, distinct: countDistinct(encoding.ids), vocabularySize },
					transfer: [ids, byteStarts, byteEnds, ...(kinds ? [kinds] : [])]
				};
			});
		},

		async check(params, job) {
			const lab = await tokenizers.lab(params, job);
			const { spec } = lab.tokenizer;
			const library = await tokenizers.library(params, spec, job);
			const { special } = params;
			return job.exclusive(async () => ({
				result: await runSteps(
					job,
					secondOpinion(lab, library, spec, decodeUtf8(params.text), { special })
				)
			}));
		},

		async spell(params, job) {
			const lab = await tokenizers.lab(params, job);
			return job.exclusive(() => {
				const spelled = decodeIds(lab.tokenizer, params.ids);
				return { result: { ...spelled, distinct: countDistinct(spelled.encoding.ids) } };
			});
		},

		compare({ encodings, length }, job) {
			return job.exclusive(() => {
				const result = compareBoundaries(encodings, length);
				return { result, transfer: [result.differences, ...result.differs] };
			});
		}
	};
}
