import type { ModelShape } from '../../languages/types';

export interface ModelShapePreset {
	readonly name: string;
	readonly shape: ModelShape;
	/** Number format of the published weights; also determines the size of the key/value cache. */
	readonly format: NumberFormat;
	/** URL where the vendor publishes these figures. */
	readonly source: string;
}

interface NumberFormat {
	readonly name: string;
	readonly bytes: number;
}

const FLOAT32: NumberFormat = { name: 'float32', bytes: 4 };
const FLOAT16: NumberFormat = { name: 'float16', bytes: 2 };
const BFLOAT16: NumberFormat = { name: 'bfloat16', bytes: 2 };

/** The first model is the default. All models use full attention in every layer. */
export const MODEL_SHAPES: readonly ModelShapePreset[] = [
	{
		name: 'Llama 3 8B',
		shape: {
			layers: 32,
			hidden: 4096,
			heads: 32,
			kvHeads: 8,
			headDim: 128,
			ffn: 14336,
			ffnMatrices: 3
		},
		format: BFLOAT16,
		source: 'https://arxiv.org/abs/2407.21783'
	},
	{
		name: 'GPT-2 (124M)',
		shape: {
			layers: 12,
			hidden: 768,
			heads: 12,
			kvHeads: 12,
			headDim: 64,
			ffn: 3072,
			ffnMatrices: 2
		},
		format: FLOAT32,
		source: 'https://github.com/openai/gpt-2/blob/master/src/model.py'
	},
	{
		name: 'Llama 2 7B',
		shape: {
			layers: 32,
			hidden: 4096,
			heads: 32,
			kvHeads: 32,
			headDim: 128,
			ffn: 11008,
			ffnMatrices: 3
		},
		format: FLOAT16,
		source: 'https://huggingface.co/meta-llama/Llama-2-7b-hf/blob/main/config.json'
	},
	{
		name: 'Qwen3 8B',
		shape: {
			layers: 36,
			hidden: 4096,
			heads: 32,
			kvHeads: 8,
			headDim: 128,
			ffn: 12288,
			ffnMatrices: 3
		},
		format: BFLOAT16,
		source: 'https://huggingface.co/Qwen/Qwen3-8B/blob/main/config.json'
	}
];
