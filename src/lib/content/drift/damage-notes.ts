/** What to know of the damage that the lab measures, and what was measured elsewhere with real models. */
import type { DamageNote } from '../../drift/damage/types';

/** What the number is, and is not. */
export const DAMAGE_CAVEATS: readonly DamageNote[] = [
	{
		text: 'The model is an interpolated Kneser-Ney trigram trained here on A’s ids. Read the number as relative severity: an n-gram has no robustness, so it overstates what a large model would lose.',
		source: null
	},
	{
		text: 'Bits are per byte of the original text, never per token: B’s token count misleads. A side that drops text is understated, which is said where it does, and the effect of a missing BOS cannot be seen.',
		source: null
	}
];

/** The same kind of damage in real models, as published. */
export const PUBLISHED_DAMAGE: readonly DamageNote[] = [
	{
		text: 'Llama-3-8B (Q4_K_M) without its pre-tokenizer: perplexity 8.2339 → 8.8955. Quantizing from Q8 to Q4 costs 0.105.',
		source: { name: 'llama.cpp PR#6936', url: 'https://github.com/ggml-org/llama.cpp/pull/6936' }
	},
	{
		text: 'DeepSeek V3 forced to Metaspace: GSM8K 95.30 → 0.00.',
		source: {
			name: 'transformers#45488',
			url: 'https://github.com/huggingface/transformers/issues/45488'
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
	text: 'On the other hand: instruction-tuned models keep up to 93.4 % of their performance when words are cut at random, and 90.8 % letter by letter.',
	source: { name: 'arXiv 2506.19004', url: 'https://arxiv.org/abs/2506.19004' }
};

/** All that is to be known of a measurement. */
export const DAMAGE_NOTES: readonly DamageNote[] = [
	...DAMAGE_CAVEATS,
	...PUBLISHED_DAMAGE,
	COUNTER_EVIDENCE
];
