import { LostBytes } from '../../../languages/lost-bytes';
import { ladderOf, lastTokens } from '../ladder';
import { standingCuts } from '../rivals';
import { encodingOf, joinEncodings } from '../spelling';
import type { Tokenizer } from '../../../engine';
import { byteLength, encodeUtf8 } from '../../../engine/text/utf8';
import type { SpellingCalls } from './calls';
import type { Handlers } from '../../../workers/job';
import type { LoadedTokenizers } from '../../../session/worker/loaded-tokenizers';

export function spellingHandlers(tokenizers: LoadedTokenizers): Handlers<keyof SpellingCalls> {
	const losses = new WeakMap<Tokenizer, LostBytes>();
	const lossesOf = (tokenizer: Tokenizer): LostBytes => {
		let known = losses.get(tokenizer);
		if (!known) losses.set(tokenizer, (known = new LostBytes(tokenizer)));
		return known;
	};

	return {
		async spellings(params, job) {
			const { tokenizer } = await tokenizers.lab(params, job);
			return job.inTurn(() => {
				const texts = params.texts.map((text) => text.toWellFormed());
				const encodings = texts.map((text) => tokenizer.encode(text));
				const counter = lossesOf(tokenizer);
				const lost = Uint32Array.from(texts, (text, i) =>
					counter.count(text, byteLength(text), encodings[i])
				);
				const result = { ...joinEncodings(encodings), lost };
				const { ids, byteStarts, byteEnds, kinds, textEnds } = result;
				return { result, transfer: [ids, byteStarts, byteEnds, kinds, textEnds, lost] };
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
