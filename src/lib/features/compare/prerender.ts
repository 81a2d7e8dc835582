/** The example that the Compare page starts with, encoded when the site is built. */
import { trainOn, trainedSpec } from '../../engine/train';
import { FIRST_EXAMPLE } from '../../session/examples';
import { prerenderText, type PackedFiles, type PrerenderedText } from '../../session/prerender';
import { YOURS_RULES } from '../../session/training-rules';
import { DEFAULT_TOKENIZERS, YOURS } from '../../tokenizers/catalogue';

export interface PrerenderedComparison extends PrerenderedText {
	/** Merges of the live tokenizer, trained on the text. */
	readonly merges: number;
}

export function prerenderComparison(packed: Pick<PackedFiles, 'spec'>): PrerenderedComparison {
	const { text } = FIRST_EXAMPLE;
	const { training } = trainOn(text, YOURS_RULES);
	const specs = DEFAULT_TOKENIZERS.map(
		(id) => [id, id === YOURS ? trainedSpec(training) : packed.spec(id)] as const
	);
	const merges = training.products.length;
	return { ...prerenderText(text, Object.fromEntries(specs)), merges };
}
