import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { languageOf, measureOf } from '../../../../tests/support/inflation';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { Measurer, prepareText } from '../../languages/measure';
import {
	keyOfTokenizer,
	MAX_CACHED_TOKENIZERS,
	MEASURE_EDITION,
	MeasureCache,
	measureKey,
	type MeasureRecord,
	type MeasureStore
} from './measure-cache';

const LANGUAGES = [languageOf('eng', 'English'), languageOf('shn', 'Shan')];
const MEASURES = new Map([
	['eng', measureOf(40, { words: 0, oneTokenWords: 0, fallbackBytes: 3, droppedBytes: 2 })],
	['shn', measureOf(90, { words: null, oneTokenWords: null })]
]);

/** A database in memory that outlives a visit. */
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
		new MeasureCache(
			(id) => Promise.resolve(`key of ${id}`),
			languages,
			() => Promise.resolve(store),
			() => ++time
		);
	return { records, visit };
}

it('gives a later visit what was measured, under the same key', async () => {
	const { records, visit } = fakeStore();
	await visit().write('a', MEASURES);
	expect([...records.keys()]).toEqual(['key of a']);
	expect(await visit().read('a')).toEqual(MEASURES);
	expect(await visit().read('b')).toEqual(new Map());
	records.set('key of b', { key: 'key of b', used: 1 } as MeasureRecord);
	expect(await visit().read('b')).toEqual(new Map());
});

const [english, shan] = LANGUAGES;
it.each([
	['different texts', [{ ...english, bytes: 101 }, shan]],
	['texts with different characters', [{ ...english, chars: 81 }, shan]],
	['a language that no longer exists', [english]]
])('deletes measures of %s', async (_, languages) => {
	const { records, visit } = fakeStore();
	await visit().write('a', MEASURES);
	expect(await visit(languages).read('a')).toEqual(new Map());
	expect(records.size).toBe(0);
});

it('keeps the most recently used tokenizers', async () => {
	const { records, visit } = fakeStore();
	const cached = visit();
	for (let i = 0; i < MAX_CACHED_TOKENIZERS; i++) await cached.write(`t${i}`, MEASURES);
	await cached.read('t0');
	await cached.write('one more', MEASURES);
	expect(records.size).toBe(MAX_CACHED_TOKENIZERS);
	expect(records.has('key of t0')).toBe(true);
	expect(records.has('key of t1')).toBe(false);
});

it('is empty, without an error, if the browser stores nothing', async () => {
	const refuse = () => Promise.reject(new DOMException('No.', 'SecurityError'));
	const closed = new MeasureCache(() => Promise.resolve('key'), LANGUAGES, refuse);
	const keyless = new MeasureCache(() => Promise.resolve(null), LANGUAGES, refuse);
	for (const cached of [closed, keyless]) {
		await cached.write('a', MEASURES);
		expect(await cached.read('a')).toEqual(new Map());
	}
});

const texts = '/_app/immutable/assets/all.b_YRK6ne.bin';
const vocabulary = '/lab/_app/immutable/assets/gpt2.Xm874qzK.bin';

it('names the texts by the hash of their file, and the tokenizer by that of its vocabulary or file', async () => {
	expect(await measureKey(vocabulary, texts)).toBe(
		`${MEASURE_EDITION} all.b_YRK6ne.bin gpt2.Xm874qzK.bin`
	);
	const key = (file: string) => measureKey(new TextEncoder().encode(file), texts);
	const hash = createHash('sha256').update('spec').digest('hex');
	expect(await key('spec')).toBe(`${MEASURE_EDITION} all.b_YRK6ne.bin ${hash}`);
	expect(await key('spec2')).not.toContain(hash);
	// Names have no hash on the development server and in these tests, or the tokenizer is unknown.
	expect(await keyOfTokenizer('gpt2', undefined)).toBeNull();
	expect(await measureKey(vocabulary, '/all.bin')).toBeNull();
	expect(await measureKey(undefined, texts)).toBeNull();
});

it('measures the same under one edition', () => {
	const tokenizer = packedTokenizer('gpt2');
	const text = 'Zoë’s fine house – één 😀';
	const measure = new Measurer(tokenizer).measure(prepareText(text), tokenizer.encode(text));
	// Z, o, ë, two bytes of ’ and its third, s, fine, house, –, é, én, three bytes of 😀 and its fourth.
	// If the measure changes, raise the edition, then write the new measure here.
	expect([MEASURE_EDITION, measure]).toEqual([
		2,
		{
			...{ tokens: 13, bytes: 34, chars: 24, words: 4 },
			...{ oneTokenWords: 2, fallbackBytes: 2, droppedBytes: 0, partTokens: null }
		}
	]);
});
