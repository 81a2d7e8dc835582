/** The Strawberry page in the worker: calls, where they run, handlers. */
import { encodeUtf8 } from '../../engine/text';
import type { LoadedTokenizers } from '../../session/worker/loaded-tokenizers';
import type { TokenizerChoice } from '../../session/worker/tokenizing';
import type { Handlers } from '../../workers/job';
import type { Routes } from '../../workers/pool';
import { type WordMerges, wordMergesOf, lastTokens } from './ladder';
import { type FinalBoundary, finalBoundaries } from './rivals';
import { type Spellings, encodingOf, joinEncodings } from './spelling';

export interface StrawberryCalls {
	/** Many short texts in one message: typing a word asks for all its spellings at once. */
	spellings: { params: SpellingsParams; result: Spellings };
	/** Every merge of a short text, and why its cuts stand. */
	ladder: { params: LadderParams; result: WordMergesAnswer };
}

export interface SpellingsParams extends TokenizerChoice {
	readonly texts: readonly string[];
}

export interface LadderParams extends TokenizerChoice {
	readonly text: string;
	/** Byte of the text's UTF-8 from which on its tokens are followed; 0 for all. */
	readonly byteStart: number;
}

export interface WordMergesAnswer {
	readonly ladder: WordMerges;
	readonly cuts: readonly FinalBoundary[];
}

export const STRAWBERRY_ROUTES: Routes<StrawberryCalls> = {
	spellings: 'pinned',
	ladder: 'pinned'
};

export function createStrawberryHandlers(tokenizers: LoadedTokenizers): Handlers<StrawberryCalls> {
	return {
		async spellings(params, job) {
			const { tokenizer } = await tokenizers.lab(params, job);
			return job.exclusive(() => {
				const encodings = params.texts.map((text) => tokenizer.encode(text));
				const lost = Uint32Array.from(encodings, ({ droppedBytes = 0 }) => droppedBytes);
				const result = { ...joinEncodings(encodings), lost };
				const { ids, byteStarts, byteEnds, kinds, textEnds } = result;
				return { result, transfer: [ids, byteStarts, byteEnds, kinds, textEnds, lost] };
			});
		},

		async ladder(params, job) {
			const { tokenizer } = await tokenizers.lab(params, job);
			return job.exclusive(() => {
				const { text, byteStart } = params;
				const shown = encodingOf(joinEncodings([tokenizer.encode(text)]), 0, byteStart);
				const ladder = lastTokens(
					wordMergesOf(encodeUtf8(text), tokenizer.trace(text)),
					shown.ids.length
				);
				const cuts = finalBoundaries(ladder, (left, right) => tokenizer.mergeRank(left, right));
				return { result: { ladder, cuts } };
			});
		}
	};
}
