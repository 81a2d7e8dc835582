import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { measureOf } from '../../../../tests/support/inflation';
import { Atlas } from './atlas.svelte';

it('is followed by what reads it before anything is asked for', async () => {
	const { calls, method } = fakeCalls<'measureLanguages'>();
	const atlas = new Atlas({ measureLanguages: method }, {});
	const sizes: number[] = [];
	const stop = $effect.root(() => {
		const size = $derived(atlas.measures('a').size);
		$effect(() => void sizes.push(size));
	});
	flushSync();
	atlas.want(['a'], ['eng']);
	calls[0].resolve({ measures: [measureOf(1)] });
	await settle();
	flushSync();
	stop();
	expect(sizes).toEqual([0, 1]);
});

it('can be asked by an effect, which then follows only what it reads itself', async () => {
	const { calls, method } = fakeCalls<'measureLanguages'>();
	const atlas = new Atlas({ measureLanguages: method }, {});
	let runs = 0;
	const stop = $effect.root(() => {
		$effect(() => {
			runs++;
			atlas.want(['a', 'b'], ['eng']);
		});
	});
	flushSync();
	calls[0].resolve({ measures: [measureOf(1)] });
	calls[1].reject(new Error('no network'));
	await settle();
	flushSync();
	stop();
	expect([runs, calls.length]).toEqual([1, 2]);
});
