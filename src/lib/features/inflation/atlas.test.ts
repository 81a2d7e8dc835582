import { describe, expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { earlierOf, measureOf } from '../../../../tests/support/inflation';
import { Atlas } from './atlas.svelte';
import type { AtlasOptions } from './atlas-types';

const CODES = Array.from({ length: 100 }, (_, i) => `l${i}`);

function fakeAtlas(first: ConstructorParameters<typeof Atlas>[1] = {}, options: AtlasOptions = {}) {
	const { calls, method } = fakeCalls<'measureLanguages'>();
	let time = 0;
	const atlas = new Atlas({ measureLanguages: method }, first, {
		now: () => time,
		...options
	});
	const answer = async (call: number, tokens = 7) => {
		const { params, resolve } = calls[call];
		resolve({ measures: params.codes.map(() => measureOf(tokens)) });
		await settle();
	};
	return { atlas, calls, answer, wait: (milliseconds: number) => (time += milliseconds) };
}

describe('Atlas', () => {
	it('asks in batches, and shows each as it comes', async () => {
		const { atlas, calls, answer, wait } = fakeAtlas();
		atlas.want(['a'], CODES);
		expect(calls).toHaveLength(1);
		expect(calls[0].params).toEqual({ tokenizer: 'a', codes: CODES.slice(0, 48) });
		expect([atlas.busy, atlas.column('a').left]).toEqual([true, 100]);
		wait(300);
		await answer(0);
		expect([atlas.measures('a').size, atlas.column('a').left]).toEqual([48, 52]);
		await answer(1);
		wait(200);
		await answer(2);
		expect(atlas.measures('a').size).toBe(100);
		expect([atlas.busy, atlas.milliseconds, atlas.counted]).toEqual([false, 500, 100]);
	});

	it('never measures a language twice, but measures anew what came with the page', async () => {
		const { atlas, calls, answer } = fakeAtlas({ a: { l0: measureOf(3) } });
		expect(atlas.measures('a').get('l0')?.tokens).toBe(3);
		atlas.want(['a'], ['l0', 'l1']);
		await answer(0);
		expect(atlas.measures('a').get('l0')?.tokens).toBe(7);
		atlas.want(['a'], ['l0', 'l1', 'l2']);
		expect(calls.map(({ params }) => params.codes)).toEqual([['l0', 'l1'], ['l2']]);
		await answer(1);
		atlas.want(['a'], ['l2']);
		expect([calls.length, atlas.busy]).toEqual([2, false]);
	});

	it('gives up a tokenizer that is not wanted any more, and drops what comes of it', async () => {
		const { atlas, calls, answer } = fakeAtlas();
		atlas.want(['a', 'b'], ['l0']);
		atlas.want(['b'], ['l0']);
		expect(calls[0].options.signal?.aborted).toBe(true);
		await answer(0);
		expect(atlas.measures('a').size).toBe(0);
		expect(calls).toHaveLength(2);
		await answer(1);
		expect(atlas.measures('b').size).toBe(1);
		expect([atlas.busy, atlas.milliseconds]).toEqual([false, null]);
	});

	it('stops, keeps what it has, and goes on from there', async () => {
		const { atlas, calls, answer } = fakeAtlas();
		atlas.want(['a'], CODES);
		await answer(0);
		atlas.stop();
		expect([atlas.stopped, calls[1].options.signal?.aborted]).toEqual([true, true]);
		await answer(1);
		expect([atlas.busy, atlas.measures('a').size]).toEqual([false, 48]);
		atlas.resume();
		expect(atlas.stopped).toBe(false);
		expect(calls[2].params.codes[0]).toBe('l48');
	});

	it('stays stopped while no more is wanted, and rests only until it is wanted again', async () => {
		const { atlas, calls, answer } = fakeAtlas();
		atlas.want(['a', 'b'], CODES);
		atlas.stop();
		await answer(0);
		await answer(1);
		// A search puts what is found first.
		atlas.want(['a', 'b'], CODES.toReversed());
		atlas.want(['a'], ['l1']);
		expect([atlas.stopped, atlas.busy, calls.length]).toEqual([true, false, 2]);
		atlas.want(['a'], ['l1', 'l2']);
		expect([atlas.stopped, calls.length]).toEqual([false, 3]);
		atlas.rest();
		await answer(2);
		expect([atlas.stopped, atlas.busy]).toEqual([false, false]);
		atlas.want(['a'], ['l1', 'l2']);
		expect(calls).toHaveLength(4);
	});

	it('says what went wrong with one tokenizer, goes on with others, and tries again when asked', async () => {
		const { atlas, calls, answer } = fakeAtlas();
		atlas.want(['a', 'b'], ['l0']);
		calls[0].reject(new Error('The vocabulary could not be fetched.'));
		await answer(1);
		expect(atlas.column('a').error).toBe('The vocabulary could not be fetched.');
		expect(atlas.measures('b').size).toBe(1);
		atlas.want(['a', 'b'], ['l0']);
		expect(calls).toHaveLength(2);
		atlas.resume();
		expect(atlas.column('a').error).toBeNull();
		await answer(2);
		expect(atlas.measures('a').size).toBe(1);
	});

	it('tells the progress of what is on its way, not of what is being counted', () => {
		const { atlas, calls } = fakeAtlas();
		atlas.want(['a'], ['l0']);
		const download = { phase: 'download', received: 1, total: 2 } as const;
		calls[0].options.onprogress?.(download);
		calls[0].options.onprogress?.({ phase: 'encode', share: 0.5 });
		expect(atlas.column('a').progress).toEqual(download);
		atlas.stop();
		calls[0].options.onprogress?.(download);
		expect(atlas.column('a').progress).toBeNull();
	});

	it('asks earlier visits first, measures the rest, and keeps all', async () => {
		const earlier = earlierOf({ a: { l0: measureOf(3), l1: measureOf(4) } });
		const { atlas, calls, answer, wait } = fakeAtlas({ a: { l0: measureOf(9) } }, { earlier });
		atlas.want(['a'], ['l0', 'l1', 'l2']);
		expect([atlas.busy, calls.length]).toEqual([true, 0]);
		await settle();
		expect(calls.map(({ params }) => params.codes)).toEqual([['l2']]);
		expect(atlas.measures('a').get('l0')?.tokens).toBe(3);
		expect(atlas.fromEarlier).toBe(2);
		wait(10);
		await answer(0, 5);
		expect([atlas.counted, atlas.milliseconds]).toEqual([1, 10]);
		const tokens = [...(earlier.kept.get('a') ?? [])].map(([code, of]) => [code, of.tokens]);
		expect(tokens).toEqual([
			['l0', 3],
			['l1', 4],
			['l2', 5]
		]);
		expect(earlier.reads).toEqual(['a']);
	});

	it('says nothing of measuring where all is from an earlier visit, until it is asked to', async () => {
		const earlier = earlierOf({ a: { l0: measureOf(3) } });
		const { atlas, calls, answer } = fakeAtlas({}, { earlier });
		atlas.want(['a'], ['l0']);
		await settle();
		expect([atlas.busy, atlas.milliseconds, calls.length]).toEqual([false, null, 0]);
		atlas.again();
		expect([atlas.busy, atlas.fromEarlier, calls.length]).toEqual([true, 0, 1]);
		// Until it is measured, and where it cannot be, what was known stays.
		calls[0].reject(new Error('The texts could not be fetched.'));
		await settle();
		expect(atlas.column('a').error).toBe('The texts could not be fetched.');
		expect([atlas.measures('a'), earlier.kept.get('a')].map((of) => of?.get('l0')?.tokens)).toEqual(
			[3, 3]
		);
		atlas.resume();
		await answer(1);
		expect([atlas.counted, atlas.stopped]).toEqual([1, false]);
		expect([atlas.measures('a'), earlier.kept.get('a')].map((of) => of?.get('l0')?.tokens)).toEqual(
			[7, 7]
		);
	});

	it('keeps what it has measured when it is stopped, and nothing where nothing was', async () => {
		const earlier = earlierOf({});
		const { atlas, answer } = fakeAtlas({}, { earlier });
		atlas.want(['a', 'b'], CODES);
		await settle();
		await answer(0);
		atlas.stop();
		await settle();
		await answer(1);
		await answer(2);
		expect([...earlier.kept].map(([id, of]) => [id, of.size])).toEqual([['a', 48]]);
	});

	it('measures so many tokenizers at once as it may, and begins no more after a stop', async () => {
		const { atlas, calls, answer } = fakeAtlas({}, { atOnce: 2 });
		atlas.want(['a', 'b', 'c', 'd'], ['l0']);
		const asked = () => calls.map(({ params }) => params.tokenizer);
		expect(asked()).toEqual(['a', 'b']);
		await answer(0);
		expect(asked()).toEqual(['a', 'b', 'c']);
		calls[1].reject(new Error('The vocabulary could not be fetched.'));
		await settle();
		expect(asked()).toEqual(['a', 'b', 'c', 'd']);
		atlas.stop();
		await answer(2);
		await answer(3);
		expect([atlas.busy, calls.length, atlas.measures('d').size]).toEqual([false, 4, 0]);
	});
});
