import type { Witness } from '../../src/lib/drift';
import type { AddedTokenSpec as AddedToken } from '../../src/lib/engine/spec';

export type { AddedToken };

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
	readonly apply: () => string;
	/** Strings that may show the change. */
	readonly probes?: readonly string[];
	/** The text that it changes, if that is not the base. */
	readonly from?: string;
}

/** Two files to judge. */
export interface Pair extends Omit<Mutation, 'apply' | 'from'> {
	readonly id: string;
	readonly a: string;
	readonly b: string;
}

/** Native's label of two files. */
export interface Label {
	/** `aside`: neither ids nor the text of own ids differ, but something else does, named in `words`. */
	readonly truth: 'real' | 'innocent' | 'refused' | 'aborts' | 'aside';
	readonly witness?: Witness;
	/** Native's message if it refuses or aborts, the difference aside, or how the pair was found to be real. */
	readonly words?: string;
}
