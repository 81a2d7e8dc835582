/** A word in all its ways, and what a tokenizer makes of each. */
import {
	graphemesOf,
	joinGraphemes,
	matchesOf,
	type CaseRule,
	type Graphemes
} from '../../tokenizers/graphemes';
import { countByToken, type LetterCounts } from './grid';
import { encodingOf, type Spellings } from './spelling';
import { variantsOf, type Variant, type VariantKind } from './variants';
import type { Encoding } from '../../engine';
import { decodeUtf8, encodeUtf8 } from '../../engine/text';

/** The letter that is counted, and whether upper and lower case are one. */
export interface LetterQuery {
	readonly letter: string;
	readonly caseRule: CaseRule;
}

/** One way to write the word. What is known of it is worked out once for all tokenizers. */
export class WordVariant {
	readonly kind: VariantKind;
	readonly text: string;
	readonly shown: string;
	readonly byteStart: number;
	#document: Uint8Array | undefined;
	#graphemes: Graphemes | undefined;
	#letters: Uint8Array | undefined;
	#letterCount: number | undefined;
	#isOneLetter: boolean | undefined;
	#asked: LetterQuery | undefined;
	#matches: Uint8Array = new Uint8Array();

	constructor({ kind, text, shown, byteStart }: Variant) {
		this.kind = kind;
		this.text = text;
		this.shown = shown;
		this.byteStart = byteStart;
	}

	/** What of it stands before the word: the space of a sentence; bytes, characters and graphemes alike. */
	get lead(): 0 | 1 {
		return this.kind === 'sentence' ? 1 : 0;
	}

	/** UTF-8 of what is shown. */
	get document(): Uint8Array {
		return (this.#document ??= encodeUtf8(this.shown));
	}

	/** What stands before the word, the space of a sentence, is cut by itself: the rest are the word's letters. */
	get graphemes(): Graphemes {
		return (this.#graphemes ??= joinGraphemes(
			graphemesOf(this.shown.slice(0, this.lead)),
			graphemesOf(this.shown.slice(this.lead))
		));
	}

	/** One byte a grapheme, 1 for letters, digits and signs; 0 for white space and punctuation. */
	get letters(): Uint8Array {
		return (this.#letters ??= Uint8Array.from(this.graphemes.texts, (text) =>
			Number(!/^[\s\p{P}]/u.test(text))
		));
	}

	/** How many there are of those. */
	get letterCount(): number {
		return (this.#letterCount ??= this.letters.reduce((sum, letter) => sum + letter, 0));
	}

	/** Whether there is one grapheme beside white space, so that a token may be a letter itself. */
	get isOneLetter(): boolean {
		return (this.#isOneLetter ??= graphemesOf(this.shown.trim()).texts.length === 1);
	}

	/** One byte a grapheme, 1 for the letter asked for. What stands before the word is no letter of it. */
	matches(asked: LetterQuery): Uint8Array {
		if (asked.letter !== this.#asked?.letter || asked.caseRule !== this.#asked.caseRule) {
			this.#asked = asked;
			this.#matches = matchesOf(this.graphemes, asked.letter, asked.caseRule);
			this.#matches.fill(0, 0, this.lead);
		}
		return this.#matches;
	}
}

export const waysOf = (word: string): readonly WordVariant[] =>
	variantsOf(word).map((variant) => new WordVariant(variant));

/** What one tokenizer answered about a word. */
export interface WordAnswer {
	readonly ways: readonly WordVariant[];
	readonly spellings: Spellings;
}

/** The tokens of one way. */
export interface WayTokens {
	readonly way: WordVariant;
	/** Offsets are bytes of {@link WordVariant.document}. */
	readonly encoding: Encoding & { readonly kinds: Uint8Array };
	/** Bytes of {@link WordVariant.text} that have no token and are left out. */
	readonly lost: number;
}

/** Null where the word is not written in this way. */
export function tokensOf({ ways, spellings }: WordAnswer, kind: VariantKind): WayTokens | null {
	const at = ways.findIndex((way) => way.kind === kind);
	if (at < 0) return null;
	const encoding = encodingOf(spellings, at, ways[at].byteStart);
	return { way: ways[at], encoding, lost: spellings.lost?.[at] ?? 0 };
}

export const lettersOf = ({ way, encoding }: WayTokens, asked: LetterQuery): LetterCounts =>
	countByToken(way.graphemes, encoding, way.matches(asked));

/** Whether each letter has a token in which no other letter stands, of several. */
export function isSpelledOut({ way, encoding }: WayTokens): boolean {
	// Where there are fewer tokens than letters, some token holds two.
	if (encoding.ids.length < way.letterCount) return false;
	const { perToken, cut } = countByToken(way.graphemes, encoding, way.letters);
	const held = perToken.reduce((sum, count) => sum + count, 0);
	return held > 1 && cut === 0 && perToken.every((count) => count <= 1);
}

/** The text of each token that holds something, without a space in front. */
export function piecesOf({ way, encoding }: WayTokens): string[] {
	const pieces = Array.from(encoding.ids, (_, i) =>
		decodeUtf8(way.document.subarray(encoding.byteStarts[i], encoding.byteEnds[i]))
	);
	return pieces.map((piece, i) => (i === 0 ? piece.trimStart() : piece)).filter(Boolean);
}
