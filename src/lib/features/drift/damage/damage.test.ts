import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import { measuredDamage } from '../../../../../tests/support/fake-damage';
import { sidesOf } from '../../../../../tests/support/fake-drift';
import type { Damage, DamageDocument } from '../../../drift/damage/types';
import type { LinkedDiff } from '../../../session/documents/diff';
import { DamageState } from './damage.svelte';

const DAMAGE = measuredDamage({ bitsPerByte: 3 });
const OTHER = measuredDamage({ bitsPerByte: 4 });
const NOTES = [{ text: 'It is relative.', source: null }];
const DIFF: LinkedDiff = { sides: sidesOf('a', 'b'), rows: 128 };

function mount(documents = (): Promise<DamageDocument[]> => Promise.resolve([])) {
	const { calls, method } = fakeCalls<'damage'>();
	const texts = ['prose', 'code', 'languages'].map((name) => ({ name, documents }));
	const state = new DamageState({ damage: method }, texts, NOTES);
	const ask = async (diff = DIFF) => {
		void state.measure(diff);
		await settle();
	};
	/** Answers the last call. */
	const answer = async (damage: Damage = DAMAGE) => {
		calls.at(-1)?.resolve(damage);
		await settle();
	};
	return { state, calls, ask, answer };
}

it('measures when asked, text by text, each readable as soon as it is done', async () => {
	const documents = [{ name: 'd', text: new Uint8Array(3) }];
	const { state, calls, ask, answer } = mount(() => Promise.resolve(documents));
	expect([state.of(DIFF), state.findingsOf(DIFF)]).toEqual([[], null]);
	await ask();
	expect(calls[0].params).toEqual({ ...DIFF.sides, rows: 128, documents });
	calls[0].options.onprogress?.({ phase: 'measure', step: 'train', share: 0.5 });
	expect(state.progress).toMatchObject({ share: 0.5 });
	await answer();
	expect([state.status, state.of(DIFF)]).toEqual(['loading', [DAMAGE]]);
	// The next text hasn't reported any progress yet.
	expect([calls.length, state.progress]).toEqual([2, null]);
	await answer(OTHER);
	await answer();
	expect(state.status).toBe('ready');
	expect(state.findingsOf(DIFF)).toEqual({
		measurements: [
			{ corpus: 'prose', damage: DAMAGE },
			{ corpus: 'code', damage: OTHER },
			{ corpus: 'languages', damage: DAMAGE }
		],
		notes: NOTES
	});
});

it('keeps finished results when it is stopped, and measures the rest later', async () => {
	const { state, calls, ask, answer } = mount();
	await ask();
	await answer();
	state.stop();
	expect(calls[1].options.signal?.aborted).toBe(true);
	await answer(OTHER);
	expect([calls.length, state.of(DIFF), state.status]).toEqual([2, [DAMAGE], 'idle']);
	await ask();
	await answer(OTHER);
	expect(state.of(DIFF)).toEqual([DAMAGE, OTHER]);
});

it.each<[string, LinkedDiff]>([
	['other sides', { ...DIFF, sides: sidesOf('a', 'b') }],
	['another number of rows', { ...DIFF, rows: 256 }]
])('stops and has no result for %s', async (_, other) => {
	const { state, calls, ask, answer } = mount();
	await ask();
	state.follow({ ...DIFF });
	expect(calls[0].options.signal?.aborted).toBe(false);
	await answer();
	state.follow(other);
	expect([calls[1].options.signal?.aborted, state.status]).toEqual([true, 'idle']);
	expect([state.of(other), state.findingsOf(other)]).toEqual([[], null]);
	expect(state.of(DIFF)).toEqual([DAMAGE]);
});

it('says why there is no text to measure on, until something else is shown', async () => {
	const { state, calls, ask } = mount(() =>
		Promise.reject(new Error('the text could not be fetched'))
	);
	await ask();
	expect(calls).toHaveLength(0);
	expect(state.error).toBe('The text could not be fetched');
	state.follow({ ...DIFF, rows: 256 });
	expect(state.error).toBeNull();
});
