import { expect, it, onTestFinished, vi } from 'vitest';
import { connect } from './database';
import { KeptValues } from './kept-values';

async function storedAt(key: string) {
	const database = await connect()();
	const found = await database.get('kept', key);
	database.close();
	return found;
}
/** Waits until a value is stored, then reads it as another tab would. */
async function findElsewhere(key: string) {
	await vi.waitFor(async () => expect(await storedAt(key)).toBeDefined());
	return new KeptValues().find(key);
}

it.each(['', '\ufeffBOM', 'a\0b\r\n', 'half a pair \ud83d', 'é\u{1f600}'.repeat(50_000)])(
	'keeps %j to the code unit',
	async (text) => {
		expect(await findElsewhere(new KeptValues().keep(text).key)).toBe(text);
	}
);

it('keeps files with their names and types', async () => {
	const { key } = new KeptValues().keep([
		new File(['a corpus'], 'corpus.txt', { type: 'text/plain' })
	]);
	const [file] = (await findElsewhere(key)) as File[];
	expect([file.name, file.type, await file.text()]).toEqual([
		'corpus.txt',
		'text/plain',
		'a corpus'
	]);
});

it('stores the latest values only once each, and gives others other keys', async () => {
	const kept = new KeptValues();
	const { key, isStored } = kept.keep('one');
	expect(isStored).toBe(false);
	await vi.waitFor(() => expect(kept.keep('one')).toEqual({ key, isStored: true }));
	const files = [new File([], 'a')];
	expect(kept.keep(files).key).toBe(kept.keep(files).key);
	expect(kept.keep([...files]).key).not.toBe(kept.keep(files).key);
});

it('finds nothing under a key that it does not have', async () => {
	expect(await new KeptValues().find('none')).toBeUndefined();
});

it('deletes what is a day old when it stores a value', async () => {
	const database = await connect()();
	const hours = (count: number) => Date.now() - count * 60 * 60 * 1000;
	await database.put('kept', { key: 'old', saved: hours(25), value: 'old' });
	await database.put('kept', { key: 'recent', saved: hours(23), value: 'recent' });
	const { key } = new KeptValues().keep('new');
	await vi.waitFor(async () => expect(await database.get('kept', 'old')).toBeUndefined());
	expect(await database.get('kept', 'recent')).toBeDefined();
	expect(await database.get('kept', key)).toBeDefined();
	database.close();
});

it('works without storage, and says so', async () => {
	onTestFinished(() => void vi.restoreAllMocks());
	const warn = vi.spyOn(console, 'warn').mockReturnValue();
	vi.spyOn(indexedDB, 'open').mockImplementation(() => {
		throw new DOMException('denied', 'SecurityError');
	});
	const kept = new KeptValues();
	const { key } = kept.keep('lost');
	await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(1));
	expect(kept.keep('lost').isStored).toBe(false);
	expect(await kept.find(key)).toBeUndefined();
});
