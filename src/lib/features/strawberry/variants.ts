/** Creates the texts in which a word is encoded: in different spellings, each on its own and in a sentence. */
import { encodeUtf8 } from '../../engine/text';
import type { Spelling, WordForm } from '../../session/documents/strawberry';
import { graphemesOf, joinGraphemes, matchesOf, type CaseRule } from '../../tokenizers/graphemes';

export interface LetterQuery {
	readonly letter: string;
	readonly caseRule: CaseRule;
}

/** First word of the sentence, in ASCII. The word isn't shown, but the space after it is. */
const LEAD = 'The';

/** Computes a value on the first call and caches it. */
function once<T>(compute: () => T): () => T {
	let known: { readonly value: T } | undefined;
	return () => (known ??= { value: compute() }).value;
}

export const textOfForm = (word: string, form: WordForm): string =>
	form === 'alone' ? word.toWellFormed() : `${LEAD} ${word.toWellFormed()}`;

/**
 * A text that contains the word in one spelling, alone or in a sentence. Values derived from the text are computed once
 * and shared by all tokenizers.
 */
export class WordVariant {
	readonly text: string;
	/** Byte offset in {@link text} of the part that is shown, which is everything except {@link LEAD}. */
	readonly byteStart: number;
	/** Number of bytes (and graphemes) shown before the word: 1 for the space in a sentence, otherwise 0. */
	readonly lead: 0 | 1;
	/** UTF-8 of the part of the text that is shown. */
	readonly document = once(() => encodeUtf8(this.#shown));
	/**
	 * Graphemes in the part that is shown. The space before the word is segmented separately so that it doesn't combine
	 * with a combining mark.
	 */
	readonly graphemes = once(() =>
		joinGraphemes(
			graphemesOf(this.#shown.slice(0, this.lead)),
			graphemesOf(this.#shown.slice(this.lead))
		)
	);
	readonly #shown: string;
	#query: LetterQuery | undefined;
	#matches: Uint8Array = new Uint8Array();

	constructor(
		readonly spelling: Spelling,
		readonly form: WordForm,
		/** The word in this spelling. */
		readonly word: string
	) {
		this.text = textOfForm(word, form);
		this.byteStart = form === 'sentence' ? LEAD.length : 0;
		this.lead = form === 'sentence' ? 1 : 0;
		this.#shown = this.text.slice(this.byteStart);
	}

	/**
	 * Returns one byte per grapheme: 1 if the grapheme is the letter being counted. The space before the word never
	 * matches the letter.
	 */
	matches(query: LetterQuery): Uint8Array {
		if (query.letter !== this.#query?.letter || query.caseRule !== this.#query.caseRule) {
			this.#query = query;
			this.#matches = matchesOf(this.graphemes(), query.letter, query.caseRule);
			this.#matches.fill(0, 0, this.lead);
		}
		return this.#matches;
	}
}

function spell(word: string): Record<Spelling, string> {
	const { texts } = graphemesOf(word);
	return {
		typed: word,
		capitalised: texts[0].toUpperCase() + texts.slice(1).join(''),
		upper: word.toUpperCase(),
		hyphenated: texts.join('-')
	};
}

/**
 * Creates the variants of a word: the word as typed and every other spelling of it, each on its own and in a sentence.
 * An empty word has no variants. Lone surrogates become U+FFFD, as in every encoding.
 */
export function variantsOf(typed: string): WordVariant[] {
	if (typed === '') return [];
	const word = typed.toWellFormed();
	const spellings = Object.entries(spell(word)) as [Spelling, string][];
	return spellings.flatMap(([spelling, text]) =>
		text === word && spelling !== 'typed'
			? []
			: [new WordVariant(spelling, 'alone', text), new WordVariant(spelling, 'sentence', text)]
	);
}

/** Maximum number of words in the picture, each in its own section. */
const MAX_DRAWN_WORDS = 12;

/** Returns the first distinct words in the typed text. */
export const wordsOf = (typed: string): string[] =>
	[...new Set(typed.split(/\s+/).filter(Boolean))].slice(0, MAX_DRAWN_WORDS);
