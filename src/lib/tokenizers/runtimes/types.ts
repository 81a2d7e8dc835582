import type { RuntimeName } from '../catalogue/descriptor';
import type { Encoder } from '../../engine';

/** A program that runs a tokenizer. */
export interface Runtime extends Omit<Encoder, 'tokenBytes'> {
	readonly name: RuntimeName;
}

/** Text that a runtime cannot finish in reasonable time; the message says which part and why. */
export class RuntimeLimitError extends Error {
	override readonly name = 'RuntimeLimitError';
}
