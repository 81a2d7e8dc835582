/** Encodes the initial word of the Strawberry page when the site is built. */
import { createTokenizer, type Encoding } from '../../engine';
import { FIRST_TRACED_TOKENIZER, FIRST_WORD } from '../../session/documents/strawberry';
import type { PackedFiles } from '../../session/prerender';
import { CATALOGUE } from '../../tokenizers/catalogue';
import { matchesUsualClaim, tokensOf } from './variant-tokens';
import { variantsOf } from './variants';
import { traceWord, type WordMerges } from './word-merges';

export interface PrerenderedWord {
	readonly word: string;
	/** Encodings of the word's variants, in order, by built-in tokenizer. */
	readonly encodings: Readonly<Record<string, readonly Encoding[]>>;
	/** Number of built-in tokenizers that split the word the way the usual explanation claims. */
	readonly claimed: { readonly alone: number; readonly sentence: number };
	/** The merges that {@link FIRST_TRACED_TOKENIZER} makes in the word on its own. */
	readonly trace: WordMerges;
}

export function prerenderWord(packed: Pick<PackedFiles, 'spec'>): PrerenderedWord {
	const word = FIRST_WORD;
	const variants = variantsOf(word);
	const encodings: Record<string, readonly Encoding[]> = {};
	for (const { id } of CATALOGUE) {
		const tokenizer = createTokenizer(packed.spec(id));
		encodings[id] = variants.map(({ text }) => tokenizer.encode(text));
	}
	const claimed = (form: 'alone' | 'sentence') =>
		Object.values(encodings).filter((ofWord) => {
			const found = tokensOf({ variants, encodings: ofWord }, form);
			return found !== null && matchesUsualClaim(found);
		}).length;
	const traced = createTokenizer(packed.spec(FIRST_TRACED_TOKENIZER));
	return {
		word,
		encodings,
		claimed: { alone: claimed('alone'), sentence: claimed('sentence') },
		trace: traceWord(traced, word)
	};
}
