/** Encodes the example that the Compare page starts with, when the site is built. */
import { trainOn, trainedSpec } from '../../engine/train';
import { FIRST_EXAMPLE } from '../../session/examples';
import { DEFAULT_SOURCE } from '../../session/tokenizers/live-tokenizer.svelte';
import { prerenderText, type PackedFiles, type PrerenderedText } from '../../session/prerender';
import { LIVE_RULES } from '../../session/downloads/corpora';
import { DEFAULT_TOKENIZERS, LIVE_TOKENIZER } from '../../tokenizers/catalogue';

export interface PrerenderedComparison extends PrerenderedText {
	/** Number of merges of the live tokenizer. */
	readonly merges: number;
}

export function prerenderComparison(
	packed: Pick<PackedFiles, 'spec' | 'corpus'>
): PrerenderedComparison {
	const { text } = FIRST_EXAMPLE;
	const { training } = trainOn(packed.corpus(DEFAULT_SOURCE), LIVE_RULES);
	const specs = DEFAULT_TOKENIZERS.map(
		(id) => [id, id === LIVE_TOKENIZER ? trainedSpec(training) : packed.spec(id)] as const
	);
	const merges = training.products.length;
	return { ...prerenderText(text, Object.fromEntries(specs)), merges };
}
