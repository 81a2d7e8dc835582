import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pass } from '../../../../tests/support/fake-compare';
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

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
	vi.useRealTimers();
});

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
		state.hold();
		await pass();
		expect(asked()).toMatchObject({ text: FIRST, params: { rules: THREE_MERGES, text: SHOWN } });
		expect(state.status).toBe('ready');
		asked().options.onprogress?.({ phase: 'merge', merges: 1, target: 3, count: 4 });
		expect(state.progress).toBeNull();
		await answer();
		expect(state.trained?.run).toEqual({ session: 'train', run: 1 });
		expect(state.step).toBe(2);
		state.hold();
		await pass();
		expect(trains).toHaveLength(1);
	});

	it('does not repeat it for another corpus', async () => {
		const { state, trains } = setUpTrainState();
		state.set(textOf('another'), THREE_MERGES);
		state.hold();
		await pass();
		expect(trains).toHaveLength(1);
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
		await type('old old');
		await type('new new');
		expect(asked(0).options.signal?.aborted).toBe(true);
		await answer(0);
		expect(state.status).toBe('loading');
		await answer(1);
		expect(state.trained?.corpus).toEqual(textOf('new new'));
		asked(0).options.onprogress?.({ phase: 'merge', merges: 1, target: 3, count: 4 });
		expect(state.progress).toBeNull();
	});

	it('ignores the late error or answer of an earlier one', async () => {
		const { state, asked, answer, type } = setUpTrainState();
		await type('old old');
		await type('older old');
		await type('new new');
		await answer(2);
		asked(0).reject(new Error('The training was stopped.'));
		await answer(1);
		expect([state.status, state.error]).toEqual(['ready', null]);
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
		const { state, trains, first, asked, answer, type } = setUpTrainState();
		await type('ab'.repeat(MAX_LIVE_UNITS / 2));
		expect(trains).toHaveLength(1);
		await answer();
		await type('ab'.repeat(MAX_LIVE_UNITS));
		expect(state.live).toBe(false);
		expect(state.status).toBe('idle');
		expect(state.trained).not.toBe(first);
		expect(trains).toHaveLength(1);
		state.start();
		await pass();
		expect(asked().text).toHaveLength(2 * MAX_LIVE_UNITS);
		expect(state.status).toBe('loading');
	});

	it('is trained on again after the rules change', async () => {
		const { state, asked } = setUpTrainState();
		state.setRules({ ...THREE_MERGES, ties: 'first-seen' });
		await pass(DEBOUNCE_MS);
		expect(asked()).toMatchObject({ text: FIRST, params: { rules: { ties: 'first-seen' } } });
	});

	it('shows progress until training ends', async () => {
		const { state, asked, answer, type } = setUpTrainState();
		await type('ab ab');
		const progress = { phase: 'merge', merges: 1, target: 3, count: 2 } as const;
		asked().options.onprogress?.(progress);
		expect(state.progress).toBe(progress);
		await answer();
		expect(state.progress).toBeNull();
	});
});

describe('the step', () => {
	it('is between none and all merges', () => {
		const { state } = setUpTrainState();
		state.setStep(-1);
		expect(state.step).toBe(0);
		state.setStep(99);
		expect(state.step).toBe(3);
	});

	it('does not change with the corpus, except that the end remains the end', async () => {
		const { state, answer, type } = setUpTrainState({ step: 1 });
		await type('abab abab cdcd cdcd');
		await answer();
		expect(state.step).toBe(1);
		state.setStep(3);
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
		await pass();
		await answer();
		expect(state.step).toBe(3);
		state.set(textOf('abab abab'), THREE_MERGES, 1);
		await pass();
		await answer();
		expect(state.step).toBe(1);
		state.set(textOf('cdcd cdcd'), THREE_MERGES);
		await pass();
		await answer();
		expect(state.step).toBe(state.merges);
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

	it('cancels a text that waits to be trained on', async () => {
		const { state, trains } = setUpTrainState();
		state.setCorpus(textOf('ab ab'));
		state.stop();
		await pass(DEBOUNCE_MS);
		expect(trains).toEqual([]);
	});

	it('is ready if nothing changed', async () => {
		const { state } = setUpTrainState();
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
		asked().reject(new WorkerError('the corpus is empty: give some', false));
		await pass();
		expect(state.status).toBe('error');
		expect(state.error).toEqual({ message: 'The corpus is empty: give some', rule: null });
		expect(state.corpus).toEqual(textOf('ab ab'));
		expect(state.trained).toBe(first);
		state.setCorpus(textOf('cd cd'));
		expect([state.status, state.error]).toEqual(['loading', null]);
		await pass(DEBOUNCE_MS);
		await answer();
		expect(state.status).toBe('ready');
	});

	it('names the invalid rule', async () => {
		const { state, asked, type } = setUpTrainState();
		await type('ab ab');
		asked().reject(new WorkerError('vocabulary size 2 is too small', false, 'vocabularySize'));
		await pass();
		expect(state.error).toEqual({
			message: 'Vocabulary size 2 is too small',
			rule: 'vocabularySize'
		});
	});
});

describe('a file', () => {
	const file = fileOf('big.txt', 'ab ab\n');
	const part = trainResult('ab ab\n');

	/** Result of counting the file. */
	const counted = (matched = true) => ({
		counts: { bytes: encodeUtf8('ab'), ends: Uint32Array.of(2), counts: Float64Array.of(2) },
		bytes: 6,
		chars: 6,
		matched
	});

	it('waits for a click, is counted, and its counts are trained on', async () => {
		const { state, counts, trains, stops } = setUpTrainState();
		state.setCorpus({ kind: 'file', file, format: 'text' });
		await pass(DEBOUNCE_MS);
		expect([state.status, counts.length]).toEqual(['idle', 0]);
		state.start();
		await pass();
		counts[0].options.onprogress?.({ phase: 'count', bytes: 3, total: 6 });
		expect(state.progress).toEqual({ phase: 'count', bytes: 3, total: 6 });
		counts[0].resolve(counted());
		await pass();
		expect(stops).toEqual([1]);
		expect(trains[0].params.corpus).toEqual({ parts: [counted().counts] });
		trains[0].resolve(part);
		await pass();
		expect(state.trained).toMatchObject({ bytes: 6, chars: 6, matched: true });
	});

	it('is marked if the pattern matched nothing', async () => {
		const { state, counts, trains } = setUpTrainState();
		state.set({ kind: 'file', file, format: 'text' }, THREE_MERGES);
		await pass();
		counts[0].resolve(counted(false));
		await pass();
		trains[0].resolve(part);
		await pass();
		expect(state.trained?.matched).toBe(false);
	});

	it('is counted again after another click, once the first count is stopped', async () => {
		const { state, counts, stops } = setUpTrainState();
		for (const format of ['text', 'counts'] as const) {
			state.set({ kind: 'file', file, format }, THREE_MERGES);
			await pass();
			state.start();
			await pass();
		}
		// Each stop precedes the call that replaces the stopped one.
		expect(stops).toEqual([1, 2, 3]);
		expect(counts).toHaveLength(4);
		expect([state.status, state.error]).toEqual(['loading', null]);
	});
});
