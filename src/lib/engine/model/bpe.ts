import type { BpeModelSpec } from '../spec';
import type { BpeModel } from './types';

/** Builds the model of a spec. Throws an error that names what is wrong with the vocabulary or the merges. */
export function createBpeModel(spec: BpeModelSpec): BpeModel {
	throw new Error(`not built yet: ${spec.type}`);
}
