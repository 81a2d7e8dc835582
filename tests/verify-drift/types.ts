/** The parts of a tokenizer.json that mutations change. */
export interface TokenizerJson {
	readonly version?: string;
	readonly truncation: unknown;
	readonly padding: unknown;
	readonly added_tokens: readonly AddedToken[];
	readonly normalizer: Stage | null;
	readonly pre_tokenizer: Stage | null;
	readonly post_processor: Stage | null;
	readonly decoder: Stage | null;
	readonly model: Model;
}

export interface AddedToken {
	readonly id: number;
	readonly content: string;
	readonly single_word: boolean;
	readonly lstrip: boolean;
	readonly rstrip: boolean;
	readonly normalized: boolean;
	readonly special: boolean;
}

/** A step of a stage, or a Sequence of them. */
export interface Stage {
	readonly type: string;
	readonly [field: string]: unknown;
}

export type Merge = string | readonly [string, string];

export interface Model {
	readonly type?: string;
	readonly vocab: Readonly<Record<string, number>>;
	readonly merges: readonly Merge[];
	readonly [field: string]: unknown;
}

/** One change of a file. It gives the same text every time. */
export interface Mutation {
	/** Class of the drift, D1 to D14, or another class. */
	readonly class: string;
	readonly name: string;
	/** Text of the changed file. */
	apply(): string;
	/** Strings that may show the change. */
	readonly probes?: readonly string[];
}

/** A mutation, and the text that it changes if that is not the base. */
export type PairMutation = Mutation & { readonly from?: string };

/**
 * Native's label of two files. `aside`: neither ids nor the text of own ids differ, but something else does, named in
 * `words`.
 */
export type Truth = 'real' | 'innocent' | 'refused' | 'aborts' | 'aside';

export interface Side {
	readonly ids: readonly number[];
	readonly text: string;
	/** Message of the error that it stopped with. */
	readonly error?: string;
}

/** An input and the output of both sides, in the shape of the judge's witness. */
export interface NativeWitness {
	readonly reference: 'native' | 'transformers.js';
	readonly does: 'encode' | 'encode-pair' | 'encode-batch' | 'decode';
	readonly inputs: readonly string[];
	readonly special: 'text' | 'parse';
	readonly addSpecialTokens: boolean;
	readonly skipSpecial: boolean;
	readonly a: Side;
	readonly b: Side;
}

export interface Label {
	readonly truth: Truth;
	readonly witness?: NativeWitness;
	/** Native's message if it refuses or aborts, or the difference aside. */
	readonly words?: string;
	readonly probes: number;
}
