/** The variants of a word that people write: each may be split differently. */
import { encodeUtf8 } from '../../engine/text';
import {
	graphemesOf,
	joinGraphemes,
	matchesOf,
	type CaseRule,
	type Graphemes
} from '../../tokenizers/graphemes';

export type VariantKind = keyof ReturnType<typeof textsOf>;

/** The letter to count, and whether its case matters. */
export interface LetterQuery {
	readonly letter: string;
	readonly caseRule: CaseRule;
}

/** First word of the sentence, in ASCII. The space after it is shown with the word. */
const LEAD = 'The';

/** Computes a value on the first call and keeps it. */
function once<T>(compute: () => T): () => T {
	let known: { readonly value: T } | undefined;
	return () => (known ??= { value: compute() }).value;
}

/** One variant of the word. What is derived from it is computed once for all tokenizers. */
export class WordVariant {
	/** Byte offset in {@link text} of what is shown. */
	readonly byteStart: number;
	/** The shown part of {@link text}: all of it, except {@link LEAD} in a sentence. */
	readonly shown: string;
	/** Bytes (and graphemes) shown before the word: the space in a sentence. */
	readonly lead: 0 | 1;
	/** UTF-8 of {@link shown}. */
	readonly document = once(() => encodeUtf8(this.shown));
	/** Graphemes of {@link shown}. The space before the word is segmented apart, so that it joins no mark. */
	readonly graphemes = once(() =>
		joinGraphemes(
			graphemesOf(this.shown.slice(0, this.lead)),
			graphemesOf(this.shown.slice(this.lead))
		)
	);
	/** One byte per grapheme: 0 for white space and punctuation, 1 for the others, the letters. */
	readonly letters = once(() =>
		Uint8Array.from(this.graphemes().texts, (text) => Number(!/^[\s\p{P}]/u.test(text)))
	);
	readonly letterCount = once(() => this.letters().reduce((sum, letter) => sum + letter, 0));
	/** Whether it is one grapheme besides white space, so that a token can be a letter itself. */
	readonly isOneLetter = once(() => graphemesOf(this.shown.trim()).texts.length === 1);
	#query: LetterQuery | undefined;
	#matches: Uint8Array = new Uint8Array();

	/** @param text what is encoded */
	constructor(
		readonly kind: VariantKind,
		readonly text: string
	) {
		const isSentence = kind === 'sentence';
		this.byteStart = isSentence ? LEAD.length : 0;
		this.shown = text.slice(this.byteStart);
		this.lead = isSentence ? 1 : 0;
	}

	/** One byte per grapheme, 1 for the letter of the query. The space before the word never matches. */
	matches(query: LetterQuery): Uint8Array {
		if (query.letter !== this.#query?.letter || query.caseRule !== this.#query.caseRule) {
			this.#query = query;
			this.#matches = matchesOf(this.graphemes(), query.letter, query.caseRule);
			this.#matches.fill(0, 0, this.lead);
		}
		return this.#matches;
	}
}

/** The text of a word alone or in a sentence. */
export const textOfForm = (word: string, form: 'alone' | 'sentence'): string =>
	form === 'alone' ? word.toWellFormed() : `${LEAD} ${word.toWellFormed()}`;

/** Text of each variant of a word that is not empty; `null` for one that does not exist. */
function textsOf(word: string) {
	const graphemes = graphemesOf(word);
	const [first, ...others] = graphemes.texts;
	return {
		alone: word,
		sentence: textOfForm(word, 'sentence'),
		space: ` ${word}`,
		capitalised: [first.toUpperCase(), ...others].join(''),
		upper: word.toUpperCase(),
		quoted: `"${word}"`,
		newline: `\n${word}`,
		plural: pluralOf(word),
		misspelt: misspelt(graphemes),
		hyphenated: graphemes.texts.join('-'),
		spaced: graphemes.texts.join(' ')
	};
}

/**
 * The variants of a word, without those that equal the word (upper case of Chinese) or do not exist (an English
 * plural of it). An empty word has none. A lone surrogate becomes U+FFFD, as in every encoding.
 */
export function variantsOf(typed: string): WordVariant[] {
	if (typed === '') return [];
	const word = typed.toWellFormed();
	const texts = Object.entries(textsOf(word)) as [VariantKind, string | null][];
	return texts.flatMap(([kind, text]) =>
		text === null || (text === word && kind !== 'alone') ? [] : new WordVariant(kind, text)
	);
}

/**
 * Regular plural of a word that ends in a letter of the English alphabet, or `null`. The ending is in capitals
 * if the word has at least two letters and all are capitals.
 */
export function pluralOf(word: string): string | null {
	if (!/[a-z]$/i.test(word)) return null;
	const plural = /[^aeiou]y$/i.test(word)
		? { stem: word.slice(0, -1), ending: 'ies' }
		: { stem: word, ending: /(s|x|z|ch|sh)$/i.test(word) ? 'es' : 's' };
	const isUpper = /\p{L}.*\p{L}/u.test(word) && word === word.toUpperCase();
	return plural.stem + (isUpper ? plural.ending.toUpperCase() : plural.ending);
}

/** Swaps the two different adjacent graphemes nearest to the middle; `null` if there are none. */
function misspelt({ texts }: Graphemes): string | null {
	const middle = (texts.length - 2) / 2;
	const candidates = texts
		.slice(1)
		.flatMap((text, i) => (text === texts[i] ? [] : i))
		.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
	if (candidates.length === 0 || texts.length < 3) return null;
	const [at] = candidates;
	return [...texts.slice(0, at), texts[at + 1], texts[at], ...texts.slice(at + 2)].join('');
}
