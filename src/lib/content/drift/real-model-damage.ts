import type { SpecEdit } from '../../drift/edits/spec-edit';
import { TEKKEN_REGEX } from './changes';

/** What one drift costs on one kind of text. */
export interface RealModelFigure {
	readonly kind: 'prose' | 'code' | 'HTML';
	/** Of the text as the model was trained to read it, and as the drift splits it. */
	readonly tokens: { readonly right: number; readonly wrong: number };
	/** That Gemma 3 270M needs for the same text. */
	readonly bitsPerByte: { readonly right: number; readonly wrong: number };
	/** Bits per byte of the lab's trigram under the same drift on the same kind of text: wrong / right − 1. */
	readonly trigramChange: number;
}

export interface RealModelDrift {
	/** Part of the row's element id, `real-model-<id>`. */
	readonly id: 'mistral-split' | 'merges-dropped' | 'letters' | 'no-bos' | 'tags-dropped';
	readonly name: string;
	/** What turns gemma3 into the tokenizer that served the model. */
	readonly edits: readonly SpecEdit[];
	readonly figures: readonly RealModelFigure[];
}

const MERGES = 514_906;

export const REAL_MODEL_DAMAGE: readonly RealModelDrift[] = [
	{
		id: 'mistral-split',
		name: 'Mistral’s Split before Gemma’s',
		edits: [
			{
				kind: 'pre_tokenizer',
				value: {
					type: 'Sequence',
					pretokenizers: [
						{
							type: 'Split',
							pattern: { Regex: TEKKEN_REGEX },
							behavior: 'Isolated',
							invert: false
						},
						{
							type: 'Split',
							pattern: { String: ' ' },
							behavior: 'MergedWithPrevious',
							invert: false
						}
					]
				}
			}
		],
		figures: []
	},
	{
		id: 'merges-dropped',
		name: 'Seven eighths of the merges dropped',
		edits: [{ kind: 'drop-last-merges', count: Math.floor((MERGES * 7) / 8) }],
		figures: []
	},
	{
		id: 'letters',
		name: 'Every merge dropped: letter by letter',
		edits: [{ kind: 'drop-last-merges', count: MERGES }],
		figures: []
	},
	{
		id: 'no-bos',
		name: 'No BOS',
		edits: [{ kind: 'bos', times: 0, token: null }],
		figures: []
	},
	{
		id: 'tags-dropped',
		name: 'Added tokens for tags dropped',
		edits: [{ kind: 'drop-added-tokens', which: 'not-special' }],
		figures: []
	}
];
