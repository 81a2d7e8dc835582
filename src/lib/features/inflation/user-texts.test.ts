import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { measureOf } from '../../../../tests/support/inflation';
import type { TextMeasure } from '../../languages/types';
import {
	compareUserTexts,
	MAX_USER_TEXT_UNITS,
	UserTexts,
	userTextsRows
} from './user-texts.svelte';

const TEXTS = [
	{ name: 'English', text: 'in our houses' },
	{ name: 'Turkish', text: 'evlerimizde' }
];

function fakeUserTexts() {
	const { calls, method } = fakeCalls<'measureUserTexts'>();
	const userTexts = new UserTexts({ measureUserTexts: method }, TEXTS);
	/** Measures in one tokenizer, with this answer. */
	const measure = async (...measures: TextMeasure[]) => {
		userTexts.measure(['a']);
		calls.at(-1)?.resolve({ measures });
		await settle();
	};
	const names = () => userTexts.texts.map(({ name }) => name);
	return { userTexts, calls, measure, names };
}

it('compares every text with the first', async () => {
	const { userTexts, calls } = fakeUserTexts();
	userTexts.measure(['a', 'b']);
	expect(calls.map(({ params }) => params.tokenizer)).toEqual(['a', 'b']);
	expect(calls[0].params.texts.map((text) => new TextDecoder().decode(text))).toEqual([
		'in our houses',
		'evlerimizde'
	]);
	calls[0].resolve({ measures: [measureOf(3), measureOf(6)] });
	await settle();
	expect(userTexts.results).toEqual([]);
	calls[1].resolve({ measures: [measureOf(3), measureOf(1, { droppedBytes: 9 })] });
	await settle();
	const tokenRows = userTextsRows(userTexts.results, (id) => id).slice(2);
	// A dropped text must not look cheap.
	expect(tokenRows.map(({ key, cells }) => [key, ...cells.map(({ ratio }) => ratio)])).toEqual([
		['a', 1, 2],
		['b', 1, null]
	]);
	expect(tokenRows[1].cells.map(({ dropped }) => dropped)).toEqual([false, true]);
	expect(userTexts.measuredNames).toEqual(['English', 'Turkish']);
});

it('removes added texts again, but none that was changed since, and keeps other edits', () => {
	const { userTexts } = fakeUserTexts();
	userTexts.add([{ name: 'a.txt', text: 'a' }])();
	expect(userTexts.changed).toBe(false);
	const added = ['a', 'b'].map((text) => ({ name: `${text}.txt`, text }));
	const remove = userTexts.add(added);
	expect(userTexts.changed).toBe(true);
	userTexts.change(1, { text: 'edited' });
	userTexts.change(3, { text: 'b and more' });
	remove();
	expect(userTexts.texts).toEqual([
		TEXTS[0],
		{ name: 'Turkish', text: 'edited' },
		{ name: 'b.txt', text: 'b and more' }
	]);
});

it('adds and removes texts, keeps at least two, and puts one back at its place', () => {
	const { userTexts, names } = fakeUserTexts();
	userTexts.add();
	const [removed] = userTexts.texts;
	userTexts.remove(0);
	userTexts.remove(0);
	expect(names()).toEqual(['Turkish', 'Text 3']);
	userTexts.change(0, { text: 'edited' });
	userTexts.insert(0, removed);
	expect(userTexts.texts).toEqual([
		TEXTS[0],
		{ name: 'Turkish', text: 'edited' },
		{ name: 'Text 3', text: '' }
	]);
});

it('has no parts if a text is empty, and names it', async () => {
	const { userTexts, measure } = fakeUserTexts();
	userTexts.change(1, { text: '' });
	expect(userTexts.empty).toEqual(['Turkish']);
	await measure(measureOf(3), measureOf(0, { bytes: 0, chars: 0 }));
	expect(compareUserTexts(userTexts.results[0], ['one', 'two'])).toHaveLength(1);
	userTexts.change(0, { name: ' ', text: '' });
	expect(userTexts.empty).toEqual(['text 1', 'Turkish']);
});

it('measures nothing if a text is too long, and names it', async () => {
	const { userTexts, calls, measure } = fakeUserTexts();
	await measure(measureOf(3), measureOf(6));
	expect(userTexts.results).toHaveLength(1);
	userTexts.change(0, { text: 'a'.repeat(MAX_USER_TEXT_UNITS + 1) });
	userTexts.measure(['a']);
	expect([userTexts.tooLong, userTexts.results, calls.length]).toEqual([['English'], [], 1]);
	userTexts.change(0, { text: 'a'.repeat(MAX_USER_TEXT_UNITS) });
	userTexts.measure(['a']);
	expect([userTexts.tooLong, calls.length]).toEqual([[], 2]);
});

const resultOf = (tokenizer: string, ...measures: TextMeasure[]) => ({ tokenizer, measures });
const short = (tokens: number, chars: number, bytes: number) =>
	measureOf(tokens, { chars, bytes, words: 1, oneTokenWords: 0 });

it('has characters and bytes once, then the tokens of each tokenizer', () => {
	const results = [
		resultOf('a', short(4, 10, 10), short(6, 5, 15)),
		resultOf('b', short(2, 10, 10), short(5, 5, 15))
	];
	const rows = userTextsRows(results, (id) => id.toUpperCase());
	expect(rows.map(({ name, cells }) => [name, ...cells.map(({ count }) => count)])).toEqual([
		['characters', 10, 5],
		['bytes', 10, 15],
		['A', 4, 6],
		['B', 2, 5]
	]);
	expect(rows.map(({ cells }) => cells[1].ratio)).toEqual([0.5, 1.5, 1.5, 2.5]);
	expect(userTextsRows([], (id) => id)).toEqual([]);
});

it('has no ratios for an empty text', () => {
	const [empty, full] = [short(0, 0, 0), short(2, 7, 7)];
	for (const result of [resultOf('a', full, empty), resultOf('a', empty, full)]) {
		const rows = userTextsRows([result], (id) => id);
		expect(rows.map(({ cells }) => cells[1].ratio)).toEqual([null, null, null]);
	}
});

it('compares the texts that have a premium', () => {
	const result = resultOf('a', short(4, 10, 10), short(0, 0, 0), short(6, 5, 15));
	const rows = compareUserTexts(result, ['one', 'two', 'three']);
	expect(rows.map(({ name, parts }) => [name, parts.premium])).toEqual([
		['one', 1],
		['three', 1.5]
	]);
});
