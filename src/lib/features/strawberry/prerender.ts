/** The word that the Strawberry page starts with, encoded when the site is built. */
import { createTokenizer } from '../../engine';
import type { PackedFiles } from '../../session/prerender';
import { CATALOGUE } from '../../tokenizers/catalogue';
import { joinEncodings, type JoinedEncodings } from './joined-encodings';
import { FIRST_WORD } from '../../session/documents/strawberry';
import { variantsOf } from './variants';
import { FIRST_TRACED_TOKENIZER } from '../../session/documents/strawberry';
import { traceWord, type WordTrace } from './word-trace';

export interface PrerenderedWord {
	readonly word: string;
	/** By tokenizer of the catalogue: the word's variants, in their order. */
	readonly encodings: Readonly<Record<string, JoinedEncodings>>;
	/** The merges of the word alone under {@link FIRST_TRACED_TOKENIZER}. */
	readonly trace: WordTrace;
}

export function prerenderWord(packed: Pick<PackedFiles, 'spec'>): PrerenderedWord {
	const word = FIRST_WORD;
	const texts = variantsOf(word).map(({ text }) => text);
	const encodings: Record<string, JoinedEncodings> = {};
	for (const { id } of CATALOGUE) {
		const tokenizer = createTokenizer(packed.spec(id));
		encodings[id] = joinEncodings(texts.map((text) => tokenizer.encode(text)));
	}
	const traced = createTokenizer(packed.spec(FIRST_TRACED_TOKENIZER));
	return { word, encodings, trace: traceWord(traced, word) };
}
