/** The training that survives a change of page, and what is looked up in it. */
import { FIRST_PAINT } from '../../session/prerendered/first-paint';
import { FIRST_TRAINING } from './first-training';
import { DEFAULT_RULES } from '../../session/training-rules';
import { countCharsOfUtf8, encodeUtf8 } from '../../engine/text/utf8';
import { CompareState } from '../../session/compare.svelte';
import { compare, ownTokenizers, tokenizerPool } from '../../session/lab.svelte';
import { StepCandidates } from './candidates.svelte';
import { CorpusView } from './corpus-view.svelte';
import { TextSteps } from './text-steps.svelte';
import { TrainState, type Trained } from './train.svelte';
import { TokenUsage } from './usage.svelte';

/** No worker holds the first training: it was done when the site was built. */
const FIRST_RUN = { session: 'train', run: 0 };

const { corpusText, training, tokens, distinct, corpusTokens, steps, step } = FIRST_TRAINING;
const bytes = encodeUtf8(corpusText);
const first: Trained = {
	run: FIRST_RUN,
	corpus: { kind: 'text', text: corpusText, preset: FIRST_TRAINING.corpus },
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

export const train = new TrainState(tokenizerPool, () => compare.document, {
	trained: first,
	step
});
const FIRST_BESIDE = ['cl100k_base'];
/** The same text in a tokenizer of choice. */
export const beside = new CompareState(tokenizerPool, FIRST_BESIDE, FIRST_PAINT);
ownTokenizers.beforeRemoving((id) => {
	if (beside.tokenizers.includes(id)) beside.setTokenizers(FIRST_BESIDE);
});
export const textSteps = new TextSteps(tokenizerPool);
export const corpusView = new CorpusView(tokenizerPool);
export const candidates = new StepCandidates(tokenizerPool);
export const usage = new TokenUsage(tokenizerPool);

textSteps.follow(first, first.text);
candidates.know(first, step, FIRST_TRAINING.pairs);
