/** The Train page's state: one training, and lookups in it. */
import { createContext } from 'svelte';
import { countCharsOfUtf8, encodeUtf8 } from '../../engine/text';
import { CompareState } from '../../session/compare.svelte';
import type { Lab } from '../../session/lab.svelte';
import { DEFAULT_RULES } from '../../session/training-rules';
import { CorpusView } from './corpus-view.svelte';
import type { PrerenderedTraining } from './prerender';
import { queryPairs, queryUsage } from './step-queries';
import { TextSteps } from './text-steps.svelte';
import { TrainState, type Trained } from './train.svelte';

/** No worker holds the prerendered training. */
const PRERENDERED_RUN = { session: 'train', run: 0 };

export function createTrainPage(lab: Lab, prerendered: PrerenderedTraining) {
	const { compare, savedTokenizers } = lab;
	const workers = lab.training;
	const first = trainedOf(prerendered);
	const { step, pairs, beside: encoded } = prerendered;
	const train = new TrainState(workers, () => compare.document, { trained: first, step });
	const textSteps = new TextSteps(workers);
	textSteps.follow(first, first.text);
	const candidates = queryPairs(workers);
	candidates.seed({ trained: first, step }, pairs);
	/** The same text in a tokenizer of choice. */
	const shownBeside = Object.keys(encoded.results);
	const beside = new CompareState(lab.tokenizing, shownBeside, encoded.text);
	beside.showPrerendered(encoded);
	savedTokenizers.beforeRemoving((id) => {
		if (beside.tokenizers.includes(id)) beside.setTokenizers(shownBeside);
	});
	return {
		train,
		beside,
		textSteps,
		candidates,
		corpusView: new CorpusView(workers),
		usage: queryUsage(workers)
	};
}

function trainedOf(prerendered: PrerenderedTraining): Trained {
	const { corpus, corpusText, training, tokens, distinct, corpusTokens, steps } = prerendered;
	const bytes = encodeUtf8(corpusText);
	return {
		run: PRERENDERED_RUN,
		corpus: { kind: 'text', text: corpusText, preset: corpus },
		rules: { ...DEFAULT_RULES, vocabularySize: training.rules.vocabularySize },
		text: steps.bytes,
		bytes: bytes.length,
		chars: countCharsOfUtf8(bytes),
		training,
		tokens,
		distinct,
		matched: true,
		corpusTokens,
		steps
	};
}

export const [getTrainPage, setTrainPage] = createContext<ReturnType<typeof createTrainPage>>();
