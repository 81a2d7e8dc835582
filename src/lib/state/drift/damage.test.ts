import { describe, expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { sidesOf } from '../../../../tests/support/fake-drift';
import type { MeasuredDamage } from '../../analysis/damage/types';
import { DamageState } from './damage.svelte';

const served = {
	tokens: 10,
	bitsPerByte: 1.5,
	top1: 0.3,
	unseenBigrams: 0.2,
	untrained: 0,
	readBytes: 100
};
const DAMAGE: MeasuredDamage = {
	outcome: 'measured',
	rows: 100,
	training: { documents: 4, bytes: 400, tokens: 90 },
	heldOut: { documents: 1, bytes: 100 },
	a: served,
	b: { ...served, bitsPerByte: 3 },
	change: 1
};
const TEXT = { name: 'prose', documents: () => Promise.resolve([]) };

function mount() {
	const damage = fakeCalls<'damage'>();
	return { state: new DamageState(() => ({ damage: damage.method })), calls: damage.calls };
}

describe('DamageState', () => {
	it('measures when asked, and tells the report of the sides that it measured', async () => {
		const { state, calls } = mount();
		const pair = sidesOf('a', 'b');
		expect(state.status).toBe('idle');
		void state.measure(pair, 128, TEXT);
		await settle();
		expect(calls[0].params).toMatchObject({ a: pair.a, b: pair.b, rows: 128 });
		calls[0].options.onprogress?.({ phase: 'measure', step: 'train', share: 0.5 });
		expect(state.progress).toMatchObject({ share: 0.5 });
		calls[0].resolve(DAMAGE);
		await settle();
		expect(state.status).toBe('ready');
		expect(state.text).toBe('prose');
		expect(state.findingsOf(pair)).toEqual({ bitsPerByteA: 1.5, bitsPerByteB: 3 });
		expect(state.findingsOf(sidesOf('a', 'b'))).toBeNull();
	});

	it('forgets what was measured of other sides', async () => {
		const { state, calls } = mount();
		const pair = sidesOf('a', 'b');
		void state.measure(pair, null, TEXT);
		await settle();
		calls[0].resolve(DAMAGE);
		await settle();
		state.follow(pair);
		expect(state.damage).toBe(DAMAGE);
		state.follow(sidesOf('a', 'c'));
		expect(state.damage).toBeNull();
		expect(state.status).toBe('idle');
	});

	it('can be stopped, and keeps what was measured before', async () => {
		const { state, calls } = mount();
		const pair = sidesOf('a', 'b');
		void state.measure(pair, null, TEXT);
		await settle();
		state.stop();
		expect(calls[0].options.signal?.aborted).toBe(true);
		expect(state.status).toBe('idle');
		void state.measure(pair, null, TEXT);
		await settle();
		calls[1].resolve(DAMAGE);
		await settle();
		void state.measure(pair, null, TEXT);
		await settle();
		state.stop();
		calls[2].resolve({ ...DAMAGE, change: 2 });
		await settle();
		expect(state.damage).toBe(DAMAGE);
		expect(state.status).toBe('ready');
	});

	it('says why there is no text to measure on', async () => {
		const { state, calls } = mount();
		await state.measure(sidesOf('a', 'b'), null, {
			name: 'prose',
			documents: () => Promise.reject(new Error('the text could not be fetched'))
		});
		expect(calls).toHaveLength(0);
		expect(state.status).toBe('error');
		expect(state.error).toBe('The text could not be fetched');
	});

	it('has no figures for a report where B stops with an error', async () => {
		const { state, calls } = mount();
		const pair = sidesOf('a', 'b');
		void state.measure(pair, 10, TEXT);
		await settle();
		calls[0].resolve({ outcome: 'crash', rows: 10, id: 11, document: 'one', byte: 3 });
		await settle();
		expect(state.damage?.outcome).toBe('crash');
		expect(state.findingsOf(pair)).toBeNull();
	});
});
