import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import { measuredDamage } from '../../../../../tests/support/fake-damage';
import { sidesOf } from '../../../../../tests/support/fake-drift';
import type { Damage } from '../../../drift/damage/types';
import { DamageState, type DamageQuestion } from './damage.svelte';

const DAMAGE = measuredDamage({ bitsPerByte: 3 });
const NOTES = [{ text: 'It is relative.', source: null }];
const prose = { id: 'prose', name: 'prose', documents: () => Promise.resolve([]) };
const code = { ...prose, id: 'code', name: 'code' };
const question: DamageQuestion = { sides: sidesOf('a', 'b'), rows: 128, text: prose };
const onCode: DamageQuestion = { ...question, text: code };
const OTHER = measuredDamage({ bitsPerByte: 4 });

function mount() {
	const { calls, method } = fakeCalls<'damage'>();
	const state = new DamageState({ damage: method }, NOTES);
	const ask = async (...questions: DamageQuestion[]) => {
		void state.measure(...questions);
		await settle();
	};
	/** Answers the last call. */
	const answer = async (damage: Damage = DAMAGE) => {
		calls.at(-1)?.resolve(damage);
		await settle();
	};
	return { state, calls, ask, answer };
}

it('measures when asked, with the sides, the rows and the documents', async () => {
	const { state, calls, ask, answer } = mount();
	expect(state.of(question)).toBeNull();
	const documents = [{ name: 'd', text: new Uint8Array(3) }];
	await ask({ ...question, text: { ...prose, documents: () => Promise.resolve(documents) } });
	expect(calls[0].params).toEqual({ ...question.sides, rows: 128, documents });
	calls[0].options.onprogress?.({ phase: 'measure', step: 'train', share: 0.5 });
	expect(state.progress).toMatchObject({ share: 0.5 });
	await answer();
	expect(state.status).toBe('ready');
	expect(state.of(question)).toBe(DAMAGE);
});

it.each<[string, DamageQuestion]>([
	['different sides', { ...question, sides: sidesOf('a', 'b') }],
	['a different number of rows', { ...question, rows: 256 }],
	['another text', onCode]
])('has no result for %s', async (_, other) => {
	const { state, ask, answer } = mount();
	await ask(question);
	await answer();
	expect(state.of(other)).toBeNull();
	expect(state.findingsOf([other])).toBeNull();
	// Looking at something else loses no result.
	state.follow(other);
	state.follow(question);
	expect(state.of(question)).toBe(DAMAGE);
});

it('measures several texts one after another, each readable as soon as it is done', async () => {
	const { state, calls, ask, answer } = mount();
	const stages = () => [question, onCode].map((asked) => state.stageOf(asked));
	expect(stages()).toEqual([null, null]);
	await ask(onCode, question);
	expect(stages()).toEqual(['waiting', 'measuring']);
	expect(calls).toHaveLength(1);
	calls[0].options.onprogress?.({ phase: 'measure', step: 'serve-b', share: 0.9 });
	expect(state.progress).toMatchObject({ share: 0.9 });
	await answer(OTHER);
	expect(state.status).toBe('loading');
	expect(stages()).toEqual(['measuring', null]);
	// The next text has not reported anything yet.
	expect(state.progress).toBeNull();
	expect(state.findingsOf([question, onCode])?.measurements).toHaveLength(1);
	await answer();
	expect(state.status).toBe('ready');
	expect(stages()).toEqual([null, null]);
	// In the order of the questions, with the caveats.
	expect(state.findingsOf([question, onCode])).toEqual({
		measurements: [
			{ corpus: 'prose', damage: DAMAGE },
			{ corpus: 'code', damage: OTHER }
		],
		notes: NOTES
	});
});

it('keeps finished results when it is stopped, and measures nothing more', async () => {
	const { state, calls, ask, answer } = mount();
	await ask(question, onCode, { ...question, text: { ...prose, id: 'third' } });
	await answer();
	state.stop();
	expect(calls[1].options.signal?.aborted).toBe(true);
	await answer(OTHER);
	expect(calls).toHaveLength(2);
	expect(state.of(question)).toBe(DAMAGE);
	expect([state.of(onCode), state.stageOf(onCode), state.status]).toEqual([null, null, 'idle']);
});

it('continues while all its questions are still asked, and stops once one of them is not', async () => {
	const { state, calls, ask, answer } = mount();
	await ask(question, onCode);
	state.follow({ ...question, rows: 256 }, { ...question, text: { ...prose } }, onCode);
	expect(calls[0].options.signal?.aborted).toBe(false);
	state.follow(question);
	expect([calls[0].options.signal?.aborted, state.status]).toEqual([true, 'idle']);
	await answer();
	expect(state.of(question)).toBeNull();
});

it('says why there is no text to measure on, until something else is shown', async () => {
	const { state, calls, ask } = mount();
	const gone = () => Promise.reject(new Error('the text could not be fetched'));
	await ask({ ...question, text: { ...prose, documents: gone } });
	expect(calls).toHaveLength(0);
	expect(state.error).toBe('The text could not be fetched');
	state.follow(onCode);
	expect(state.error).toBeNull();
});
