import type { FirstTraining } from '../../lib/features/train/first-training';
import { CORPORA } from '../../lib/session/corpora';
import { FIRST_EXAMPLE } from '../../lib/session/examples';
import { DEFAULT_RULES } from '../../lib/session/training-rules';
import { corpusTokensAfter, createExplorer, createReplay, trainedTokens } from '../../lib/engine';
import { encodeUtf8 } from '../../lib/engine/text/utf8';
import { trainOn } from './train-on';

/** The corpus that the Train page starts with, and the merge it starts at. */
const CORPUS = 'english';
const STEP = 40;
/** Pairs that are shown with a merge: itself, and those next in line. */
const PAIRS = 5;

/** What the Train page shows before any script has run. @param text of the corpus */
export function firstTraining(text: string): FirstTraining {
	const preset = CORPORA.find(({ id }) => id === CORPUS);
	if (!preset) throw new Error(`expected a corpus named ${CORPUS} in content/corpora.ts`);
	const rules = { ...DEFAULT_RULES, vocabularySize: preset.vocabularySize };
	const { counts, training } = trainOn(text, rules);
	return {
		corpus: CORPUS,
		corpusText: text,
		text: FIRST_EXAMPLE.text,
		step: STEP,
		training,
		tokens: trainedTokens(training),
		distinct: counts.ends.length,
		corpusTokens: corpusTokensAfter(training),
		steps: createReplay(training).steps(encodeUtf8(FIRST_EXAMPLE.text)),
		pairs: createExplorer(counts, training).pairsAfter(STEP - 1, PAIRS)
	};
}
