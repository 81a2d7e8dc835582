import { describe, expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import { measuredDamage } from '../../../../../tests/support/fake-damage';
import { sidesOf } from '../../../../../tests/support/fake-drift';
import { DamageState, type DamageQuestion } from './damage.svelte';

const DAMAGE = measuredDamage({ bitsPerByte: 3 });
const NOTES = [{ text: 'It is relative.', source: null }];
const prose = { id: 'prose', name: 'prose', documents: () => Promise.resolve([]) };
const code = { ...prose, id: 'code', name: 'code' };
const question: DamageQuestion = { sides: sidesOf('a', 'b'), rows: 128, text: prose };

function mount() {
	const damage = fakeCalls<'damage'>();
	const state = new DamageState({ damage: damage.method }, NOTES);
	/** Measures and answers. */
	const measure = async (asked: DamageQuestion, answer = DAMAGE) => {
		void state.measure(asked);
		await settle();
		damage.calls.at(-1)?.resolve(answer);
		await settle();
	};
	return { state, calls: damage.calls, measure };
}

describe('DamageState', () => {
	it('measures when asked, with the sides, the rows and the documents', async () => {
		const { state, calls } = mount();
		const documents = [{ name: 'd', text: new Uint8Array(3) }];
		void state.measure({
			...question,
			text: { ...prose, documents: () => Promise.resolve(documents) }
		});
		await settle();
		expect(calls[0].params).toEqual({ ...question.sides, rows: 128, documents });
		calls[0].options.onprogress?.({ phase: 'measure', step: 'train', share: 0.5 });
		expect(state.progress).toMatchObject({ share: 0.5 });
		calls[0].resolve(DAMAGE);
		await settle();
		expect(state.status).toBe('ready');
		expect(state.of(question)).toMatchObject({ damage: DAMAGE, here: true });
	});

	it.each<[string, DamageQuestion]>([
		['different sides', { ...question, sides: sidesOf('a', 'c') }],
		['a different number of rows', { ...question, rows: 256 }],
		['another text', { ...question, text: code }]
	])('has no result for %s', async (_, other) => {
		const { state, measure } = mount();
		await measure(question);
		expect(state.of(other)).toBeNull();
		expect(state.of(question)?.damage).toBe(DAMAGE);
		// Looking at something else loses no result.
		state.follow(other);
		state.follow(question);
		expect(state.of(question)?.damage).toBe(DAMAGE);
	});

	it('gives a report all results for its questions, in their order, with the caveats', async () => {
		const { state, measure } = mount();
		const other = measuredDamage({ bitsPerByte: 4 });
		const onCode = { ...question, text: code };
		await measure(onCode, other);
		expect(state.findingsOf([question, onCode])?.measurements).toHaveLength(1);
		await measure(question);
		expect(state.findingsOf([question, onCode])).toEqual({
			measurements: [
				{ corpus: 'prose', damage: DAMAGE },
				{ corpus: 'code', damage: other }
			],
			notes: NOTES
		});
		expect(state.findingsOf([{ ...question, rows: null }])).toBeNull();
		expect(state.findingsOf([{ ...question, sides: sidesOf('a', 'b') }])).toBeNull();
		expect(state.findingsOf([])).toBeNull();
	});

	it('measures several texts one after another, each readable as soon as it is done', async () => {
		const { state, calls } = mount();
		const onCode = { ...question, text: code };
		const stages = () => [question, onCode].map((asked) => state.stageOf(asked));
		expect(stages()).toEqual([null, null]);
		void state.measure(question, onCode);
		await settle();
		expect(stages()).toEqual(['measuring', 'waiting']);
		expect(calls).toHaveLength(1);
		calls[0].options.onprogress?.({ phase: 'measure', step: 'serve-b', share: 0.9 });
		expect(state.progress).toMatchObject({ share: 0.9 });
		calls[0].resolve(DAMAGE);
		await settle();
		expect(state.status).toBe('loading');
		expect(state.of(question)?.damage).toBe(DAMAGE);
		expect(stages()).toEqual([null, 'measuring']);
		// The next text has not reported anything yet.
		expect(state.progress).toBeNull();
		const other = measuredDamage({ bitsPerByte: 4 });
		calls[1].resolve(other);
		await settle();
		expect(state.status).toBe('ready');
		expect(state.of(onCode)?.damage).toBe(other);
		expect(stages()).toEqual([null, null]);
	});

	it('keeps finished results when it is stopped, and measures nothing more', async () => {
		const { state, calls } = mount();
		const onCode = { ...question, text: code };
		void state.measure(question, onCode, { ...question, text: { ...prose, id: 'third' } });
		await settle();
		calls[0].resolve(DAMAGE);
		await settle();
		state.stop();
		calls[1].resolve(measuredDamage());
		await settle();
		expect(calls).toHaveLength(2);
		expect(state.of(question)?.damage).toBe(DAMAGE);
		expect(state.of(onCode)).toBeNull();
		expect(state.stageOf(onCode)).toBeNull();
		expect(state.status).toBe('idle');
	});

	it('continues while all its questions are still asked, and stops once one of them is not', async () => {
		const { state, calls } = mount();
		const onCode = { ...question, text: code };
		void state.measure(question, onCode);
		await settle();
		state.follow({ ...question, rows: 256 }, question, onCode);
		expect(calls[0].options.signal?.aborted).toBe(false);
		state.follow(question);
		expect(calls[0].options.signal?.aborted).toBe(true);
	});

	it('reports a model that stops with an error', async () => {
		const { state, calls } = mount();
		void state.measure(question);
		await settle();
		const crash = { outcome: 'crash', rows: 128, id: 200, document: 'one', byte: 3 } as const;
		calls[0].resolve(crash);
		await settle();
		expect(state.findingsOf([question])?.measurements).toEqual([
			{ corpus: 'prose', damage: crash }
		]);
	});

	it('cancels a measurement of something that is no longer shown', async () => {
		const { state, calls } = mount();
		void state.measure(question);
		await settle();
		state.follow({ ...question, text: { ...prose } });
		expect(calls[0].options.signal?.aborted).toBe(false);
		state.follow({ ...question, rows: null });
		expect(calls[0].options.signal?.aborted).toBe(true);
		expect(state.status).toBe('idle');
		calls[0].resolve(DAMAGE);
		await settle();
		expect(state.of(question)).toBeNull();
	});

	it('can be stopped, and keeps earlier results', async () => {
		const { state, calls, measure } = mount();
		await measure(question);
		void state.measure(question);
		await settle();
		state.stop();
		expect(calls[1].options.signal?.aborted).toBe(true);
		calls[1].resolve(measuredDamage());
		await settle();
		expect(state.of(question)?.damage).toBe(DAMAGE);
		expect(state.status).toBe('idle');
	});

	it('says why there is no text to measure on, until something else is shown', async () => {
		const { state, calls } = mount();
		const gone = () => Promise.reject(new Error('the text could not be fetched'));
		await state.measure({ ...question, text: { ...prose, documents: gone } });
		expect(calls).toHaveLength(0);
		expect(state.error).toBe('The text could not be fetched');
		state.follow({ ...question, text: code });
		expect(state.error).toBeNull();
	});

	it('marks a prerendered result as measured elsewhere until it is measured here', async () => {
		const calls = fakeCalls<'damage'>();
		const first = { question, damage: DAMAGE };
		const state = new DamageState({ damage: calls.method }, NOTES, first);
		expect(state.of(question)).toMatchObject({ here: false });
		void state.measure(question);
		await settle();
		calls.calls[0].resolve(DAMAGE);
		await settle();
		expect(state.of(question)).toMatchObject({ here: true });
	});
});
