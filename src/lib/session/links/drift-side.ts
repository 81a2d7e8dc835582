import { describeEdit } from '../../drift/edits/describe';
import type { SpecEdit } from '../../drift/edits/spec-edit';

/** One side of a diff: a tokenizer, perhaps changed. */
export interface DriftSide {
	readonly tokenizer: string;
	readonly edits: readonly SpecEdit[];
}

/** The model was trained with A and is served with B. */
export interface DriftSides {
	readonly a: DriftSide;
	readonly b: DriftSide;
}

/** "llama3, no BOS", "llama3 with 2 changes". @param name of the tokenizer, for people */
export function sideName({ edits }: DriftSide, name: string): string {
	if (edits.length === 0) return name;
	return edits.length === 1
		? `${name}, ${describeEdit(edits[0])}`
		: `${name} with ${edits.length} changes`;
}

/** Names every change: "llama3, no BOS, merges reversed". */
export const sideInWords = ({ edits }: DriftSide, name: string): string =>
	[name, ...edits.map(describeEdit)].join(', ');
