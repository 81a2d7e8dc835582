import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pass } from '../../../../tests/support/fake-compare';
import { DEBOUNCE_MS, setUpTrainState } from '../../../../tests/support/fake-train-state';
import { fileOf, textOf, THREE_MERGES } from '../../../../tests/support/fake-training';
import { WorkerError } from '../../workers/client';

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
	vi.useRealTimers();
});

describe('a link', () => {
	it('names the shown step, or the one that a running training will show', async () => {
		const { state, answer } = setUpTrainState({ step: 2 });
		expect(state.linkedStep).toBe(2);
		state.setStep(3);
		expect(state.linkedStep).toBeNull();
		state.set(textOf('abab abab'), THREE_MERGES, 1);
		expect([state.step, state.linkedStep]).toEqual([3, 1]);
		await pass();
		await answer();
		expect([state.step, state.linkedStep]).toEqual([1, 1]);
		state.set(textOf('cdcd cdcd'), THREE_MERGES);
		expect(state.linkedStep).toBeNull();
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
		await pass();
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
		await pass();
		await answer();
		undo();
		expect([state.corpus, state.rules]).toEqual([corpus, rules]);
		expect([state.status, state.step, state.isCurrent]).toEqual(['ready', 1, true]);
		expect(state.trained?.training).toBe(trained?.training);
		// No worker holds it, until one has repeated it.
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
		await pass();
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
