/** Sets up the Train page or only its state for tests. Both need fake timers. */
import { decodeUtf8, encodeUtf8 } from '../../src/lib/engine/text/utf8';
import { createTrainPage } from '../../src/lib/features/train/page.svelte';
import { TrainState } from '../../src/lib/features/train/train.svelte';
import { DEFAULT_RULES } from '../../src/lib/session/downloads/corpora';
import { Lab } from '../../src/lib/session/lab.svelte';
import { pass } from './fake-timers';
import { fakeTraining, textOf, trainedOn, trainResult } from './fake-training';
import { fakeWorkers } from './fake-worker';

/** Time in milliseconds that the corpus must stay unchanged before training starts. */
export const DEBOUNCE_MS = 120;
/** minbpe's example corpus, from which training produces three merges. */
export const FIRST = 'aaabdaaabac';
export const SHOWN = encodeUtf8('the text beside');

function setUpTraining() {
	const fake = fakeTraining();
	/** The training call at `index`, by default the latest, and its corpus as text; `null` if the corpus isn't text. */
	const asked = (index = -1) => {
		const call = fake.trains.at(index);
		if (!call) throw new Error('got no call to train, expected one');
		const { corpus } = call.params;
		return { ...call, text: 'text' in corpus ? decodeUtf8(corpus.text) : null };
	};
	/** Waits for the training call at `index`, answers the call, and waits until the result is shown. */
	const answer = async (index = -1) => {
		await pass();
		const { text, params, resolve } = asked(index);
		resolve(trainResult(text ?? FIRST, params.rules, params.text));
		await pass();
	};
	return { ...fake, asked, answer };
}

/** The Train page's state at a merge step of a prerendered training run, by default the second, with fake workers. */
export function setUpTrainState({ step = 2 } = {}) {
	const training = setUpTraining();
	const first = trainedOn(FIRST, { run: 0 });
	const settings = { rules: first.rules };
	const state = new TrainState(training.workers, () => SHOWN, settings, { trained: first, step });
	/** Types a text, and waits until training on the text starts. */
	const type = async (text: string) => {
		state.setCorpus(textOf(text));
		await pass(DEBOUNCE_MS);
	};
	return { ...training, state, first, type };
}

/** The page at the first merge of a prerendered training run on the example. */
export function setUpTrainPage() {
	const { workers, answer } = setUpTraining();
	const lab = Object.assign(new Lab(fakeWorkers().spawn), { training: workers });
	const { training, distinct, steps } = trainedOn(FIRST, { rules: DEFAULT_RULES });
	const page = createTrainPage(lab, {
		...{ corpus: 'letters', corpusText: FIRST, step: 1 },
		...{ training, distinct, steps, corpusSteps: steps },
		pairs: { pairs: [], tied: 0, distinct: 0, barred: 0 },
		comparison: { text: lab.input.text, results: {} }
	});
	const { document } = page;
	const read = (link: string) => document.read(new URL(`https://lab.example/bpe/train/${link}`));
	const link = () => document.link();
	return { lab, input: lab.input, ...page, read, answer, link };
}
