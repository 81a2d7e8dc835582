export interface DamageDocument {
	readonly name: string;
	/** UTF-8 bytes. */
	readonly text: Uint8Array;
}

/** Measurements on held-out text encoded with one of the tokenizers. */
export interface ServedText {
	readonly tokens: number;
	/** Bits that the model needs per byte of the original text. Bits per token would depend on the number of tokens. */
	readonly bitsPerByte: number;
	/** Share of tokens that the model considered the most probable, from 0 to 1. */
	readonly top1: number;
	/** Share of adjacent token pairs that don't occur in the training text, from 0 to 1. */
	readonly unseenBigrams: number;
	/** Number of tokens whose ids don't occur in the training text, so their embedding rows are untrained. */
	readonly untrained: number;
	/**
	 * Number of bytes of the text that the tokens cover. If some bytes aren't covered, text was dropped (or shortened
	 * by a normalizer). Missing text needs no bits, so the model looks better than it is.
	 */
	readonly coveredBytes: number;
}

export interface DamageCorpus {
	/** Number of documents or parts of documents. */
	readonly documents: number;
	/** Number of UTF-8 bytes. */
	readonly bytes: number;
}

export interface MeasuredDamage {
	readonly outcome: 'measured';
	/** Rows in the model's embedding. */
	readonly rows: number;
	/** Whether every fifth document was held out, or every fifth part because there are fewer than five documents. */
	readonly splitUnit: 'documents' | 'parts';
	readonly training: DamageCorpus & { readonly tokens: number };
	readonly heldOut: DamageCorpus;
	readonly a: ServedText;
	readonly b: ServedText;
	/** Relative change in bits per byte, b / a − 1. Exactly 0 if the ids are the same. */
	readonly change: number;
}

/** B returned an id that the model has no row for. The model fails with an error, so nothing is measured. */
export interface DamageCrash {
	readonly outcome: 'crash';
	readonly rows: number;
	readonly id: number;
	readonly document: string;
	/** Byte offset in the document. */
	readonly byte: number;
}

export type Damage = MeasuredDamage | DamageCrash;

/** A caveat about the measurement, or a figure published elsewhere. */
export interface DamageNote {
	readonly text: string;
	/** Where the note's claim was published; `null` if it follows from the lab's method. */
	readonly source: { readonly name: string; readonly url: string } | null;
}

export interface CorpusDamage {
	readonly corpus: string;
	readonly damage: Damage;
}

/** Measurements of one pair of sides on each corpus, and the caveats that a report must show with them. */
export interface DamageFindings {
	/** At least one, in the order shown on the page: the lab's corpora, then the user's text. */
	readonly measurements: readonly CorpusDamage[];
	readonly notes: readonly DamageNote[];
}
