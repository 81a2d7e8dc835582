import { describe, expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { measureOf } from '../../../../tests/support/inflation';
import { OwnPair, MAX_PAIR_UNITS } from './pair.svelte';

const TEXTS = [
	{ name: 'English', text: 'in our houses' },
	{ name: 'Turkish', text: 'evlerimizde' }
];

function fakePair() {
	const { calls, method } = fakeCalls<'measureTexts'>();
	return { pair: new OwnPair({ measureTexts: method }, TEXTS), calls };
}

describe('OwnPair', () => {
	it('compares every text with the first', async () => {
		const { pair, calls } = fakePair();
		pair.follow(['a', 'b']);
		expect(calls.map(({ params }) => params.tokenizer)).toEqual(['a', 'b']);
		expect(calls[0].params.texts.map((text) => new TextDecoder().decode(text))).toEqual([
			'in our houses',
			'evlerimizde'
		]);
		calls[0].resolve({
			measures: [measureOf(3, { bytes: 13, chars: 13 }), measureOf(6, { bytes: 11, chars: 11 })]
		});
		await settle();
		expect(pair.lines).toEqual([]);
		calls[1].resolve({ measures: [measureOf(3), measureOf(1, { droppedBytes: 9 })] });
		await settle();
		const ratios = pair.lines.map(({ tokenizer, cells }) => [
			tokenizer,
			cells.map(({ parts }) => parts?.ratio)
		]);
		// What a tokenizer drops is never cheap.
		expect(ratios).toEqual([
			['a', [1, 2]],
			['b', [1, undefined]]
		]);
		expect(pair.lines[1].cells.map(({ dropped }) => dropped)).toEqual([false, true]);
		expect(pair.answered).toBe(TEXTS);
	});

	it('has no parts where a text is empty, and says which is', async () => {
		const { pair, calls } = fakePair();
		pair.change(1, { text: '' });
		expect(pair.empty).toEqual(['Turkish']);
		pair.follow(['a']);
		calls[0].resolve({ measures: [measureOf(3), measureOf(0, { bytes: 0, chars: 0 })] });
		await settle();
		expect(pair.lines[0].cells[1].parts).toBeNull();
		pair.change(0, { name: ' ', text: '' });
		expect(pair.empty).toEqual(['text 1', 'Turkish']);
	});

	it('takes more texts, and keeps two at least', () => {
		const { pair } = fakePair();
		pair.add();
		expect(pair.texts.map(({ name }) => name)).toEqual(['English', 'Turkish', 'Text 3']);
		pair.remove(0);
		pair.remove(0);
		expect(pair.texts.map(({ name }) => name)).toEqual(['Turkish', 'Text 3']);
	});

	it('measures no part of a text that is too long, and says which is', async () => {
		const { pair, calls } = fakePair();
		pair.follow(['a']);
		calls[0].resolve({ measures: [measureOf(3), measureOf(6)] });
		await settle();
		expect(pair.lines).toHaveLength(1);
		pair.change(0, { text: 'a'.repeat(MAX_PAIR_UNITS + 1) });
		pair.follow(['a']);
		expect([pair.tooLong, pair.lines, calls.length]).toEqual([['English'], [], 1]);
		pair.change(0, { text: 'a'.repeat(MAX_PAIR_UNITS) });
		pair.follow(['a']);
		expect([pair.tooLong, calls.length]).toEqual([[], 2]);
	});

	it('says what went wrong, until it goes well', async () => {
		const { pair, calls } = fakePair();
		pair.follow(['a']);
		calls[0].reject(new Error('no vocabulary'));
		await settle();
		expect(pair.problem).toBe('No vocabulary');
		pair.follow(['a']);
		calls[1].resolve({ measures: [measureOf(3), measureOf(6)] });
		await settle();
		expect([pair.problem, pair.lines.length]).toEqual([null, 1]);
	});
});
