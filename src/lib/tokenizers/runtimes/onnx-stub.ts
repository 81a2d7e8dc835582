/**
 * Replaces the ONNX runtime: the tokenizer half of transformers.js imports its tensors, but the lab
 * asks for plain arrays only.
 */
export class Tensor {
	readonly dims: readonly number[] = [];

	constructor() {
		throw new Error('tensors are not available: the lab runs tokenizers only, not models');
	}
}

export const env = {};

export default { Tensor, env };
