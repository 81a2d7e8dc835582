import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { measureOf } from '../../../../tests/support/inflation';
import { Measurements } from './measurements.svelte';

it('is tracked by effects that read it before anything is measured', async () => {
	const { calls, method } = fakeCalls<'measureDeclarations'>();
	const measurements = new Measurements({ measureDeclarations: method }, {});
	const sizes: number[] = [];
	const stop = $effect.root(() => {
		const size = $derived(measurements.measures('a').size);
		$effect(() => void sizes.push(size));
	});
	flushSync();
	measurements.want(['a'], ['eng']);
	calls[0].resolve([measureOf(1)]);
	await settle();
	flushSync();
	stop();
	expect(sizes).toEqual([0, 1]);
});

it('does not make an effect that calls want depend on the measures', async () => {
	const { calls, method } = fakeCalls<'measureDeclarations'>();
	const measurements = new Measurements({ measureDeclarations: method }, {});
	let runs = 0;
	const stop = $effect.root(() => {
		$effect(() => {
			runs++;
			measurements.want(['a', 'b'], ['eng']);
		});
	});
	flushSync();
	calls[0].resolve([measureOf(1)]);
	calls[1].reject(new Error('no network'));
	await settle();
	flushSync();
	stop();
	expect([runs, calls.length]).toEqual([1, 2]);
});
