/** The training that the Train page starts with, done when the site is built. */
import {
	corpusTokensAfter,
	createExplorer,
	createReplay,
	trainOn,
	trainedTokens,
	type MergeSteps,
	type PairsAfter,
	type TrainedTokens,
	type Training
} from '../../engine/train';
import { encodeUtf8 } from '../../engine/text';
import { CORPORA } from '../../session/corpora';
import { FIRST_EXAMPLE } from '../../session/examples';
import { prerenderText, type PackedFiles, type PrerenderedText } from '../../session/prerender';
import { DEFAULT_RULES } from '../../session/training-rules';

/** The corpus that the page starts with, and the merge that it starts at. */
const CORPUS = 'english';
const STEP = 40;
/** Pairs shown with a merge: itself and the runners-up. */
const PAIRS = 5;
const BESIDE = 'cl100k_base';

export interface PrerenderedTraining {
	/** Id of the example corpus. */
	readonly corpus: string;
	readonly corpusText: string;
	/** Merges done in what is shown. */
	readonly step: number;
	readonly training: Training;
	readonly tokens: TrainedTokens;
	/** Distinct pre-tokens of the corpus. */
	readonly distinct: number;
	/** Tokens of the corpus after 0, 1, … merges. */
	readonly corpusTokens: Float64Array;
	/** Of the first example text. */
	readonly steps: MergeSteps;
	/** What the merge of {@link step} was chosen from. */
	readonly pairs: PairsAfter;
	/** The same text in another tokenizer. */
	readonly beside: PrerenderedText;
}

export function prerenderTraining(packed: PackedFiles): PrerenderedTraining {
	const preset = CORPORA.find(({ id }) => id === CORPUS);
	if (!preset) throw new Error(`there is no example corpus "${CORPUS}"`);
	const corpusText = packed.corpus(CORPUS);
	const rules = { ...DEFAULT_RULES, vocabularySize: preset.vocabularySize };
	const { counts, training } = trainOn(corpusText, rules);
	const { text } = FIRST_EXAMPLE;
	return {
		corpus: CORPUS,
		corpusText,
		step: STEP,
		training,
		tokens: trainedTokens(training),
		distinct: counts.ends.length,
		corpusTokens: corpusTokensAfter(training),
		steps: createReplay(training).steps(encodeUtf8(text)),
		pairs: createExplorer(counts, training).pairsAfter(STEP - 1, PAIRS),
		beside: prerenderText(text, { [BESIDE]: packed.spec(BESIDE) })
	};
}
