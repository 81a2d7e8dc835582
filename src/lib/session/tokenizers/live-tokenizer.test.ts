import { describe, expect, it, vi } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeTraining, trainResult } from '../../../../tests/support/fake-training';
import { LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import { LIVE_RULES } from '../downloads/corpora';
import { decodeUtf8, encodeUtf8 } from '../../engine/text/utf8';
import { encodeTrained } from '../calls/training';
import { THIS_TEXT, LiveTokenizer } from './live-tokenizer.svelte';

/** minbpe's example. */
const TEXT = 'aaabdaaabac';

const idsOf = (drawn: ReturnType<LiveTokenizer['drawn']>) => [...(drawn?.encoding.ids ?? [])];

/** A live tokenizer whose prerendered version had 7 merges. */
function setUp() {
	const { workers, trains, encodes } = fakeTraining();
	const state = new LiveTokenizer(workers);
	state.showPrerendered(7);
	state.source = THIS_TEXT;
	const { signal } = new AbortController();
	const ask = (text: string) => state.answer(encodeUtf8(text), { signal });
	/** Answers the call at `index`, by default the last, by training on its corpus. */
	const train = (index = -1) => {
		const call = trains.at(index);
		if (!call || !('text' in call.params.corpus)) throw new Error('expected a text to train on');
		const { corpus, rules, text } = call.params;
		call.resolve(trainResult(decodeUtf8(corpus.text), rules, text));
	};
	const answered = async (text: string) => {
		const answer = ask(text);
		await settle();
		train();
		return answer;
	};
	/** Answers the call at `index`, by default the last, as a worker trained on `corpus` would. */
	const encode = (corpus: string, index = -1) => {
		const call = encodes.at(index);
		if (!call) throw new Error('expected a text to encode');
		const { merges, text, withSteps } = call.params;
		const { steps, ...trained } = trainResult(corpus, LIVE_RULES, text);
		call.resolve({
			...encodeTrained(trained, steps, merges),
			steps: withSteps ? steps : null
		});
	};
	const trainOnExample = async (corpus: string, text: string) => {
		vi.stubGlobal('fetch', () => Promise.resolve(new Response(corpus)));
		state.source = 'english';
		await answered(text);
	};
	return { state, trains, encodes, ask, train, answered, encode, trainOnExample };
}

describe('the live tokenizer', () => {
	it('is trained on English by default, uses all merges of the prerendered training, and has drawn nothing', () => {
		// So that a text isn't compared using a tokenizer trained on it.
		expect(new LiveTokenizer(fakeTraining().workers).source).toBe('english');
		const { state } = setUp();
		expect([state.source, state.merges, state.last]).toEqual([THIS_TEXT, 7, 7]);
		expect(state.drawn()).toBeNull();
	});

	it('can be trained on the text itself, and encodes it with any number of merges without a request', async () => {
		const { state, trains, answered } = setUp();
		const drawn = await answered(TEXT);
		expect(trains[0].params).toMatchObject({ session: LIVE_TOKENIZER, run: 1, rules: LIVE_RULES });
		// aa is 256, ab 257, aaab 258; the rest are bytes.
		expect([...drawn.encoding.ids]).toEqual([258, 100, 258, 97, 99]);
		expect(drawn).toMatchObject({ distinct: 4, vocabularySize: 259, outOfRange: [] });
		expect(decodeUtf8(drawn.document)).toBe(TEXT);
		expect(state.last).toBe(3);
		state.chosenMerges = 1;
		expect(state.merges).toBe(1);
		expect(idsOf(state.drawn())).toEqual([256, 97, 98, 100, 256, 97, 98, 97, 99]);
		expect(state.drawn()?.vocabularySize).toBe(257);
		state.chosenMerges = 0;
		expect(state.drawn()?.vocabularySize).toBe(256);
		expect(trains).toHaveLength(1);
	});

	it('keeps its number of merges for a text that allows more or fewer', async () => {
		const { state, answered } = setUp();
		await answered(TEXT);
		state.chosenMerges = 2;
		await answered('abab');
		expect([state.merges, state.last]).toEqual([1, 1]);
		await answered(TEXT);
		expect([state.merges, state.last]).toEqual([2, 3]);
		state.chosenMerges = null;
		await answered('abab abab cd cd abcd abcd');
		expect(state.merges).toBe(state.last);
	});

	it('learns nothing from an empty text, without a request', async () => {
		const { state, trains, ask, answered } = setUp();
		await answered(TEXT);
		expect(await ask('')).toMatchObject({ distinct: 0, vocabularySize: 256, outOfRange: [] });
		expect(trains).toHaveLength(1);
		expect([state.last, state.drawn()]).toEqual([0, null]);
	});

	it('can be trained on an example, with all its merges, only once unless the worker has lost the training', async () => {
		const { state, trains, encodes, ask, train, encode, trainOnExample } = setUp();
		state.chosenMerges = 1;
		await trainOnExample('abab abab', 'ab');
		const [corpus, text] = ['abab abab', 'ab'].map(encodeUtf8);
		expect(trains[0].params).toMatchObject({ corpus: { text: corpus }, text });
		expect([idsOf(state.drawn()), state.merges]).toEqual([[256], state.last]);
		// A worker error doesn't mean that the training run is lost, so it isn't hidden by training again.
		const first = ask('ab ab');
		await settle();
		encodes[0].reject(new Error('no memory'));
		await expect(first).rejects.toThrow('no memory');
		expect(trains).toHaveLength(1);
		const second = ask('abab');
		await settle();
		const { run } = trains[0].params;
		expect(encodes[1].params).toMatchObject({
			session: LIVE_TOKENIZER,
			run,
			text: encodeUtf8('abab')
		});
		encode('abab abab');
		expect([...(await second).encoding.ids]).toEqual([257]);
		expect(trains).toHaveLength(1);

		const third = ask('abx');
		await settle();
		encodes[2].resolve(null);
		await settle();
		train();
		expect([...(await third).encoding.ids]).toEqual([256, 120]);
		expect(trains).toHaveLength(2);
	});

	it('asks for the steps of a text only once its merges change', async () => {
		const { state, encodes, encode, trainOnExample } = setUp();
		await trainOnExample('abab abab', 'ab');
		const text = encodeUtf8('abab');
		const ask = () => state.answer(text, {});
		const letter = ask();
		encode('abab abab');
		await letter;
		expect(encodes.map(({ params }) => params.withSteps)).toEqual([false]);
		expect(idsOf(state.drawn())).toEqual([257]);

		state.chosenMerges = 1;
		expect(state.drawn()).toBeUndefined();
		const moved = ask();
		encode('abab abab');
		expect([...(await moved).encoding.ids]).toEqual([256, 256]);
		expect(encodes.map(({ params }) => params.withSteps)).toEqual([false, true]);

		state.chosenMerges = 0;
		expect(idsOf(state.drawn())).toEqual([97, 98, 97, 98]);
		expect(encodes).toHaveLength(2);
	});

	it('asks again if the merges change while it is asked', async () => {
		const { state, encodes, encode, ask, trainOnExample } = setUp();
		await trainOnExample('abab abab', 'ab');
		const answer = ask('abab');
		await settle();
		state.chosenMerges = 1;
		encode('abab abab', 0);
		await settle();
		expect(encodes[1].params).toMatchObject({ merges: 1, withSteps: true });
		encode('abab abab', 1);
		expect([...(await answer).encoding.ids]).toEqual([256, 256]);
	});
});

describe('requests that are replaced', () => {
	it('change nothing after an abort', async () => {
		const { state, train, trains } = setUp();
		const abort = new AbortController();
		const answer = state.answer(encodeUtf8(TEXT), { signal: abort.signal });
		await settle();
		expect(trains[0].options.signal).toBe(abort.signal);
		abort.abort();
		train();
		await expect(answer).rejects.toThrow();
		expect([state.last, state.drawn()]).toEqual([7, null]);
	});

	it('change nothing after another corpus is chosen, even if they end last', async () => {
		const { state, ask, train } = setUp();
		let arrive: (response: Response) => void = () => undefined;
		vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (arrive = resolve)));
		state.source = 'english';
		const slow = ask(TEXT);
		state.source = THIS_TEXT;
		const quick = ask(TEXT);
		await settle();
		train();
		await quick;
		arrive(new Response('xyxy'));
		await settle();
		train();
		await expect(slow).rejects.toThrow();
		expect(state.last).toBe(3);
		expect(idsOf(state.drawn())).toEqual([258, 100, 258, 97, 99]);
	});

	it('keep the previous answer after an error', async () => {
		const { state, ask, trains, answered } = setUp();
		await answered(TEXT);
		const answer = ask('other');
		await settle();
		trains[1].reject(new Error('no memory'));
		await expect(answer).rejects.toThrow('no memory');
		expect(decodeUtf8(state.drawn()?.document ?? new Uint8Array())).toBe(TEXT);
	});
});

it('uses all merges of another corpus, unless that is the same', () => {
	const { state } = setUp();
	state.chosenMerges = 5;
	state.source = THIS_TEXT;
	expect([state.chosenMerges, state.merges]).toEqual([5, 5]);
	state.source = 'english';
	expect([state.chosenMerges, state.merges]).toEqual([null, 7]);
});
