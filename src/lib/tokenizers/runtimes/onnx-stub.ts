/**
 * Stands in for the ONNX runtime: the tokenizer half of transformers.js imports its tensors, the lab
 * asks for plain arrays and never makes one.
 */
export class Tensor {
	readonly dims: readonly number[] = [];

	constructor() {
		throw new Error('tensors are not available: the lab runs tokenizers only, not models');
	}
}

export const env = {};

export default { Tensor, env };
