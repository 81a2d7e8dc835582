/** What the page and its workers say to each other. Plain data, large results as typed arrays. */
import type { CutComparison, TokenSpans } from '../analysis/cuts';
import type { Encoding } from '../engine';
import type { SecondOpinion } from '../runtimes/second-opinion';

/** Every call: what it takes and what it gives. */
export interface Calls {
	encode: { params: EncodeParams; result: EncodeResult };
	/** What the tokenizer's library says of the same text. */
	check: { params: CheckParams; result: SecondOpinion };
	/** The document that ids spell. */
	spell: { params: SpellParams; result: SpellResult };
	/** Where encodings of one text of `length` bytes cut it differently. */
	compare: { params: { encodings: TokenSpans[]; length: number }; result: CutComparison };
}
export type Method = keyof Calls;

export interface EncodeParams {
	readonly tokenizer: string;
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

export interface SpellParams {
	readonly tokenizer: string;
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

export type Progress =
	/** Bytes of a vocabulary received; `total` is 0 when unknown. */
	| { readonly phase: 'download'; readonly received: number; readonly total: number }
	/** The runtime builds its tables. */
	| { readonly phase: 'prepare' }
	/** Share of the text that is done, 0 to 1. */
	| { readonly phase: 'encode'; readonly share: number };

export type Request = {
	[M in Method]: { readonly id: number; readonly method: M; readonly params: Calls[M]['params'] };
}[Method];

export type ToWorker = Request | { readonly cancel: number };

export type FromWorker =
	/** The request now has the worker's thread. */
	| { readonly id: number; readonly type: 'start' }
	| { readonly id: number; readonly type: 'progress'; readonly progress: Progress }
	| { readonly id: number; readonly type: 'result'; readonly result: Calls[Method]['result'] }
	/** `retry`: the same request may succeed later (a download that failed). */
	| {
			readonly id: number;
			readonly type: 'error';
			readonly message: string;
			readonly retry: boolean;
	  }
	| { readonly id: number; readonly type: 'cancelled' };
