import { expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeStrawberry } from '../../../../tests/support/fake-strawberry';
import { smallRanks } from '../../../../tests/support/small-specs';
import { createTokenizer } from '../../engine';
import { FIRST_TRACED_TOKENIZER } from '../../session/documents/strawberry';
import { traceWord } from './word-trace';
import { MAX_TRACED_UNITS, WordTracing } from './word-tracing.svelte';

const tokenizer = createTokenizer(smallRanks());

const trace = (text: string) => traceWord(tokenizer, text);

function createTracing() {
	const { workers, traceCalls } = fakeStrawberry();
	const tracing = new WordTracing(workers, { word: 'hello', trace: trace('hello') });
	return { tracing, calls: traceCalls };
}

it('starts after the last prerendered merge', () => {
	const { tracing, calls } = createTracing();
	expect([tracing.step, tracing.last]).toEqual([4, 4]);
	tracing.traceWord('hello');
	expect(calls).toEqual([]);
});

it('traces a word in the chosen form, and stays after the last merge', async () => {
	const { tracing, calls } = createTracing();
	tracing.traceWord('he');
	const asked = (text: string, byteStart: number) => ({
		tokenizer: FIRST_TRACED_TOKENIZER,
		text,
		byteStart
	});
	expect(calls[0].params).toEqual(asked('he', 0));
	calls[0].resolve(trace('he'));
	await settle();
	expect([tracing.step, tracing.last]).toEqual([1, 1]);
	tracing.setForm('sentence');
	expect(calls[1].params).toEqual(asked('The he', 3));
});

it('knows that its merges are of another word, form or tokenizer, before and while it asks', async () => {
	const { tracing, calls } = createTracing();
	expect([tracing.isStale('hello'), tracing.isStale('he')]).toEqual([false, true]);
	tracing.traceWord('he');
	expect(tracing.isStale('he')).toBe(true);
	calls[0].resolve(trace('he'));
	await settle();
	expect(tracing.isStale('he')).toBe(false);
	tracing.setForm('sentence');
	expect(tracing.isStale('he')).toBe(true);
	tracing.setForm('alone');
	expect(tracing.isStale('he')).toBe(false);
	tracing.setTokenizer('b');
	expect(tracing.isStale('he')).toBe(true);
});

it('asks again if the tokenizer changes, and keeps the step', async () => {
	const { tracing, calls } = createTracing();
	tracing.setStep(2);
	tracing.setTokenizer('b');
	expect(calls.map(({ params }) => params)).toEqual([
		{ tokenizer: 'b', text: 'hello', byteStart: 0 }
	]);
	calls[0].resolve(trace('hello'));
	await settle();
	expect([tracing.tokenizer, tracing.step]).toEqual(['b', 2]);
});

it('traces no word that is empty or too long', () => {
	const { tracing, calls } = createTracing();
	tracing.traceWord('x'.repeat(MAX_TRACED_UNITS + 1));
	expect([tracing.isTooLong, tracing.trace, tracing.last]).toEqual([true, null, 0]);
	tracing.traceWord('');
	expect(tracing.isTooLong).toBe(false);
	expect(calls).toEqual([]);
});

it('reports why there is no answer, and keeps none of another word', async () => {
	const { tracing, calls } = createTracing();
	tracing.traceWord('he');
	calls[0].reject(new Error('no network'));
	await settle();
	expect([tracing.problem, tracing.trace]).toEqual(['No network', null]);
	tracing.traceWord('he');
	expect([tracing.problem, calls.length]).toEqual(['No network', 1]);
	tracing.retry();
	expect([tracing.problem, calls.length]).toEqual([null, 2]);
});
