import { expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeStrawberry, prerenderedWord } from '../../../../tests/support/fake-strawberry';
import type { WordForm } from '../../session/documents/strawberry';
import { MAX_TRACED_UNITS, WordTracing } from './word-tracing.svelte';

const trace = (text: string) => prerenderedWord(text).trace;

/** The tracing of "hello" in a, and the page's settings. */
function createTracing() {
	const { workers, traceCalls: calls } = fakeStrawberry();
	const shown = { tracedTokenizer: 'a', form: 'alone' as WordForm };
	const tracing = new WordTracing(workers, shown, prerenderedWord('hello'));
	return { tracing, calls, shown };
}

it('starts with the prerendered merges', () => {
	const { tracing, calls } = createTracing();
	expect(tracing.trace?.merges.steps).toHaveLength(4);
	tracing.follow('hello');
	expect(calls).toEqual([]);
});

it('traces a word in the chosen form', async () => {
	const { tracing, calls, shown } = createTracing();
	tracing.follow('he');
	const asked = (text: string, byteStart: number) => ({ tokenizer: 'a', text, byteStart });
	expect(calls[0].params).toEqual(asked('he', 0));
	calls[0].resolve(trace('he'));
	await settle();
	expect(tracing.trace?.merges.steps).toHaveLength(1);
	shown.form = 'sentence';
	tracing.follow('he');
	expect(calls[1].params).toEqual(asked('The he', 3));
});

it('knows that its merges are of another word, form or tokenizer, before and while it asks', async () => {
	const { tracing, calls, shown } = createTracing();
	expect([tracing.isStale('hello'), tracing.isStale('he')]).toEqual([false, true]);
	tracing.follow('he');
	expect(tracing.isStale('he')).toBe(true);
	calls[0].resolve(trace('he'));
	await settle();
	expect(tracing.isStale('he')).toBe(false);
	shown.form = 'sentence';
	expect(tracing.isStale('he')).toBe(true);
	tracing.follow('he');
	expect(tracing.isStale('he')).toBe(true);
	shown.form = 'alone';
	expect(tracing.isStale('he')).toBe(false);
	shown.tracedTokenizer = 'b';
	expect(tracing.isStale('he')).toBe(true);
});

it('asks again if the tokenizer changes', async () => {
	const { tracing, calls, shown } = createTracing();
	shown.tracedTokenizer = 'b';
	tracing.follow('hello');
	expect(calls.map(({ params }) => params)).toEqual([
		{ tokenizer: 'b', text: 'hello', byteStart: 0 }
	]);
	calls[0].resolve(trace('hello'));
	await settle();
	expect(tracing.trace?.tokenizer).toBe('b');
});

it('traces no word that is empty or too long', () => {
	const { tracing, calls } = createTracing();
	for (const word of ['x'.repeat(MAX_TRACED_UNITS + 1), '']) {
		tracing.follow(word);
		expect(tracing.trace).toBeNull();
	}
	expect(calls).toEqual([]);
});

it('reports why there is no answer, and keeps none of another word', async () => {
	const { tracing, calls } = createTracing();
	tracing.follow('he');
	calls[0].reject(new Error('no network'));
	await settle();
	expect([tracing.problem, tracing.trace]).toEqual(['No network', null]);
	tracing.retry();
	expect([tracing.problem, calls.length]).toEqual([null, 2]);
});
