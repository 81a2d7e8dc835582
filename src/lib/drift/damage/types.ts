/** Types for the damage to a small language model of A's ids that is served B's. */

export interface DamageDocument {
	readonly name: string;
	/** UTF-8. */
	readonly text: Uint8Array;
}

/** Held-out text as one tokenizer gave it to the model. */
export interface ServedText {
	readonly tokens: number;
	/** Bits the model needs for the text, per byte of the original: never per token, of which B has more or fewer. */
	readonly bitsPerByte: number;
	/** Share of tokens that the model would have guessed first, 0 to 1. */
	readonly top1: number;
	/** Share of pairs of neighbouring tokens that the training text never had, 0 to 1. */
	readonly unseenBigrams: number;
	/** Tokens whose id never stood in the training text: untrained rows of the embedding. */
	readonly untrained: number;
	/**
	 * Bytes of the text that are left in the tokens. Where they are fewer than it has, text was dropped (or
	 * written shorter by a normalizer); what is not there needs no bits, so the model seems the better for it.
	 */
	readonly coveredBytes: number;
}

export interface DamageCorpus {
	/** Or parts of them. */
	readonly documents: number;
	/** UTF-8. */
	readonly bytes: number;
}

export interface MeasuredDamage {
	readonly outcome: 'measured';
	/** Rows of the model. */
	readonly rows: number;
	/** Units of which every fifth was held out: documents, or parts of them if there are fewer than five. */
	readonly dealt: 'documents' | 'parts';
	readonly training: DamageCorpus & { readonly tokens: number };
	readonly heldOut: DamageCorpus;
	readonly a: ServedText;
	readonly b: ServedText;
	/** b / a − 1 of the bits per byte: exactly 0 if the ids are the same. */
	readonly change: number;
}

/** B gives an id that the model has no row for: the model stops with an error, and nothing is measured. */
export interface DamageCrash {
	readonly outcome: 'crash';
	readonly rows: number;
	readonly id: number;
	readonly document: string;
	/** Byte of the document. */
	readonly byte: number;
}

export type Damage = MeasuredDamage | DamageCrash;

/** A caveat of the measurement, or a figure published elsewhere. */
export interface DamageNote {
	readonly text: string;
	/** Where it is stated; `null` if it follows from how the lab measures. */
	readonly source: { readonly name: string; readonly url: string } | null;
}

/** Measurement on one text. */
export interface CorpusDamage {
	readonly corpus: string;
	readonly damage: Damage;
}

/** Measurements of the same two sides for a report, which never shows them without their caveats. */
export interface DamageFindings {
	/** At least one, in the order of the page: the lab's corpora, then the user's text. */
	readonly measurements: readonly CorpusDamage[];
	readonly notes: readonly DamageNote[];
}
