/** Replaces the ONNX runtime. transformers.js's tokenizers import its tensors, but the lab only uses plain arrays. */
export class Tensor {
	readonly dims: readonly number[] = [];

	constructor() {
		throw new Error('got a request for a tensor, expected none: the lab runs tokenizers only');
	}
}

export const env = {};

export default { Tensor, env };
