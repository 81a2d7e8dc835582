import { ladderOf, lastTokens } from '../../analysis/spelling/ladder';
import { standingCuts } from '../../analysis/spelling/rivals';
import { encodingOf, joinEncodings } from '../../analysis/spelling/spelling';
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
				const { text, byteStart } = params;
				const shown = encodingOf(joinEncodings([tokenizer.encode(text)]), 0, byteStart);
				const ladder = lastTokens(
					ladderOf(encodeUtf8(text), tokenizer.trace(text)),
					shown.ids.length
				);
				const cuts = standingCuts(ladder, (left, right) => tokenizer.mergeRank(left, right));
				return { result: { ladder, cuts } };
			});
		}
	};
}
