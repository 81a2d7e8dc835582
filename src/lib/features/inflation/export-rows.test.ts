import { describe, expect, it } from 'vitest';
import { languageOf, measureOf } from '../../../../tests/support/inflation';
import { countMissing, exportedRows, rowsToCsv, rowsToJson } from './export-rows';
import { rowsOf } from './rows';

const LANGUAGES = [languageOf('eng', 'English'), languageOf('deu_1996', 'German, Standard (1996)')];
const A = new Map([
	['eng', measureOf(100)],
	['deu_1996', measureOf(150, { words: null })]
]);
const ROWS = rowsOf(LANGUAGES, [A, new Map()], 'eng', { tokenizer: 0 });
const exported = exportedRows(ROWS, ['a', 'b']);

describe('exported rows', () => {
	it('are the measured languages, as JSON', () => {
		expect(countMissing(ROWS)).toBe(2);
		expect(countMissing(rowsOf(LANGUAGES, [A], 'eng', 'name'))).toBe(0);
		const rows = JSON.parse(rowsToJson(exported)) as unknown[];
		expect(rows).toHaveLength(2);
		expect(rows[0]).toEqual({
			...{ tokenizer: 'a', language: 'deu_1996', bcp47: 'de', name: 'German, Standard (1996)' },
			...{ tokens: 150, bytes: 100, chars: 80, words: null, ratio: 1.5 }
		});
	});

	it('have no ratio if the tokenizer drops part of the text', () => {
		const of = new Map([...A, ['deu_1996', measureOf(9, { droppedBytes: 50 })]]);
		const rows = exportedRows(rowsOf(LANGUAGES, [of], 'eng', 'name'), ['a']);
		expect(rows.map(({ tokens, ratio }) => [tokens, ratio])).toEqual([
			[100, 1],
			[9, null]
		]);
		expect(rowsToCsv(rows)).toContain('(1996)",9,100,80,20,\r\n');
	});

	it('are a CSV whose names may contain commas', () => {
		expect(rowsToCsv(exported).split('\r\n')).toEqual([
			'tokenizer,language,bcp47,name,tokens,bytes,chars,words,ratio',
			'a,deu_1996,de,"German, Standard (1996)",150,100,80,,1.5',
			'a,eng,en,English,100,100,80,20,1',
			''
		]);
	});
});
