import { expect, it, vi } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { measureOf } from '../../../../tests/support/inflation';
import { Measurements } from './measurements.svelte';

const CODES = Array.from({ length: 100 }, (_, i) => `l${i}`);

function fakeMeasurements(first: ConstructorParameters<typeof Measurements>[1] = {}) {
	const { calls, method } = fakeCalls<'measureDeclarations'>();
	let time = 0;
	vi.spyOn(performance, 'now').mockImplementation(() => time);
	const measurements = new Measurements({ measureDeclarations: method }, first);
	const answer = async (call: number, tokens = 7) => {
		const { params, resolve } = calls[call];
		resolve(params.codes.map(() => measureOf(tokens)));
		await settle();
	};
	const fail = async (call: number, message: string) => {
		calls[call].reject(new Error(message));
		await settle();
	};
	return {
		measurements,
		calls,
		answer,
		fail,
		wait: (milliseconds: number) => (time += milliseconds),
		asked: () => calls.map(({ params }) => params.tokenizer),
		/** Number of languages measured in each of these tokenizers. */
		sizes: (...ids: string[]) => ids.map((id) => measurements.measures(id).size),
		tokensOf: (id: string, code: string) => measurements.measures(id).get(code)?.tokens
	};
}

it('asks in batches, and has the first as it arrives', async () => {
	const { measurements, calls, answer, sizes } = fakeMeasurements();
	expect(measurements.status).toBe('loading');
	measurements.want(['a'], CODES);
	expect(calls).toHaveLength(1);
	expect(calls[0].params).toEqual({ tokenizer: 'a', codes: CODES.slice(0, 48) });
	expect([measurements.busy, measurements.stateOf('a').remaining]).toEqual([true, 100]);
	await answer(0);
	expect([sizes('a'), measurements.stateOf('a').remaining]).toEqual([[48], 52]);
	await answer(1);
	expect(measurements.status).toBe('loading');
	await answer(2);
	expect(sizes('a')).toEqual([100]);
	expect([measurements.busy, measurements.status]).toEqual([false, 'ready']);
});

it('shows the first batch at once, later ones at intervals, and all that were measured after a stop', async () => {
	const { measurements, answer, wait, sizes } = fakeMeasurements();
	const codes = Array.from({ length: 250 }, (_, i) => `l${i}`);
	measurements.want(['a'], codes);
	const shown: number[] = [];
	for (const [call, milliseconds] of [100, 100, 1500, 100].entries()) {
		wait(milliseconds);
		await answer(call);
		shown.push(...sizes('a'));
	}
	expect(shown).toEqual([48, 48, 144, 144]);
	measurements.stop();
	await settle();
	expect(sizes('a')).toEqual([192]);
	// Results of several tokenizers are shown together.
	const both = fakeMeasurements();
	both.measurements.want(['a', 'b'], CODES);
	await both.answer(0);
	await both.answer(1);
	expect(both.sizes('a', 'b')).toEqual([48, 0]);
	both.wait(1500);
	await both.answer(2);
	expect(both.sizes('a', 'b')).toEqual([96, 48]);
});

it('gives each tokenizer its first languages, then completes four at a time in their order', async () => {
	const { measurements, answer, asked } = fakeMeasurements();
	const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
	measurements.want(ids, CODES);
	expect(asked()).toEqual(ids);
	// Answers don't arrive in the order of the tokenizers.
	for (const call of [5, 4, 3, 2, 1, 0]) await answer(call);
	const later = () => asked().slice(ids.length);
	expect(later()).toEqual(['f', 'e', 'd', 'c']);
	for (const call of [6, 7, 8, 9]) await answer(call);
	expect(later()).toEqual(['f', 'e', 'd', 'c', 'f', 'e', 'd', 'c']);
	await answer(10);
	// Of the two that are waiting, the first one wanted.
	expect(later().slice(8)).toEqual(['a']);
	measurements.stop();
	measurements.resume();
	expect(later().slice(9)).toEqual(['a', 'b', 'c', 'd']);
});

it('never measures a language twice, except prerendered ones', async () => {
	const { measurements, calls, answer, tokensOf } = fakeMeasurements({ a: { l0: measureOf(3) } });
	expect(tokensOf('a', 'l0')).toBe(3);
	measurements.want(['a'], ['l0', 'l1']);
	await answer(0);
	expect(tokensOf('a', 'l0')).toBe(7);
	measurements.want(['a'], ['l0', 'l1', 'l2']);
	expect(calls.map(({ params }) => params.codes)).toEqual([['l0', 'l1'], ['l2']]);
	await answer(1);
	measurements.want(['a'], ['l2']);
	expect([calls.length, measurements.busy]).toEqual([2, false]);
});

it('cancels a tokenizer that is no longer wanted, and drops its answers', async () => {
	const { measurements, calls, answer, sizes } = fakeMeasurements();
	measurements.want(['a', 'b'], ['l0']);
	measurements.want(['b'], ['l0']);
	expect(calls[0].options.signal?.aborted).toBe(true);
	await answer(0);
	await answer(1);
	expect(calls).toHaveLength(2);
	expect(sizes('a', 'b')).toEqual([0, 1]);
	expect(measurements.busy).toBe(false);
});

it('stops, keeps its measures, and continues from there', async () => {
	const { measurements, calls, answer, sizes } = fakeMeasurements();
	measurements.want(['a'], CODES);
	await answer(0);
	measurements.stop();
	expect([measurements.status, calls[1].options.signal?.aborted]).toEqual(['stopped', true]);
	await answer(1);
	expect([measurements.busy, sizes('a')]).toEqual([false, [48]]);
	measurements.resume();
	expect(measurements.stopped).toBe(false);
	expect(calls[2].params.codes[0]).toBe('l48');
});

it('stays stopped until more is wanted', async () => {
	const { measurements, calls, answer } = fakeMeasurements();
	measurements.want(['a', 'b'], CODES);
	measurements.stop();
	await answer(0);
	await answer(1);
	// A search changes the order.
	measurements.want(['a', 'b'], CODES.toReversed());
	measurements.want(['a'], ['l1']);
	expect([measurements.stopped, measurements.busy, calls.length]).toEqual([true, false, 2]);
	measurements.want(['a'], ['l1', 'l2']);
	expect([measurements.stopped, calls.length]).toEqual([false, 3]);
});

it('reports the error of one tokenizer, continues with others, and tries again when asked', async () => {
	const { measurements, calls, answer, fail, sizes } = fakeMeasurements();
	measurements.want(['a', 'b'], ['l0']);
	await fail(0, 'The vocabulary could not be fetched.');
	await answer(1);
	expect(measurements.stateOf('a').error).toBe('The vocabulary could not be fetched.');
	expect(sizes('b')).toEqual([1]);
	measurements.want(['a', 'b'], ['l0']);
	expect(calls).toHaveLength(2);
	measurements.resume();
	expect(measurements.stateOf('a').error).toBeNull();
	await answer(2);
	expect(sizes('a')).toEqual([1]);
});

it('reports the progress of downloads, not of encoding', () => {
	const { measurements, calls } = fakeMeasurements();
	measurements.want(['a'], ['l0']);
	const download = { phase: 'download', received: 1, total: 2 } as const;
	calls[0].options.onprogress?.(download);
	calls[0].options.onprogress?.({ phase: 'encode', share: 0.5 });
	expect(measurements.stateOf('a').progress).toEqual(download);
	measurements.stop();
	calls[0].options.onprogress?.(download);
	expect(measurements.stateOf('a').progress).toBeNull();
});
