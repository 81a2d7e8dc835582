/** Encodes and checks the initial example of the Compare page when the site is built. */
import { createTokenizer, type TokenizerSpec } from '../../engine';
import { trainOn, trainedSpec } from '../../engine/train';
import { FIRST_EXAMPLE } from '../../session/examples';
import { DEFAULT_SOURCE } from '../../session/tokenizers/live-tokenizer.svelte';
import { prerenderText, type PackedFiles, type PrerenderedText } from '../../session/prerender';
import { LIVE_RULES } from '../../session/downloads/corpora';
import { DEFAULT_TOKENIZERS, libraryOf, LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import { EngineRuntime } from '../../tokenizers/runtimes/engine';
import { createLibraryRuntime } from '../../tokenizers/runtimes/runtime';
import { secondOpinion, type SecondOpinion } from '../../tokenizers/runtimes/second-opinion';

export interface PrerenderedComparison extends PrerenderedText {
	/** Number of merges in the live tokenizer. */
	readonly merges: number;
	/** Results of checking the built-in tokenizers against other libraries. */
	readonly opinions: Readonly<Record<string, SecondOpinion>>;
}

export async function prerenderComparison(
	packed: Pick<PackedFiles, 'spec' | 'corpus'>
): Promise<PrerenderedComparison> {
	const { text } = FIRST_EXAMPLE;
	const { training } = trainOn(packed.corpus(DEFAULT_SOURCE), LIVE_RULES);
	const specs = DEFAULT_TOKENIZERS.map(
		(id) => [id, id === LIVE_TOKENIZER ? trainedSpec(training) : packed.spec(id)] as const
	);
	const opinions = await Promise.all(
		specs
			.filter(([id]) => id !== LIVE_TOKENIZER)
			.map(async ([id, spec]) => [id, await opinionOn(id, spec, text)] as const)
	);
	return {
		...prerenderText(text, Object.fromEntries(specs)),
		merges: training.products.length,
		opinions: Object.fromEntries(opinions)
	};
}

async function opinionOn(id: string, spec: TokenizerSpec, text: string): Promise<SecondOpinion> {
	const lab = new EngineRuntime(createTokenizer(spec));
	const library = await createLibraryRuntime(libraryOf(id), spec);
	const steps = secondOpinion(lab, library, spec, text, { special: 'text' });
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}
