import { describe, expect, it } from 'vitest';
import { pass, useFakeTimers } from '../../../../tests/support/fake-timers';
import {
	DEBOUNCE_MS,
	FIRST,
	SHOWN,
	setUpTrainState
} from '../../../../tests/support/fake-train-state';
import { fileOf, textOf, THREE_MERGES, trainResult } from '../../../../tests/support/fake-training';
import { encodeUtf8 } from '../../engine/text/utf8';
import { WorkerError } from '../../workers/client';
import { MAX_LIVE_UNITS } from './train.svelte';

useFakeTimers();

describe('at first', () => {
	it('shows the prerendered training without asking a worker', () => {
		const { state, first, counts, trains } = setUpTrainState();
		expect([counts, trains]).toEqual([[], []]);
		expect(state.status).toBe('ready');
		expect(state.trained).toBe(first);
		expect([state.step, state.merges]).toEqual([2, 3]);
	});

	it('asks a worker to repeat the prerendered training, and keeps showing it', async () => {
		const { state, trains, asked, answer } = setUpTrainState();
		state.repeatInWorker();
		await pass();
		expect(asked()).toMatchObject({ text: FIRST, params: { rules: THREE_MERGES, text: SHOWN } });
		expect(state.status).toBe('ready');
		asked().options.onprogress?.({ phase: 'merge', merges: 1, target: 3, count: 4 });
		expect(state.progress).toBeNull();
		await answer();
		expect(state.trained?.run).toEqual({ session: 'train', run: 1 });
		expect(state.step).toBe(2);
		state.repeatInWorker();
		await pass();
		expect(trains).toHaveLength(1);
		// Nor for a different corpus.
		const other = setUpTrainState();
		other.state.set(textOf('another'), THREE_MERGES);
		other.state.repeatInWorker();
		await pass();
		expect(other.trains).toHaveLength(1);
	});
});

describe('a text that is typed', () => {
	it('is trained on once it stays unchanged, with the previous training shown meanwhile', async () => {
		const { state, trains, first, asked, answer } = setUpTrainState();
		state.setCorpus(textOf('é'));
		await pass(DEBOUNCE_MS - 1);
		expect(trains).toEqual([]);
		state.setCorpus(textOf('éé éé'));
		await pass(DEBOUNCE_MS - 1);
		expect(trains).toEqual([]);
		await pass(1);
		expect(asked()).toMatchObject({ text: 'éé éé', params: { session: 'train', text: SHOWN } });
		expect(state.status).toBe('loading');
		expect(state.trained).toBe(first);
		await answer();
		expect(state.status).toBe('ready');
		expect(state.trained).toMatchObject({ bytes: 9, chars: 5, corpus: { text: 'éé éé' } });
	});

	it('replaces an earlier one, whose answer is never shown', async () => {
		const { state, asked, answer, type } = setUpTrainState();
		await type('oldest old');
		await type('older old');
		await type('old old');
		await type('new new');
		expect(asked(0).options.signal?.aborted).toBe(true);
		await answer(0);
		expect(state.status).toBe('loading');
		await answer();
		// Late messages don't change anything, either.
		asked(1).reject(new Error('The training was stopped.'));
		asked(2).options.onprogress?.({ phase: 'merge', merges: 1, target: 3, count: 4 });
		await answer(2);
		expect([state.status, state.error, state.progress]).toEqual(['ready', null, null]);
		expect(state.trained?.corpus).toEqual(textOf('new new'));
	});

	it('is ready at once if it is the one shown', async () => {
		const { state, trains, first } = setUpTrainState();
		state.setCorpus(textOf('ab'));
		state.setCorpus(first.corpus);
		expect(state.status).toBe('ready');
		await pass(DEBOUNCE_MS);
		expect(trains).toEqual([]);
	});

	it('waits for a click if it is long', async () => {
		const { state, trains, asked, type } = setUpTrainState();
		await type('ab'.repeat(MAX_LIVE_UNITS / 2));
		expect(trains).toHaveLength(1);
		await type('ab'.repeat(MAX_LIVE_UNITS));
		expect([state.live, state.status]).toEqual([false, 'idle']);
		expect(trains).toHaveLength(1);
		state.start();
		await pass();
		expect(asked().text).toHaveLength(2 * MAX_LIVE_UNITS);
		expect(state.status).toBe('loading');
	});

	it('is trained on again after the rules change, and shows progress until training ends', async () => {
		const { state, asked, answer } = setUpTrainState();
		state.setRules({ ...THREE_MERGES, ties: 'first-seen' });
		await pass(DEBOUNCE_MS);
		expect(asked()).toMatchObject({ text: FIRST, params: { rules: { ties: 'first-seen' } } });
		const progress = { phase: 'merge', merges: 1, target: 3, count: 2 } as const;
		asked().options.onprogress?.(progress);
		expect(state.progress).toBe(progress);
		await answer();
		expect(state.progress).toBeNull();
	});
});

