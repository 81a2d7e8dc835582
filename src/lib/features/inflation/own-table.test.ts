import { describe, expect, it } from 'vitest';
import { measureOf } from '../../../../tests/support/inflation';
import { decompose } from '../../languages/decompose';
import type { TextMeasure } from '../../languages/types';
import { ownLines, ownParts } from './own-table';
import type { PairLine } from './pair.svelte';

const lineOf = (tokenizer: string, measures: readonly TextMeasure[]): PairLine => ({
	tokenizer,
	cells: measures.map((measure) => ({
		measure,
		parts: decompose(measure, measures[0]),
		dropped: measure.droppedBytes > 0
	}))
});
const short = (tokens: number, chars: number, bytes: number) =>
	measureOf(tokens, { chars, bytes, words: 1, oneTokenWords: 0 });

describe('ownLines', () => {
	it('gives characters and bytes once, then the tokens of each tokenizer', () => {
		const texts = (first: number, second: number) => [short(first, 10, 10), short(second, 5, 15)];
		const lines = ownLines([lineOf('a', texts(4, 6)), lineOf('b', texts(2, 5))], (id) =>
			id.toUpperCase()
		);
		expect(lines.map(({ what, cells }) => [what, ...cells.map(({ count }) => count)])).toEqual([
			['characters', 10, 5],
			['bytes', 10, 15],
			['A', 4, 6],
			['B', 2, 5]
		]);
		expect(lines.map(({ cells }) => cells[1].ratio)).toEqual([0.5, 1.5, 1.5, 2.5]);
	});

	it('has no ratio where a text is empty, of its size neither', () => {
		const [empty, full] = [short(0, 0, 0), short(2, 7, 7)];
		for (const measures of [
			[full, empty],
			[empty, full]
		]) {
			const lines = ownLines([lineOf('a', measures)], (id) => id);
			expect(lines.map(({ cells }) => cells[1].ratio)).toEqual([null, null, null]);
		}
	});

	it('is empty before anything is measured', () => {
		expect(ownLines([], (id) => id)).toEqual([]);
	});
});

it('explains the texts that have a ratio', () => {
	const line = lineOf('a', [short(4, 10, 10), short(0, 0, 0), short(6, 5, 15)]);
	const rows = ownParts(line, ['one', 'two', 'three']);
	expect(rows.map(({ name, parts }) => [name, parts.ratio])).toEqual([
		['one', 1],
		['three', 1.5]
	]);
});
