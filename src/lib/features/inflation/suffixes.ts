/**
 * A word whose suffixes are separate words in English, and a cost comparison between languages with many and few
 * suffixes.
 */
import { encodeUtf8 } from '../../engine/text';
import type { Language } from '../../languages/types';
import type { InflationRow } from './rows';

/** A Turkish word and the parts that make it up. */
export const SUFFIX_WORD = {
	language: 'tur',
	parts: [
		{ text: 'ev', meaning: 'house' },
		{ text: 'ler', meaning: 'plural' },
		{ text: 'iniz', meaning: 'your' },
		{ text: 'den', meaning: 'from' }
	],
	english: 'from your houses'
} as const;

/** The word and its English translation, each with the space that precedes it in a sentence. */
export const WORD_TEXTS: readonly string[] = [
	` ${SUFFIX_WORD.parts.map(({ text }) => text).join('')}`,
	` ${SUFFIX_WORD.english}`
];

let end = 1;
/** Meaning of each part and its byte span in the word with a space before it. */
const SPANS = SUFFIX_WORD.parts.map(({ text, meaning }) => {
	const start = end;
	end += encodeUtf8(text).length;
	return { meaning, start, end };
});

/** Meaning of the part that a token matches, with or without the preceding space; `null` if no part matches. */
export const meaningOf = (start: number, end: number): string | null =>
	SPANS.find((part) => part.end === end && Math.max(1, start) === part.start)?.meaning ?? null;

/** Languages in Latin script that have many suffixes per word, and others that have fewer. */
const MANY_SUFFIXES: readonly string[] = [SUFFIX_WORD.language, 'fin', 'hun'];
const FEW_SUFFIXES: readonly string[] = ['deu_1996', 'spa'];

interface Cost {
	readonly language: Language;
	readonly premium: number;
}

/** Costs of the languages in one tokenizer. Each list has at least one language and starts with the lowest premium. */
export interface SuffixCosts {
	readonly tokenizer: string;
	readonly many: readonly Cost[];
	readonly few: readonly Cost[];
}

/**
 * For each tokenizer, lists the costs of the languages with many suffixes and of those with few. Leaves out the
 * baseline, and any tokenizer that has no premiums for one of the two lists.
 * @param rowsIn finds the rows for some languages, with one premium per tokenizer
 */
export function compareSuffixes(
	tokenizers: readonly string[],
	rowsIn: (codes: readonly string[]) => readonly Pick<InflationRow, 'language' | 'premiums'>[],
	baseline: string
): readonly SuffixCosts[] {
	const [manyRows, fewRows] = [rowsIn(MANY_SUFFIXES), rowsIn(FEW_SUFFIXES)];
	const costsIn = (rows: typeof manyRows, at: number): readonly Cost[] =>
		rows
			.flatMap(({ language, premiums }) => {
				const premium = premiums[at];
				return premium === null || language.code === baseline ? [] : { language, premium };
			})
			.sort((a, b) => a.premium - b.premium);
	return tokenizers.flatMap((tokenizer, at) => {
		const [many, few] = [costsIn(manyRows, at), costsIn(fewRows, at)];
		return many.length > 0 && few.length > 0 ? [{ tokenizer, many, few }] : [];
	});
}
