import { describe, expect, it } from 'vitest';
import { languageOf, measureOf } from '../../../../tests/support/inflation';
import {
	CachedMeasures,
	MAX_CACHED_TOKENIZERS,
	type MeasureRecord,
	type MeasureStore
} from './cached-measures';

const LANGUAGES = [languageOf('eng', 'English'), languageOf('shn', 'Shan')];
const MEASURES = new Map([
	['eng', measureOf(40, { words: 0, oneTokenWords: 0, fallbackBytes: 3, droppedBytes: 2 })],
	['shn', measureOf(90, { words: null, oneTokenWords: null })]
]);

/** A database in memory that outlives what is over it. */
function fakeStore() {
	const records = new Map<string, MeasureRecord>();
	const store: MeasureStore = {
		get: (key) => Promise.resolve(records.get(key)),
		put: (record) => Promise.resolve(records.set(record.key, structuredClone(record))),
		delete: (key) => Promise.resolve(records.delete(key)),
		keys: () =>
			Promise.resolve([...records.values()].sort((a, b) => a.used - b.used).map(({ key }) => key))
	};
	let time = 0;
	const visit = (languages = LANGUAGES) =>
		new CachedMeasures(
			(id) => Promise.resolve(`key of ${id}`),
			languages,
			() => Promise.resolve(store),
			() => ++time
		);
	return { records, visit };
}

describe('CachedMeasures', () => {
	it('gives a later visit what was measured, by what determines it', async () => {
		const { records, visit } = fakeStore();
		await visit().write('a', MEASURES);
		expect([...records.keys()]).toEqual(['key of a']);
		expect(await visit().read('a')).toEqual(MEASURES);
		expect(await visit().read('b')).toEqual(new Map());
	});

	it.each([
		['texts that are others now', [languageOf('eng', 'English', { bytes: 101 }), LANGUAGES[1]]],
		['texts of other characters', [languageOf('eng', 'English', { chars: 81 }), LANGUAGES[1]]],
		['a language that is gone', [LANGUAGES[0]]]
	])('throws away measures of %s', async (_, languages) => {
		const { records, visit } = fakeStore();
		await visit().write('a', MEASURES);
		expect(await visit(languages).read('a')).toEqual(new Map());
		expect(records.size).toBe(0);
	});

	it('is empty where a record is none of ours', async () => {
		const { records, visit } = fakeStore();
		records.set('key of a', { key: 'key of a', used: 1 } as MeasureRecord);
		expect(await visit().read('a')).toEqual(new Map());
	});

	it('keeps a bounded number of tokenizers, those used last', async () => {
		const { records, visit } = fakeStore();
		const cached = visit();
		for (let i = 0; i < MAX_CACHED_TOKENIZERS; i++) await cached.write(`t${i}`, MEASURES);
		await cached.read('t0');
		await cached.write('one more', MEASURES);
		expect(records.size).toBe(MAX_CACHED_TOKENIZERS);
		expect(records.has('key of t0')).toBe(true);
		expect(records.has('key of t1')).toBe(false);
	});

	it('is empty, and no trouble, where the browser keeps nothing', async () => {
		const refuse = () => Promise.reject(new DOMException('No.', 'SecurityError'));
		const closed = new CachedMeasures(() => Promise.resolve('key'), LANGUAGES, refuse);
		const keyless = new CachedMeasures(() => Promise.resolve(null), LANGUAGES, refuse);
		for (const cached of [closed, keyless]) {
			await cached.write('a', MEASURES);
			expect(await cached.read('a')).toEqual(new Map());
		}
	});
});
