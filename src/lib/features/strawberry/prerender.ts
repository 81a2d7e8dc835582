/** The word that the Strawberry page starts with, encoded when the site is built. */
import { createTokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import type { PackedFiles } from '../../session/prerender';
import { CATALOGUE } from '../../tokenizers/catalogue';
import { FIRST_LADDERS, FIRST_WORD } from './defaults';
import { wordMergesOf, type WordMerges } from './ladder';
import { finalBoundaries, type FinalBoundary } from './rivals';
import { joinEncodings, type Spellings } from './spelling';
import { variantsOf } from './variants';

export interface PrerenderedWord {
	readonly word: string;
	/** By tokenizer: all its variants, in their order. */
	readonly spellings: Readonly<Record<string, Spellings>>;
	/** By tokenizer, of the two that are shown side by side: the merges of the bare word. */
	readonly ladders: Readonly<
		Record<string, { readonly ladder: WordMerges; readonly cuts: readonly FinalBoundary[] }>
	>;
}

export function prerenderWord(packed: Pick<PackedFiles, 'spec'>): PrerenderedWord {
	const word = FIRST_WORD;
	const texts = variantsOf(word).map(({ text }) => text);
	const spellings: Record<string, Spellings> = {};
	const ladders: Record<string, PrerenderedWord['ladders'][string]> = {};
	for (const { id } of CATALOGUE) {
		const tokenizer = createTokenizer(packed.spec(id));
		spellings[id] = joinEncodings(texts.map((text) => tokenizer.encode(text)));
		if (!FIRST_LADDERS.includes(id)) continue;
		const ladder = wordMergesOf(encodeUtf8(word), tokenizer.trace(word));
		const cuts = finalBoundaries(ladder, (left, right) => tokenizer.mergeRank(left, right));
		ladders[id] = { ladder, cuts };
	}
	return { word, spellings, ladders };
}
