import { ladderOf } from '../../analysis/spelling/ladder';
import { standingCuts } from '../../analysis/spelling/rivals';
import { joinEncodings } from '../../analysis/spelling/spelling';
import { encodeUtf8 } from '../../engine/text/utf8';
import type { SpellingCalls } from '../calls/spelling';
import type { Handlers } from '../job';
import type { LoadedTokenizers } from '../loaded-tokenizers';

export function spellingHandlers(tokenizers: LoadedTokenizers): Handlers<keyof SpellingCalls> {
	return {
		async spellings(params, job) {
			const { tokenizer } = await tokenizers.lab(params, job);
			return job.inTurn(() => {
				const result = joinEncodings(params.texts.map((text) => tokenizer.encode(text)));
				const { ids, byteStarts, byteEnds, kinds, textEnds } = result;
				return { result, transfer: [ids, byteStarts, byteEnds, kinds, textEnds] };
			});
		},

		async ladder(params, job) {
			const { tokenizer } = await tokenizers.lab(params, job);
			return job.inTurn(() => {
				const ladder = ladderOf(encodeUtf8(params.text), tokenizer.trace(params.text));
				const cuts = standingCuts(ladder, (left, right) => tokenizer.mergeRank(left, right));
				return { result: { ladder, cuts } };
			});
		}
	};
}