describe('the step', () => {
	it('is between none and all merges, and does not change with the corpus, except that the end remains the end', async () => {
		const { state, answer, type } = setUpTrainState({ step: 1 });
		state.setStep(-1);
		expect(state.step).toBe(0);
		state.setStep(1);
		await type('abab abab cdcd cdcd');
		await answer();
		expect(state.step).toBe(1);
		state.setStep(99);
		await type('ab ab');
		await answer();
		expect([state.step, state.merges]).toEqual([1, 1]);
		await type('abab abab cdcd cdcd');
		await answer();
		expect([state.step, state.merges]).toEqual([3, 3]);
	});

	it('is the end after a click, or the step of a link', async () => {
		const { state, answer } = setUpTrainState({ step: 1 });
		state.start();
		await answer();
		expect(state.step).toBe(3);
		state.set(textOf('abab abab'), THREE_MERGES, 1);
		await answer();
		expect(state.step).toBe(1);
	});

	it('is not changed by a stopped training', async () => {
		const { state, answer, type } = setUpTrainState({ step: 1 });
		state.start();
		state.stop();
		await type('abab abab cdcd cdcd');
		await answer();
		expect(state.step).toBe(1);
	});
});

describe('stop', () => {
	it('keeps the previous training, and ignores a late answer', async () => {
		const { state, first, asked, answer, type } = setUpTrainState();
		await type('ab ab');
		state.stop();
		expect(asked().options.signal?.aborted).toBe(true);
		expect(state.status).toBe('idle');
		await answer();
		expect(state.trained).toBe(first);
		expect(state.corpus).toEqual(textOf('ab ab'));
		expect([state.status, state.progress, state.error]).toEqual(['idle', null, null]);
	});

	it('cancels a text that waits to be trained on, and is ready if nothing changed', async () => {
		const { state, first, trains } = setUpTrainState();
		state.setCorpus(textOf('ab ab'));
		state.stop();
		await pass(DEBOUNCE_MS);
		expect(trains).toEqual([]);
		state.setCorpus(first.corpus);
		state.start();
		await pass();
		state.stop();
		expect(state.status).toBe('ready');
	});
});

describe('what goes wrong', () => {
	it('is reported, with the corpus and the previous training kept, until the next change', async () => {
		const { state, first, asked, answer, type } = setUpTrainState();
		await type('ab ab');
		asked().reject(new WorkerError('the corpus is empty: give some', false, 'vocabularySize'));
		await pass();
		expect(state.status).toBe('error');
		const message = 'The corpus is empty: give some';
		expect(state.error).toEqual({ message, rule: 'vocabularySize' });
		expect(state.corpus).toEqual(textOf('ab ab'));
		expect(state.trained).toBe(first);
		state.setCorpus(textOf('cd cd'));
		expect([state.status, state.error]).toEqual(['loading', null]);
		await pass(DEBOUNCE_MS);
		await answer();
		expect(state.status).toBe('ready');
	});
});

describe('a file', () => {
	const file = fileOf('big.txt', 'ab ab\n');

	/** Result of counting the file, where the pattern matched nothing. */
	const counted = {
		counts: { bytes: encodeUtf8('ab'), ends: Uint32Array.of(2), counts: Float64Array.of(2) },
		bytes: 6,
		chars: 6,
		matched: false
	};

	it('waits for a click, is counted, and its counts are trained on', async () => {
		const { state, counts, trains, stops } = setUpTrainState();
		state.setCorpus({ kind: 'file', file, format: 'text' });
		await pass(DEBOUNCE_MS);
		expect([state.status, counts.length]).toEqual(['idle', 0]);
		state.start();
		await pass();
		counts[0].options.onprogress?.({ phase: 'count', bytes: 3, total: 6 });
		expect(state.progress).toEqual({ phase: 'count', bytes: 3, total: 6 });
		counts[0].resolve(counted);
		await pass();
		expect(stops).toEqual([1]);
		expect(trains[0].params.corpus).toEqual({ parts: [counted.counts] });
		trains[0].resolve(trainResult('ab ab\n'));
		await pass();
		expect(state.trained).toMatchObject({ bytes: 6, chars: 6, matched: false });
	});

	it('is counted again after another click, once the first count is stopped', async () => {
		const { state, counts, stops } = setUpTrainState();
		for (const format of ['text', 'counts'] as const) {
			state.set({ kind: 'file', file, format }, THREE_MERGES);
			await pass();
			state.start();
			await pass();
		}
		// The workers are stopped before each call that replaces another.
		expect(stops).toEqual([1, 2, 3]);
		expect(counts).toHaveLength(4);
		expect([state.status, state.error]).toEqual(['loading', null]);
	});
});

