/** The state of the Train page in tests. */
import { decodeUtf8, encodeUtf8 } from '../../src/lib/engine/text/utf8';
import { TrainState } from '../../src/lib/features/train/train.svelte';
import { pass } from './fake-timers';
import { fakeTraining, textOf, trainedOn, trainResult } from './fake-training';

/** How long a change must stay before it is trained on, in milliseconds. */
export const DEBOUNCE_MS = 120;
/** minbpe's example: three merges under these rules. */
export const FIRST = 'aaabdaaabac';
export const SHOWN = encodeUtf8('the text beside');

/** A state with a prerendered training at its second merge, and its workers. */
export function setUpTrainState({ step = 2 } = {}) {
	const fake = fakeTraining();
	const first = trainedOn(FIRST, { run: 0 });
	const state = new TrainState(fake.workers, () => SHOWN, { trained: first, step });
	/** Corpus of the training call at `index`, by default of the last. */
	const asked = (index = -1) => {
		const call = fake.trains.at(index);
		if (!call) throw new Error('got no call to train, expected one');
		const { corpus } = call.params;
		return { ...call, text: 'text' in corpus ? decodeUtf8(corpus.text) : null };
	};
	/** Waits for the call at `index`, answers it with its training, and waits until that is shown. */
	const answer = async (index = -1) => {
		await pass();
		const { text, params, resolve } = asked(index);
		resolve(trainResult(text ?? FIRST, params.rules, params.text));
		await pass();
	};
	/** Types a text, and waits until it is trained on. */
	const type = async (text: string) => {
		state.setCorpus(textOf(text));
		await pass(DEBOUNCE_MS);
	};
	return { ...fake, state, first, asked, answer, type };
}
