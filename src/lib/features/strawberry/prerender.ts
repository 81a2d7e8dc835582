/** The word that the Strawberry page starts with, encoded when the site is built. */
import { createTokenizer } from '../../engine';
import type { PackedFiles } from '../../session/prerender';
import { CATALOGUE } from '../../tokenizers/catalogue';
import { FIRST_MERGE_TOKENIZERS, FIRST_WORD } from './defaults';
import { joinEncodings, type JoinedEncodings } from './joined-encodings';
import { variantsOf } from './variants';
import { traceWord, type WordTrace } from './word-trace';

export interface PrerenderedWord {
	readonly word: string;
	/** By tokenizer of the catalogue: the word's variants, in their order. */
	readonly encodings: Readonly<Record<string, JoinedEncodings>>;
	/** By tokenizer of {@link FIRST_MERGE_TOKENIZERS}: the merges of the word alone. */
	readonly traces: Readonly<Record<string, WordTrace>>;
}

export function prerenderWord(packed: Pick<PackedFiles, 'spec'>): PrerenderedWord {
	const word = FIRST_WORD;
	const texts = variantsOf(word).map(({ text }) => text);
	const encodings: Record<string, JoinedEncodings> = {};
	const traces: Record<string, WordTrace> = {};
	for (const { id } of CATALOGUE) {
		const tokenizer = createTokenizer(packed.spec(id));
		encodings[id] = joinEncodings(texts.map((text) => tokenizer.encode(text)));
		if (FIRST_MERGE_TOKENIZERS.includes(id)) traces[id] = traceWord(tokenizer, word);
	}
	return { word, encodings, traces };
}