describe('a link', () => {
	it('names the shown step, or the one that a running training will show', async () => {
		const { state, answer } = setUpTrainState({ step: 2 });
		expect(state.linkedStep).toBe(2);
		state.setStep(3);
		expect(state.linkedStep).toBe(3);
		state.set(textOf('abab abab'), THREE_MERGES, 1);
		expect([state.step, state.linkedStep]).toEqual([3, 1]);
		await answer();
		expect([state.step, state.linkedStep]).toEqual([1, 1]);
	});

	it('keeps its step over an error in its rules', async () => {
		const { state, asked, answer } = setUpTrainState();
		state.set(textOf('abab abab'), { ...THREE_MERGES, pattern: { regex: '(' } }, 1);
		await pass();
		asked().reject(new WorkerError('never closed', false, 'pattern'));
		await pass();
		expect(state.linkedStep).toBe(1);
		state.setRules(THREE_MERGES);
		await pass(DEBOUNCE_MS);
		await answer();
		expect(state.step).toBe(1);
	});

	it('is not blamed for a step that another corpus or other rules do not have', async () => {
		const { state, answer } = setUpTrainState();
		for (const change of [
			() => state.setCorpus(textOf('ab ab')),
			() => state.setRules({ ...THREE_MERGES, vocabularySize: 258 })
		]) {
			state.set(textOf('abab abab abab'), { ...THREE_MERGES, vocabularySize: 300 }, 3);
			change();
			await pass(DEBOUNCE_MS);
			await answer();
			expect(state.merges).toBeLessThan(3);
			expect([state.step, state.missedStep]).toEqual([state.merges, null]);
		}
	});

	it('that asks for a step after the end is reported, until another step is shown', async () => {
		const { state, answer } = setUpTrainState();
		state.set(textOf('ab ab'), THREE_MERGES, 9);
		await answer();
		expect([state.step, state.missedStep]).toEqual([1, 9]);
		state.setStep(0);
		expect(state.missedStep).toBeNull();
	});
});

describe('a corpus that another replaces', () => {
	it('comes back with its rules and its step, and its training is shown without waiting', async () => {
		const { state, type, answer, trains } = setUpTrainState();
		await type('abab abab');
		await answer();
		state.setStep(1);
		const { corpus, rules, trained } = state;
		const undo = state.keep();
		state.set(textOf('cdcd cdcd cdcd'), { ...THREE_MERGES, vocabularySize: 258 });
		await answer();
		undo();
		expect([state.corpus, state.rules]).toEqual([corpus, rules]);
		expect([state.status, state.step, state.isCurrent]).toEqual(['ready', 1, true]);
		expect(state.trained?.training).toBe(trained?.training);
		// No worker has it until one has repeated it.
		expect(state.trained?.run.run).toBe(0);
		state.setStep(2);
		await pass();
		expect(trains).toHaveLength(3);
		await answer();
		expect(state.trained?.run.run).toBe(3);
		expect([state.status, state.step]).toEqual(['ready', 2]);
	});

	it('comes back while the other is still being trained on', async () => {
		const { state, first, answer } = setUpTrainState({ step: 2 });
		const undo = state.keep();
		state.set(textOf('cdcd cdcd cdcd'), THREE_MERGES);
		await pass();
		undo();
		expect([state.corpus, state.status, state.step]).toEqual([first.corpus, 'ready', 2]);
		await answer(0);
		expect(state.trained?.training).toBe(first.training);
		await answer();
		expect([state.trained?.corpus, state.step]).toEqual([first.corpus, 2]);
	});

	it('is trained on again if its training was not finished', async () => {
		const { state, answer, type } = setUpTrainState({ step: 2 });
		await type('abab abab cdcd cdcd');
		const undo = state.keep();
		state.set(textOf('ef ef'), THREE_MERGES);
		await answer();
		undo();
		expect([state.corpus, state.status]).toEqual([textOf('abab abab cdcd cdcd'), 'loading']);
		await pass(DEBOUNCE_MS);
		await answer();
		expect([state.status, state.step]).toEqual(['ready', 2]);
	});

	it('waits for a click if it is a file that was not trained on', async () => {
		const { state, counts } = setUpTrainState();
		state.setCorpus({ kind: 'file', file: fileOf('a.txt', 'a'), format: 'text' });
		const { corpus } = state;
		const undo = state.keep();
		state.set(textOf('ef ef'), THREE_MERGES);
		undo();
		await pass(DEBOUNCE_MS);
		expect([state.corpus, state.status, counts]).toEqual([corpus, 'idle', []]);
	});
});
