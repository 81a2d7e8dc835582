import { describeEdit } from '../../drift/edits/messages';
import type { SpecEdit } from '../../drift/edits/spec-edit';

/** One side of a diff: a tokenizer, perhaps changed. */
export interface DriftSide {
	readonly tokenizer: string;
	readonly edits: readonly SpecEdit[];
}

/** A: what the model was trained with. B: what serves it. */
export interface DriftSides {
	readonly a: DriftSide;
	readonly b: DriftSide;
}

/** "llama3, no BOS", "llama3 with 2 changes". @param name of the tokenizer, as people call it */
export function sideName({ edits }: DriftSide, name: string): string {
	if (edits.length === 0) return name;
	return edits.length === 1
		? `${name}, ${describeEdit(edits[0])}`
		: `${name} with ${edits.length} changes`;
}

/** The same with every change named: "llama3, no BOS, merges reversed". */
export const sideInWords = ({ edits }: DriftSide, name: string): string =>
	[name, ...edits.map(describeEdit)].join(', ');
