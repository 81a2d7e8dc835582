/** Worker side of the Strawberry page: calls, routes and handlers. */
import type { Encoding } from '../../engine';
import type { LoadedTokenizers, TokenizerChoice } from '../../session/calls/tokenizing';
import type { Handlers } from '../../workers/job';
import type { Routes, Workers } from '../../workers/pool';
import { traceWord, type WordMerges } from './word-merges';

export interface StrawberryCalls {
	/** Encodes all variants of a word in one call. */
	splitVariants: {
		params: TokenizerChoice & { readonly texts: readonly string[] };
		result: readonly Encoding[];
	};
	/** Traces the merges in a short text, starting at byte `byteStart` of its UTF-8. */
	traceWord: {
		params: TokenizerChoice & { readonly text: string; readonly byteStart: number };
		result: WordMerges;
	};
}

export type StrawberryWorkers = Workers<StrawberryCalls>;

export const STRAWBERRY_ROUTES: Routes<StrawberryCalls> = {
	splitVariants: 'pinned',
	traceWord: 'pinned'
};

export function createStrawberryHandlers(tokenizers: LoadedTokenizers): Handlers<StrawberryCalls> {
	return {
		async splitVariants(params, job) {
			const runtime = await tokenizers.engine(params, job);
			return job.exclusive(() => ({
				result: params.texts.map((text) => runtime.encode(text, { wholeSpans: true }))
			}));
		},

		async traceWord(params, job) {
			const { tokenizer } = await tokenizers.engine(params, job);
			return job.exclusive(() => ({
				result: traceWord(tokenizer, params.text, params.byteStart)
			}));
		}
	};
}
