/** Caveats of the damage that the lab measures, and figures published for real models. */
import type { DamageNote } from '../../../drift/damage/types';

/** What the figure says and what it does not; its check against a real model is in real-model-damage.ts. */
export const DAMAGE_CAVEATS: readonly DamageNote[] = [
	{
		text: 'The model is an interpolated Kneser-Ney trigram. Read its figure as relative severity, not as what a large model loses. On prose, Gemma 3 270M lost more than the trigram from each of three drifts, which came in the same order. On code it lost more from one of them only, and two swapped places. The Diff page has the table.',
		source: null
	},
	{
		text: 'Bits are per byte of the original text, because B has more or fewer tokens than A. If B drops text, the figure understates the damage. It cannot show a missing BOS.',
		source: null
	}
];

/** Damage of the same kind in real models, as published. */
export const PUBLISHED_DAMAGE: readonly DamageNote[] = [
	{
		text: 'Llama 3 8B Instruct (Q4_K_M) without its pre-tokenizer: perplexity 8.2339 → 8.8955. Quantizing from Q8_0 to Q4_K_M costs 0.1054.',
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
	}
];

/** Evidence to the contrary. */
export const COUNTER_EVIDENCE: DamageNote = {
	text: 'On the other hand, instruction-tuned models keep up to 93.4 % of their performance when words are split at random, and 90.8 % letter by letter.',
	source: { name: 'arXiv 2506.19004', url: 'https://arxiv.org/abs/2506.19004' }
};

/** Everything that a report says about its measurements. */
export const DAMAGE_NOTES: readonly DamageNote[] = [
	...DAMAGE_CAVEATS,
	...PUBLISHED_DAMAGE,
	COUNTER_EVIDENCE
];
