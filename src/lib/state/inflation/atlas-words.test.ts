import { describe, expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { measureOf } from '../../../../tests/support/inflation';
import { Atlas } from './atlas.svelte';
import { atlasWords } from './atlas-words';

describe('atlasWords', () => {
	it('tells what is waited for, what is left, and how long it took', async () => {
		const { calls, method } = fakeCalls<'measureLanguages'>();
		let time = 0;
		const atlas = new Atlas(
			() => ({ measureLanguages: method }),
			{},
			() => time
		);
		expect(atlasWords(atlas, ['a'])).toEqual({ busy: null, done: null });
		atlas.want(['a', 'b'], ['eng', 'tur']);
		expect(atlasWords(atlas, ['a', 'b']).busy).toBe('Measuring: 4 texts left …');
		calls[1].options.onprogress?.({ phase: 'prepare' });
		expect(atlasWords(atlas, ['a', 'b']).busy).toBe('Preparing the vocabulary …');
		time = 840;
		for (const { resolve } of calls) resolve({ measures: [measureOf(1), measureOf(2)] });
		await settle();
		expect(atlasWords(atlas, ['a', 'b'])).toEqual({
			busy: null,
			done: 'Measured now, here: 4 texts in 0.8 s.'
		});
	});
});
