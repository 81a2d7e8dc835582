import { describe, expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { earlierOf, measureOf } from '../../../../tests/support/inflation';
import { Atlas } from './atlas.svelte';
import { atlasWords } from './atlas-words';

describe('atlasWords', () => {
	it('tells what is waited for, what is left, and how long it took', async () => {
		const { calls, method } = fakeCalls<'measureLanguages'>();
		let time = 0;
		const atlas = new Atlas({ measureLanguages: method }, {}, { now: () => time });
		const words = (ids: string[]) => atlasWords(atlas, ids, (id) => id.toUpperCase());
		expect(words(['a'])).toEqual({ busy: null, done: null });
		atlas.want(['a', 'b'], ['eng', 'tur']);
		expect(words(['a', 'b']).busy).toBe('Measuring: 4 texts left …');
		calls[1].options.onprogress?.({ phase: 'prepare' });
		expect(words(['a', 'b']).busy).toBe('Preparing the vocabulary …');
		time = 840;
		for (const { resolve } of calls) resolve({ measures: [measureOf(1), measureOf(2)] });
		await settle();
		expect(words(['a', 'b'])).toEqual({
			busy: null,
			done: 'Measured now, here: 4 texts in 0.8 s.'
		});
	});

	it('says after a stop how far it came, each tokenizer where they differ', async () => {
		const { calls, method } = fakeCalls<'measureLanguages'>();
		const atlas = new Atlas({ measureLanguages: method }, {});
		const done = () => atlasWords(atlas, ['a', 'b'], (id) => id.toUpperCase()).done;
		const codes = Array.from({ length: 60 }, (_, i) => `l${i}`);
		const answer = async (call: number) => {
			calls[call].resolve({ measures: calls[call].params.codes.map(() => measureOf(1)) });
			await settle();
		};
		atlas.want(['a', 'b'], codes);
		atlas.stop();
		expect(done()).toBe('Stopped: 0 of 60 languages are measured.');
		atlas.resume();
		await answer(2);
		atlas.stop();
		expect(done()).toBe('Stopped. Measured of 60 languages: 48 in A and 0 in B.');
	});

	it('says what is from an earlier visit', async () => {
		const { calls, method } = fakeCalls<'measureLanguages'>();
		const earlier = earlierOf({ a: { eng: measureOf(3) } });
		const atlas = new Atlas({ measureLanguages: method }, {}, { earlier, now: () => 0 });
		const done = () => atlasWords(atlas, ['a'], (id) => id).done;
		atlas.want(['a'], ['eng']);
		await settle();
		expect(done()).toBe('1 measured here on an earlier visit.');
		atlas.want(['a'], ['eng', 'tur']);
		calls[0].resolve({ measures: [measureOf(1)] });
		await settle();
		expect(done()).toBe(
			'Measured now, here: 1 text in 0.1 s. 1 measured here on an earlier visit.'
		);
	});
});
