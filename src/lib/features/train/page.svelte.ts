/** The Train page's state: one training, and lookups in it. */
import { createContext } from 'svelte';
import { countCharsOfUtf8, encodeUtf8 } from '../../engine/text';
import { corpusTokensAfter, trainedTokens, type PairsAfter } from '../../engine/train';
import { SharedText } from '../../session/shared-text.svelte';
import type { Lab } from '../../session/lab.svelte';
import { DEFAULT_RULES } from '../../session/downloads/corpora';
import { WorkerQuery } from '../../session/worker-query.svelte';
import type { TrainingWorkers } from '../../session/calls/training';
import { CorpusView } from './corpus-view.svelte';
import { MergeMotion } from './merge-motion.svelte';
import { MAX_PAIRS } from './merge-step';
import type { PrerenderedTraining } from './prerender';
import { TextSteps } from './text-steps.svelte';
import { TrainState, type Trained } from './train.svelte';
import { TrainView } from './view.svelte';

/** No worker holds the prerendered training. */
const PRERENDERED_RUN = { session: 'train', run: 0 };

interface TrainedStep {
	readonly trained: Trained;
	/** Number of merges. */
	readonly step: number;
}

/** Asks for the pairs that a step's merge was chosen from: those after one merge fewer. */
export const queryPairs = (
	workers: Pick<TrainingWorkers, 'pairs'>
): WorkerQuery<TrainedStep, PairsAfter> =>
	new WorkerQuery(
		({ trained, step }) =>
			workers.pairs({ ...trained.run, merges: Math.max(0, step - 1), most: MAX_PAIRS }),
		{ policy: 'latest' }
	);

/** Asks how often each token occurs in the corpus after a step, by id. */
export const queryUsage = (
	workers: Pick<TrainingWorkers, 'usage'>
): WorkerQuery<TrainedStep, Float64Array> =>
	new WorkerQuery(({ trained, step }) => workers.usage({ ...trained.run, merges: step }), {
		policy: 'latest'
	});

export function createTrainPage(lab: Lab, prerendered: PrerenderedTraining) {
	const { shared, savedTokenizers } = lab;
	const workers = lab.training;
	const first = trainedOf(prerendered);
	const { step, pairs, comparison: encoded } = prerendered;
	const train = new TrainState(workers, () => shared.document, { trained: first, step });
	const textSteps = new TextSteps(workers);
	textSteps.follow(first, first.text);
	const candidates = queryPairs(workers);
	candidates.seed({ trained: first, step }, pairs);
	const corpusView = new CorpusView(workers);
	corpusView.seed(first, prerendered.corpusSteps);
	const motion = new MergeMotion(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
	const byDefault = Object.keys(encoded.results);
	/** The text in a tokenizer that the user chooses. */
	const comparison = new SharedText(lab.tokenizing, byDefault, encoded.text);
	comparison.showPrerendered(encoded);
	savedTokenizers.beforeRemoving((id) => {
		if (!comparison.tokenizers.includes(id)) return undefined;
		return compareWith(byDefault[0]);
	});
	/** Compares the text with another tokenizer. @returns goes back */
	function compareWith(id: string): () => void {
		const before = comparison.tokenizers;
		comparison.setTokenizers([id]);
		return () => comparison.setTokenizers(before);
	}
	return {
		train,
		view: new TrainView(),
		comparison,
		compareWith,
		defaultTokenizer: byDefault[0],
		textSteps,
		candidates,
		corpusView,
		motion,
		/** Pairs of the merge that the visitor predicts. */
		nextPairs: queryPairs(workers),
		/** Goes to a step, and shows its merge happen. */
		goTo: (step: number) => {
			motion.begin(step > train.step);
			train.setStep(step);
		},
		usage: queryUsage(workers)
	};
}

function trainedOf({
	corpus,
	corpusText,
	training,
	distinct,
	steps
}: PrerenderedTraining): Trained {
	const bytes = encodeUtf8(corpusText);
	return {
		training,
		tokens: trainedTokens(training),
		distinct,
		matched: true,
		corpusTokens: corpusTokensAfter(training),
		steps,
		run: PRERENDERED_RUN,
		corpus: { kind: 'text', text: corpusText, preset: corpus },
		rules: { ...DEFAULT_RULES, vocabularySize: training.rules.vocabularySize },
		text: steps.bytes,
		bytes: bytes.length,
		chars: countCharsOfUtf8(bytes)
	};
}

export const [getTrainPage, setTrainPage] = createContext<ReturnType<typeof createTrainPage>>();
