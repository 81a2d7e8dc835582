import { ladderOf } from '../../lib/analysis/spelling/ladder';
import { standingCuts } from '../../lib/analysis/spelling/rivals';
import { joinEncodings } from '../../lib/analysis/spelling/spelling';
import { variantsOf } from '../../lib/analysis/spelling/variants';
import { CATALOGUE } from '../../lib/catalogue/entries';
import type { FirstWord } from '../../lib/catalogue/first-word';
import { FIRST_LADDERS, FIRST_WORD } from '../../lib/content/strawberry';
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
