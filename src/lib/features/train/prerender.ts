/** Trains on the Train page's initial example when the site is built. */
import { BESIDE } from '../../session/documents/train';
import { encodeUtf8 } from '../../engine/text';
import {
	createExplorer,
	createReplay,
	trainOn,
	type MergeSteps,
	type PairsAfter,
	type Training
} from '../../engine/train';
import { CORPORA, DEFAULT_RULES } from '../../session/downloads/corpora';
import { FIRST_EXAMPLE } from '../../session/examples';
import { prerenderText, type PackedFiles, type PrerenderedText } from '../../session/prerender';
import { WINDOW_BYTES } from './corpus-view.svelte';
import { lineEnd } from './corpus-windows';
import { MAX_PAIRS } from './merge-step';
import { EXTRAS } from '../../engine/stages';

/** A corpus small enough to count its pairs by eye. */
const CORPUS_ID = 'classic';
const STEP = 1;

export interface PrerenderedTraining {
	readonly corpus: string;
	readonly corpusText: string;
	readonly step: number;
	readonly training: Training;
	/** Number of distinct pre-tokens in the corpus. */
	readonly distinct: number;
	/** Merge steps in the first example text. */
	readonly steps: MergeSteps;
	/** Merge steps in the first part of the corpus. */
	readonly corpusSteps: MergeSteps;
	/** Candidate pairs for the merge of {@link step}. */
	readonly pairs: PairsAfter;
	/** The example text, encoded by a different tokenizer. */
	readonly comparison: PrerenderedText;
}

export function prerenderTraining(packed: PackedFiles): PrerenderedTraining {
	const corpusText = CORPORA.find(({ id }) => id === CORPUS_ID)?.text;
	if (corpusText === undefined) throw new Error(`there is no example corpus "${CORPUS_ID}"`);
	const rules = DEFAULT_RULES;
	const { counts, training } = trainOn(corpusText, rules);
	const { text } = FIRST_EXAMPLE;
	const replay = createReplay(training, EXTRAS);
	const bytes = encodeUtf8(corpusText);
	const shown = bytes.slice(0, lineEnd(bytes, 0, WINDOW_BYTES));
	return {
		corpus: CORPUS_ID,
		corpusText,
		step: STEP,
		training,
		distinct: counts.ends.length,
		steps: replay.steps(encodeUtf8(text)),
		corpusSteps: replay.steps(shown, rules.feed),
		pairs: createExplorer(counts, training).pairsAfter(STEP - 1, MAX_PAIRS),
		comparison: prerenderText(text, { [BESIDE]: packed.spec(BESIDE) })
	};
}
