import { expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeStrawberry } from '../../../../tests/support/fake-strawberry';
import { smallRanks } from '../../../../tests/support/small-specs';
import { createTokenizer } from '../../engine';
import { MAX_TRACED_UNITS, WordMergesPair } from './word-merges-pair.svelte';
import { traceWord } from './word-trace';

const tokenizer = createTokenizer(smallRanks());

const trace = (text: string) => traceWord(tokenizer, text);

function createPair() {
	const fake = fakeStrawberry();
	const pair = new WordMergesPair(fake.workers, ['a', 'b'], {
		word: 'hello',
		traces: { a: trace('hello'), b: trace('hello') }
	});
	return { pair, calls: fake.traceCalls };
}

it('starts after the last prerendered merge', () => {
	const { pair, calls } = createPair();
	expect([pair.step, pair.last]).toEqual([4, 4]);
	expect(pair.difference).toEqual({ a: null, b: null, isSameSplit: true });
	pair.traceWord('hello');
	expect(calls).toEqual([]);
});

it('traces a word in the chosen form, and stays after the last merge', async () => {
	const { pair, calls } = createPair();
	pair.traceWord('he');
	const asked = (text: string, byteStart: number) =>
		['a', 'b'].map((id) => ({ tokenizer: id, text, byteStart }));
	expect(calls.map(({ params }) => params)).toEqual(asked('he', 0));
	for (const { resolve, params } of calls) resolve(trace(params.text));
	await settle();
	expect([pair.step, pair.last]).toEqual([1, 1]);
	pair.setForm('sentence');
	expect(calls.slice(2).map(({ params }) => params)).toEqual(asked('The he', 3));
});

it('knows that its merges are of another word or form, before and while it asks', async () => {
	const { pair, calls } = createPair();
	expect([pair.isStale(0, 'hello'), pair.isStale(0, 'he')]).toEqual([false, true]);
	pair.traceWord('he');
	expect([pair.isStale(0, 'he'), pair.isStale(1, 'he')]).toEqual([true, true]);
	calls[0].resolve(trace('he'));
	await settle();
	expect([pair.isStale(0, 'he'), pair.isStale(1, 'he')]).toEqual([false, true]);
	pair.setForm('sentence');
	expect(pair.isStale(0, 'he')).toBe(true);
});

it('asks again for the side whose tokenizer changes, and keeps the step', async () => {
	const { pair, calls } = createPair();
	pair.setStep(2);
	pair.setTokenizer(1, 'c');
	expect(calls.map(({ params }) => params)).toEqual([
		{ tokenizer: 'c', text: 'hello', byteStart: 0 }
	]);
	calls[0].resolve(trace('hello'));
	await settle();
	expect([pair.tokenizers, pair.step]).toEqual([['a', 'c'], 2]);
});

it('traces no word that is empty or too long', () => {
	const { pair, calls } = createPair();
	pair.traceWord('x'.repeat(MAX_TRACED_UNITS + 1));
	expect([pair.isTooLong, pair.sides, pair.last]).toEqual([true, [null, null], 0]);
	pair.traceWord('');
	expect(pair.isTooLong).toBe(false);
	expect(calls).toEqual([]);
});

it('reports why there is no answer, and keeps none of another word', async () => {
	const { pair, calls } = createPair();
	pair.traceWord('he');
	calls[0].reject(new Error('no network'));
	calls[1].resolve(trace('he'));
	await settle();
	expect(pair.problem).toBe('No network');
	expect(pair.sides.map((side) => side?.text ?? null)).toEqual([null, 'he']);
	pair.traceWord('he');
	expect([pair.problem, calls.length]).toEqual(['No network', 2]);
	pair.retry();
	expect([pair.problem, calls.length]).toEqual([null, 3]);
});
