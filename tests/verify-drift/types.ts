/** A tokenizer.json as far as mutations reach into it. */
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

/** One change of a file. Two applications to the same file give the same text. */
export interface Mutation {
	/** D1 to D14 as the findings name them, or another class. */
	readonly class: string;
	readonly name: string;
	/** The text of the changed file. */
	apply(): string;
	/** Strings on which the change should show, if any does. */
	readonly probes?: readonly string[];
}

/**
 * What native does with the two files. `aside`: neither ids nor the text of own ids differ, but
 * something else that can be seen, named in `words`.
 */
export type Truth = 'real' | 'innocent' | 'refused' | 'aborts' | 'aside';

export interface Side {
	readonly ids: readonly number[];
	readonly text: string;
	/** Why it stopped instead. */
	readonly error?: string;
}

/** An input and what comes out of it on both sides. The same shape as a witness of the judge. */
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
	/** Native's words of refusal or abortion, or what differs aside. */
	readonly words?: string;
	readonly probes: number;
}
