/** The same word as people write it: each way may be cut differently. */
import { byteLength } from '../../engine/text';
import { graphemesOf, type Graphemes } from '../../tokenizers/graphemes';

export const VARIANT_KINDS = [
	'alone',
	'sentence',
	'space',
	'capitalised',
	'upper',
	'quoted',
	'newline',
	'plural',
	'misspelt',
	'hyphenated',
	'spaced'
] as const;
export type VariantKind = (typeof VARIANT_KINDS)[number];

/** One way to write the word. */
export interface Variant {
	readonly kind: VariantKind;
	/** What is encoded. */
	readonly text: string;
	/** What is shown of it: in a sentence without {@link LEAD}, else all. */
	readonly shown: string;
	/** Byte of the text's UTF-8 at which that begins. */
	readonly byteStart: number;
}

/** What stands before the word in a sentence; the space after it belongs to what is shown. */
export const LEAD = 'The';

/**
 * The ways to write a word, in the order of {@link VARIANT_KINDS}. Those that are the word itself again
 * (upper case of Chinese) or do not exist (an English plural of it) are left out; an empty word has none.
 * A lone surrogate is U+FFFD in all of them, as it is in every encoding.
 */
export function variantsOf(typed: string): Variant[] {
	if (typed === '') return [];
	const word = typed.toWellFormed();
	const graphemes = graphemesOf(word);
	const texts: Record<VariantKind, string | null> = {
		alone: word,
		sentence: `${LEAD} ${word}`,
		space: ` ${word}`,
		capitalised: capitalised(graphemes),
		upper: word.toUpperCase(),
		quoted: `"${word}"`,
		newline: `\n${word}`,
		plural: pluralOf(word),
		misspelt: misspelt(graphemes),
		hyphenated: graphemes.texts.join('-'),
		spaced: graphemes.texts.join(' ')
	};
	return VARIANT_KINDS.flatMap((kind) => {
		const text = texts[kind];
		if (text === null || (text === word && kind !== 'alone')) return [];
		const lead = kind === 'sentence' ? LEAD : '';
		return { kind, text, shown: text.slice(lead.length), byteStart: byteLength(lead) };
	});
}

function capitalised({ texts }: Graphemes): string {
	return [texts[0].toUpperCase(), ...texts.slice(1)].join('');
}

/**
 * The regular plural of a word that ends in a Latin letter of English, in capitals where the word has two
 * or more letters and all are capitals; null for others.
 */
export function pluralOf(word: string): string | null {
	if (!/[a-z]$/i.test(word)) return null;
	const plural = /[^aeiou]y$/i.test(word)
		? { stem: word.slice(0, -1), ending: 'ies' }
		: { stem: word, ending: /(s|x|z|ch|sh)$/i.test(word) ? 'es' : 's' };
	const isUpper = /\p{L}.*\p{L}/u.test(word) && word === word.toUpperCase();
	return plural.stem + (isUpper ? plural.ending.toUpperCase() : plural.ending);
}

/** Two different neighbours swapped, as near to the middle as there are; null where all are the same. */
function misspelt({ texts }: Graphemes): string | null {
	const middle = (texts.length - 2) / 2;
	const places = texts
		.slice(1)
		.flatMap((text, i) => (text === texts[i] ? [] : i))
		.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
	if (places.length === 0 || texts.length < 3) return null;
	const [at] = places;
	return [...texts.slice(0, at), texts[at + 1], texts[at], ...texts.slice(at + 2)].join('');
}
