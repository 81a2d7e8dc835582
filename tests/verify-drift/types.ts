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

/** A step of a stage, or a Sequence of steps. */
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

/** A change to a file. `apply` returns the changed file's text, which is the same for every call. */
export interface Mutation {
	/** Class of the drift: D1 to D14, or one of the other classes. */
	readonly class: string;
	readonly name: string;
	readonly apply: () => string;
	/** Strings that may reveal the change. */
	readonly probes?: readonly string[];
	/** Text of the file that this mutation changes, if it is not the base file. */
	readonly from?: string;
}

export interface Pair extends Omit<Mutation, 'apply' | 'from'> {
	readonly id: string;
	readonly a: string;
	readonly b: string;
}

/** What running both files of a pair in the native library showed, or in transformers.js for ids of added tokens. */
export interface Label {
	/**
	 * `aside`: ids don't differ, and neither does the text decoded from each side's own ids, but there is another
	 * difference, described in `words`.
	 */
	readonly truth: 'real' | 'innocent' | 'refused' | 'aborts' | 'aside';
	readonly witness?: Witness;
	/**
	 * For `refused` and `aborts`, the native library's message; for `aside`, the other difference; for `real`, how the
	 * difference was found.
	 */
	readonly words?: string;
}
