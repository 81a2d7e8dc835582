import { describe, expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { measureOf } from '../../../../tests/support/inflation';
import { OwnPair } from './pair.svelte';

const TEXTS = [
	{ name: 'English', text: 'in our houses' },
	{ name: 'Turkish', text: 'evlerimizde' }
];

function fakePair() {
	const { calls, method } = fakeCalls<'measureTexts'>();
	return { pair: new OwnPair(() => ({ measureTexts: method }), TEXTS), calls };
}

describe('OwnPair', () => {
	it('compares every text with the first', async () => {
		const { pair, calls } = fakePair();
		pair.follow('a');
		expect(calls[0].params.texts.map((text) => new TextDecoder().decode(text))).toEqual([
			'in our houses',
			'evlerimizde'
		]);
		calls[0].resolve({
			measures: [measureOf(3, { bytes: 13, chars: 13 }), measureOf(6, { bytes: 11, chars: 11 })]
		});
		await settle();
		expect(pair.lines.map(({ parts }) => parts?.ratio)).toEqual([1, 2]);
		expect(pair.answered).toEqual({ tokenizer: 'a', texts: TEXTS });
	});

	it('has no parts where a text is empty', async () => {
		const { pair, calls } = fakePair();
		pair.change(1, { text: '' });
		pair.follow('a');
		calls[0].resolve({ measures: [measureOf(3), measureOf(0, { bytes: 0, chars: 0 })] });
		await settle();
		expect(pair.lines[1].parts).toBeNull();
	});

	it('takes more texts, and keeps two at least', () => {
		const { pair } = fakePair();
		pair.add();
		expect(pair.texts.map(({ name }) => name)).toEqual(['English', 'Turkish', 'Text 3']);
		pair.remove(0);
		pair.remove(0);
		expect(pair.texts.map(({ name }) => name)).toEqual(['Turkish', 'Text 3']);
	});

	it('says what went wrong', async () => {
		const { pair, calls } = fakePair();
		pair.follow('a');
		calls[0].reject(new Error('no vocabulary'));
		await settle();
		expect(pair.problem).toBe('no vocabulary');
	});
});
