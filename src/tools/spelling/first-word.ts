import { ladderOf } from '../../lib/features/strawberry/ladder';
import { standingCuts } from '../../lib/features/strawberry/rivals';
import { joinEncodings } from '../../lib/features/strawberry/spelling';
import { variantsOf } from '../../lib/features/strawberry/variants';
import { CATALOGUE } from '../../lib/tokenizers/catalogue/entries';
import type { FirstWord } from '../../lib/features/strawberry/first-word';
import { FIRST_LADDERS, FIRST_WORD } from '../../lib/features/strawberry/defaults';
import { createTokenizer, type TokenizerSpec } from '../../lib/engine';
import { encodeUtf8 } from '../../lib/engine/text/utf8';

/** What the Strawberry page shows before any script has run. */
export function firstWord(specOf: (id: string) => TokenizerSpec): FirstWord {
	const word = FIRST_WORD;
	const texts = variantsOf(word).map(({ text }) => text);
	const spellings: Record<string, FirstWord['spellings'][string]> = {};
	const ladders: Record<string, FirstWord['ladders'][string]> = {};
	for (const { id } of CATALOGUE) {
		const tokenizer = createTokenizer(specOf(id));
		spellings[id] = joinEncodings(texts.map((text) => tokenizer.encode(text)));
		if (!FIRST_LADDERS.includes(id)) continue;
		const ladder = ladderOf(encodeUtf8(word), tokenizer.trace(word));
		const cuts = standingCuts(ladder, (left, right) => tokenizer.mergeRank(left, right));
		ladders[id] = { ladder, cuts };
	}
	return { word, spellings, ladders };
}
