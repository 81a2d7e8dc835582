import { describe, expect, it, vi } from 'vitest';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { memoryStore, newTokenizer as tokenizer } from '../../../../tests/support/memory-store';
import { STORAGE_TIMEOUT_MS } from '../in-time';
import { completeTokenizer } from './saved-tokenizer';
import { SavedTokenizers } from './saved-tokenizers.svelte';
import type { TokenizerStore } from './saved-tokenizers.svelte';

/** The saved tokenizers as loaded on a later visit. */
async function reopened(open: () => Promise<TokenizerStore>) {
	const later = new SavedTokenizers(open);
	await later.load();
	return later;
}

it('saves a tokenizer for the next visit', async () => {
	const { open } = memoryStore();
	const { id } = await new SavedTokenizers(open).save(tokenizer('mine'));
	const later = await reopened(open);
	expect(later.find(id)).toMatchObject({ name: 'mine', vocabularySize: 300 });
	expect(later.problem).toBeNull();
});

it('numbers a second one with the same name, and names one without a name', async () => {
	const own = new SavedTokenizers(memoryStore().open);
	const names = ['mine', 'mine', ' mine ', ' ', 'a\u202eb'];
	for (const name of names) await own.save(tokenizer(name));
	const saved = own.list.map(({ name }) => name);
	expect(saved).toEqual(['mine', 'mine 2', 'mine 3', 'trained', 'ab']);
});

it('deletes a removed tokenizer from the database, and does not reuse its id', async () => {
	const { stored, open } = memoryStore();
	const own = new SavedTokenizers(open);
	const first = await own.save(tokenizer('mine'));
	await own.remove(first.id);
	expect([own.list, stored.size]).toEqual([[], 0]);
	const second = await own.save(tokenizer('mine'));
	expect(second.name).toBe('mine');
	expect(second.id).not.toBe(first.id);
});

it('puts a removed tokenizer back as it was, between the same neighbours', async () => {
	const { open } = memoryStore();
	const own = new SavedTokenizers(open);
	const saved = [];
	for (const name of ['first', 'second', 'third']) saved.push(await own.save(tokenizer(name)));
	const restore = await own.remove(saved[1].id);
	await own.save(tokenizer('fourth'));
	await restore();
	expect(own.list.map(({ name }) => name)).toEqual(['first', 'second', 'third', 'fourth']);
	expect(own.list[1]).toEqual(saved[1]);
	const later = await reopened(open);
	expect(later.list).toEqual(own.list);
});

it('offers to undo a removal before the database has answered', async () => {
	const stored = memoryStore();
	const own = new SavedTokenizers(async () => ({
		...(await stored.open()),
		delete: () => new Promise(() => undefined)
	}));
	const { id } = await own.save(tokenizer('mine'));
	const restore = await own.remove(id);
	expect(own.list).toEqual([]);
	await restore();
	expect(own.find(id)?.name).toBe('mine');
});

it('keeps an id from an earlier visit, unless it was used in this one or is no id of a saved tokenizer', async () => {
	const own = new SavedTokenizers(memoryStore().open);
	const save = async (id: string) => (await own.save({ ...tokenizer('mine'), id })).id;
	expect(await save('own-12345678')).toBe('own-12345678');
	await own.remove('own-12345678');
	// Workers may have cached the tables of the first one.
	expect(await save('own-12345678')).not.toBe('own-12345678');
	expect(await save('gpt2')).toMatch(/^own-/);
});

it('knows where a tokenizer comes from', async () => {
	const own = new SavedTokenizers(memoryStore().open);
	await own.save(tokenizer('mine'));
	const files = ['tokenizer.json'];
	await own.save({ ...tokenizer(''), origin: { kind: 'files', files }, size: 5000 });
	expect(own.list.map(({ name, origin, size }) => [name, origin, size])).toEqual([
		['mine', { kind: 'trained' }, 3],
		['imported', { kind: 'files', files }, 5000]
	]);
});

it('deselects a tokenizer on every page before it is removed, and selects it again', async () => {
	const own = new SavedTokenizers(memoryStore().open);
	const { id } = await own.save(tokenizer('mine'));
	await own.save(tokenizer('other'));
	const names: (string | undefined)[] = [];
	own.beforeRemoving((removed) => {
		names.push(own.find(removed)?.name);
		return () => names.push(`${own.find(removed)?.name} again`);
	});
	own.beforeRemoving(() => undefined);
	const restore = await own.remove(id);
	expect(names).toEqual(['mine']);
	expect(own.find(id)).toBeUndefined();
	await restore();
	expect(names).toEqual(['mine', 'mine again']);
});

it('adds to what is known about a tokenizer, for later visits too', async () => {
	const { open } = memoryStore();
	const own = new SavedTokenizers(open);
	const saved = await own.save(tokenizer('mine'));
	await own.update(saved.id, { identity: 'Identical to gpt2.' });
	const expected = { ...saved, identity: 'Identical to gpt2.' };
	expect(own.list).toEqual([expected]);
	const later = await reopened(open);
	expect(later.list).toEqual([expected]);
	await own.remove(saved.id);
	await own.update(saved.id, { identity: null });
	expect(own.list).toEqual([]);
});

