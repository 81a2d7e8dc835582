/** Calls that run one tokenizer on a text, or put several answers side by side. */
import type { CutComparison, TokenSpans } from '../../tokenizers/differing-spans';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import type { Encoding } from '../../engine';
import type { SecondOpinion } from '../../tokenizers/runtimes/second-opinion';

export interface TokenizingCalls {
	encode: { params: EncodeParams; result: EncodeResult };
	/** What the tokenizer's library says of the same text. */
	check: { params: CheckParams; result: SecondOpinion };
	/** The document that ids spell. */
	spell: { params: SpellParams; result: SpellResult };
	/** Where encodings of one text of `length` bytes cut it differently. */
	compare: { params: { encodings: TokenSpans[]; length: number }; result: CutComparison };
}

/** A tokenizer by its id. */
export interface TokenizerChoice {
	readonly tokenizer: string;
	/**
	 * The packed file (not compressed) of a tokenizer that is not in the catalogue. An id never
	 * changes its meaning: a worker that knows it does not read the file again.
	 */
	readonly own?: Uint8Array;
	/** Changes to it, one after another: any call can be asked of an edited tokenizer. */
	readonly edits?: readonly SpecEdit[];
}

export interface EncodeParams extends TokenizerChoice {
	/** The text's UTF-8: a string of a megabyte takes much longer to post than its bytes. */
	readonly text: Uint8Array;
	readonly special: 'text' | 'parse';
}

export type CheckParams = EncodeParams;

export interface EncodeResult {
	readonly encoding: Encoding;
	/** Number of different ids. */
	readonly distinct: number;
	/** Largest id + 1. */
	readonly vocabularySize: number;
}

export interface SpellParams extends TokenizerChoice {
	readonly ids: Uint32Array;
}

export interface SpellResult {
	/** The tokens' bytes put together; need not be UTF-8. */
	readonly document: Uint8Array;
	/** Offsets are bytes of `document`; ids out of range are left out. */
	readonly encoding: Encoding;
	readonly distinct: number;
	/** Ids that the tokenizer does not have, with their positions in the list. */
	readonly outOfRange: readonly { readonly id: number; readonly position: number }[];
	/** Largest id + 1. */
	readonly vocabularySize: number;
}
