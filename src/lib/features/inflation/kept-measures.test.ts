import { describe, expect, it } from 'vitest';
import { languageOf, measureOf } from '../../../../tests/support/inflation';
import { KeptMeasures, MOST_KEPT } from './kept-measures';
import type { KeptColumn, MeasureStore } from './measure-store';

const LANGUAGES = [languageOf('eng', 'English'), languageOf('shn', 'Shan')];
const MEASURES = new Map([
	['eng', measureOf(40, { words: 0, oneTokenWords: 0, fallbackBytes: 3, lostBytes: 2 })],
	['shn', measureOf(90, { words: null, oneTokenWords: null })]
]);

/** A database in memory that outlives what is over it. */
function fakeStore() {
	const columns = new Map<string, KeptColumn>();
	const store: MeasureStore = {
		get: (key) => Promise.resolve(columns.get(key)),
		put: (column) => Promise.resolve(columns.set(column.key, column)),
		delete: (key) => Promise.resolve(columns.delete(key)),
		keys: () =>
			Promise.resolve([...columns.values()].sort((a, b) => a.used - b.used).map(({ key }) => key))
	};
	let time = 0;
	const visit = (languages = LANGUAGES) =>
		new KeptMeasures(
			() => Promise.resolve(store),
			(id) => Promise.resolve(`key of ${id}`),
			languages,
			() => ++time
		);
	return { columns, visit };
}

describe('KeptMeasures', () => {
	it('gives a later visit what was measured, by what determines it', async () => {
		const { columns, visit } = fakeStore();
		await visit().write('a', MEASURES);
		expect([...columns.keys()]).toEqual(['key of a']);
		expect(await visit().read('a')).toEqual(MEASURES);
		expect(await visit().read('b')).toEqual(new Map());
	});

	it.each<[string, (column: KeptColumn) => unknown]>([
		[
			'a number that changed',
			(c) => ({ ...c, figures: c.figures.map((n, i) => (i === 0 ? n + 1 : n)) })
		],
		['a code that changed', (c) => ({ ...c, codes: ['shn', 'eng'] })],
		['a number that is missing', (c) => ({ ...c, figures: c.figures.slice(1) })],
		['something else', () => 'what is this'],
		['another kind of array', (c) => ({ ...c, figures: [...c.figures] })]
	])('throws away %s', async (_, damage) => {
		const { columns, visit } = fakeStore();
		await visit().write('a', MEASURES);
		const [[key, column]] = columns;
		columns.set(key, damage(column) as KeptColumn);
		expect(await visit().read('a')).toEqual(new Map());
		expect(columns.size).toBe(0);
	});

	it('throws away measures of texts that are others now', async () => {
		const { columns, visit } = fakeStore();
		await visit().write('a', MEASURES);
		const longer = [languageOf('eng', 'English', { bytes: 101 }), LANGUAGES[1]];
		expect(await visit(longer).read('a')).toEqual(new Map());
		expect(columns.size).toBe(0);
	});

	it('keeps a bounded number of tokenizers, those used last', async () => {
		const { columns, visit } = fakeStore();
		const kept = visit();
		for (let i = 0; i < MOST_KEPT; i++) await kept.write(`t${i}`, MEASURES);
		await kept.read('t0');
		await kept.write('one more', MEASURES);
		expect(columns.size).toBe(MOST_KEPT);
		expect(columns.has('key of t0')).toBe(true);
		expect(columns.has('key of t1')).toBe(false);
	});

	it('is empty, and no trouble, where the browser keeps nothing', async () => {
		const refuse = () => Promise.reject(new DOMException('No.', 'SecurityError'));
		const closed = new KeptMeasures(refuse, () => Promise.resolve('key'), LANGUAGES);
		const keyless = new KeptMeasures(refuse, () => Promise.resolve(null), LANGUAGES);
		for (const kept of [closed, keyless]) {
			await kept.write('a', MEASURES);
			expect(await kept.read('a')).toEqual(new Map());
		}
	});
});