it('renames a tokenizer in its place; a name that is taken gets a number, and an empty one is ignored', async () => {
	const { open } = memoryStore();
	const own = new SavedTokenizers(open);
	const { id } = await own.save(tokenizer('first'));
	await own.save(tokenizer('second'));
	for (const [name, expected] of [
		[' new ', 'new'],
		['new', 'new'],
		['second', 'second 2'],
		[' ', 'second 2'],
		// Removes characters that would reorder the surrounding text.
		['c\u2066\td', 'c d']
	]) {
		await own.rename(id, name);
		expect(own.list.map(({ name }) => name)).toEqual([expected, 'second']);
	}
	const later = await reopened(open);
	expect(later.find(id)?.name).toBe('c d');
});

it.each([
	['storage is off', () => Promise.reject(new Error('storage is off'))],
	['quota exceeded', fullStore]
])(
	'works for this visit without a database or with a full one, and says so: %s',
	async (reason, open) => {
		const own = new SavedTokenizers(open);
		const { id } = await own.save(tokenizer('mine'));
		expect(own.find(id)?.name).toBe('mine');
		expect(own.problem).toContain(reason);
	}
);

async function fullStore(): Promise<TokenizerStore> {
	const put = () => Promise.reject(new Error('quota exceeded'));
	return { ...(await memoryStore().open()), put };
}

describe('two tabs', () => {
	async function openTabs() {
		const { stored, open } = memoryStore();
		const deleted: { name: string; restore: () => Promise<void> }[] = [];
		const tabs = [
			new SavedTokenizers(open),
			new SavedTokenizers(open, (name, restore) => deleted.push({ name, restore }))
		];
		for (const tab of tabs) await tab.load();
		return { stored, tabs, deleted };
	}

	it('show what the other one saves, adds and renames', async () => {
		const { tabs } = await openTabs();
		const [one, other] = tabs;
		const { id } = await one.save(tokenizer('mine'));
		await vi.waitFor(() => expect(other.find(id)?.name).toBe('mine'));
		await other.rename(id, 'yours');
		await vi.waitFor(() => expect(one.find(id)?.name).toBe('yours'));
		await one.update(id, { identity: 'Identical to gpt2.' });
		await vi.waitFor(() => expect(other.list).toEqual(one.list));
	});

	it('lose what the other one deletes on their pages too, and can put it back for both', async () => {
		const { stored, tabs, deleted } = await openTabs();
		const [one, other] = tabs;
		const saved = await one.save(tokenizer('mine'));
		await vi.waitFor(() => expect(other.list).toHaveLength(1));
		const deselected: string[] = [];
		other.beforeRemoving((id) => {
			deselected.push(id);
			return () => deselected.pop();
		});
		await one.remove(saved.id);
		await vi.waitFor(() => expect(other.list).toEqual([]));
		expect([deselected, deleted[0].name]).toEqual([[saved.id], 'mine']);
		await deleted[0].restore();
		await vi.waitFor(() => expect(one.list).toEqual([saved]));
		expect([deselected, other.list, [...stored.keys()]]).toEqual([[], [saved], [saved.id]]);
	});
});

describe('a database that does not answer', () => {
	useFakeTimers();

	/** A database that opens when the test tells it to, and contains a tokenizer from an earlier visit. */
	function silentStore() {
		const { stored, open } = memoryStore();
		stored.set('own-0', completeTokenizer({ ...tokenizer('earlier'), id: 'own-0', saved: 1 }));
		let answer: () => void = () => undefined;
		let fail: (error: Error) => void = () => undefined;
		const opening = new Promise<TokenizerStore>((resolve, reject) => {
			answer = () => resolve(open());
			fail = reject;
		});
		return { stored, own: new SavedTokenizers(() => opening), answer, fail };
	}
	const problem = expect.stringContaining('this browser’s storage') as string;

	it('is waited for only briefly, and its tokenizers appear when it answers', async () => {
		const { own, answer } = silentStore();
		const loaded = own.load();
		await vi.advanceTimersByTimeAsync(STORAGE_TIMEOUT_MS);
		await loaded;
		expect([own.list, own.problem]).toEqual([[], problem]);
		answer();
		await vi.waitFor(() => expect(own.problem).toBeNull());
		expect(own.list.map(({ name }) => name)).toEqual(['earlier']);
	});

	it('gets what was saved meanwhile', async () => {
		const { own, stored, answer } = silentStore();
		const saving = own.save(tokenizer('mine'));
		await vi.advanceTimersByTimeAsync(2 * STORAGE_TIMEOUT_MS);
		const { id } = await saving;
		expect(own.list.map(({ name }) => name)).toEqual(['mine']);
		expect(own.problem).toEqual(problem);
		answer();
		await vi.waitFor(() => expect(own.problem).toBeNull());
		expect(own.list.map(({ name }) => name)).toEqual(['earlier', 'mine']);
		expect(stored.get(id)?.name).toBe('mine');
	});

	it('reports why it cannot be opened, even late', async () => {
		const { own, fail } = silentStore();
		const loaded = own.load();
		await vi.advanceTimersByTimeAsync(STORAGE_TIMEOUT_MS);
		await loaded;
		fail(new Error('blocked'));
		await vi.waitFor(() => expect(own.problem).toContain('(blocked)'));
	});

	it('leaves no timer behind when it answers in time', async () => {
		await new SavedTokenizers(memoryStore().open).load();
		expect(vi.getTimerCount()).toBe(0);
	});
});
