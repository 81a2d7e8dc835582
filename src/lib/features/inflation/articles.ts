/** Texts to draw: an article in two languages, a word of many suffixes beside its English. */
import { downloadLanguageTexts } from '../../session/downloads/language-texts';
import type { LanguageText } from '../../languages/types';
import { SUFFIX_WORDS, wordOf } from './suffix-words';
import { decodeUtf8, encodeUtf8 } from '../../engine/text';
import type { DrawingInput } from './drawn-texts';

export const articleKey = (codes: readonly string[], article: number): string =>
	`${codes.join(' ')} ${article}`;

/** What an {@link articleKey} is of. */
export function readArticleKey(key: string): {
	readonly codes: readonly string[];
	readonly article: number;
} {
	const parts = key.split(' ');
	return { codes: parts.slice(0, -1), article: Number(parts.at(-1)) };
}

export const wordKey = (language: string): string => `word ${language}`;

/**
 * One article of the declaration, 1 to 30, without the newline behind it.
 * @throws RangeError for an article there is none of
 */
export function articleOf({ text, partEnds }: LanguageText, article: number): string {
	if (!(article >= 1 && article <= partEnds.length)) {
		throw new RangeError(`got article ${article}, expected 1 to ${partEnds.length}`);
	}
	const start = article === 1 ? 0 : partEnds[article - 2];
	return decodeUtf8(encodeUtf8(text).subarray(start, partEnds[article - 1])).replace(/\n$/, '');
}

/** The same article in several languages. */
export const articleQuestion = (
	tokenizer: string,
	codes: readonly string[],
	article: number,
	download: typeof downloadLanguageTexts = downloadLanguageTexts
): DrawingInput => ({
	tokenizer,
	key: articleKey(codes, article),
	texts: async () => {
		const texts = await download([...new Set(codes)]);
		return codes.map((code) => {
			const text = texts.get(code);
			if (!text) throw new Error(`got no declaration “${code}”, expected one that is in the atlas`);
			return articleOf(text, article);
		});
	}
});

/** A word as it stands in a sentence, and its English. */
export function wordQuestion(tokenizer: string, language: string): DrawingInput | null {
	const word = SUFFIX_WORDS.find((known) => known.language === language);
	if (!word) return null;
	return {
		tokenizer,
		key: wordKey(language),
		texts: () => [wordOf(word), ` ${word.english}`]
	};
}

/** Keys of the user's texts: lists of them are replaced, never changed. */
const ownKeys = new WeakMap<readonly unknown[], string>();
let lists = 0;

/** Texts of the user's. @param texts a list that is not changed */
export function ownQuestion(
	tokenizer: string,
	texts: readonly { readonly text: string }[]
): DrawingInput {
	let key = ownKeys.get(texts);
	if (key === undefined) ownKeys.set(texts, (key = `own ${++lists}`));
	return { tokenizer, key, texts: () => texts.map(({ text }) => text) };
}

export interface SuffixCuts {
	/** Places between two parts of the word. */
	readonly boundaries: number;
	/** How many of them are ends of tokens. */
	readonly kept: number;
	/** Ends of tokens inside a part of the word. */
	readonly inside: number;
}

/**
 * Whether tokens end where parts of the word do.
 * @param parts that the word is made of, in order
 * @param byteEnds of the tokens of the word with one space before it
 */
export function suffixCuts(parts: readonly string[], byteEnds: Uint32Array): SuffixCuts {
	const ends = new Set<number>();
	let at = 1;
	for (const part of parts.slice(0, -1)) ends.add((at += encodeUtf8(part).length));
	// A token of the space alone, or a ▁ of no byte before it, cuts nothing.
	const cuts = new Set(
		byteEnds.subarray(0, Math.max(0, byteEnds.length - 1)).filter((end) => end > 1)
	);
	const kept = [...cuts].filter((cut) => ends.has(cut)).length;
	return { boundaries: ends.size, kept, inside: cuts.size - kept };
}
