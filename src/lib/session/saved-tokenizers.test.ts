import { describe, expect, it } from 'vitest';
import {
	SavedTokenizers,
	type TokenizerStore,
	type SavedTokenizer
} from './saved-tokenizers.svelte';

/** A database in memory that outlives its users. */
function memoryStore() {
	const stored = new Map<string, SavedTokenizer>();
	const store: TokenizerStore = {
		all: () => Promise.resolve([...stored.values()]),
		put: (tokenizer) => Promise.resolve(stored.set(tokenizer.id, tokenizer)),
		delete: (id) => Promise.resolve(stored.delete(id))
	};
	return { stored, open: () => Promise.resolve(store) };
}

const tokenizer = (name: string) => ({
	name,
	vocabularySize: 300,
	summary: 'GPT-2 pattern, 44 merges',
	file: Uint8Array.of(1, 2, 3)
});

describe('SavedTokenizers', () => {
	it('saves a tokenizer for the next visit', async () => {
		const { open } = memoryStore();
		const { id } = await new SavedTokenizers(open).save(tokenizer('mine'));
		const later = new SavedTokenizers(open);
		expect(later.find(id)).toBeUndefined();
		await later.load();
		expect(later.find(id)).toMatchObject({ name: 'mine', vocabularySize: 300 });
		expect(later.problem).toBeNull();
	});

	it('numbers a second one with the same name, and names one without a name', async () => {
		const own = new SavedTokenizers(memoryStore().open);
		for (const name of ['mine', 'mine', ' mine ', ' ']) await own.save(tokenizer(name));
		expect(own.list.map(({ name }) => name)).toEqual(['mine', 'mine 2', 'mine 3', 'trained']);
	});

	it('does not reuse an id, even for the same name', async () => {
		const own = new SavedTokenizers(memoryStore().open);
		const first = await own.save(tokenizer('mine'));
		await own.remove(first.id);
		expect(own.list).toEqual([]);
		const second = await own.save(tokenizer('mine'));
		expect(second.name).toBe('mine');
		expect(second.id).not.toBe(first.id);
	});

	it('deletes a removed tokenizer from the database', async () => {
		const { stored, open } = memoryStore();
		const own = new SavedTokenizers(open);
		const { id } = await own.save(tokenizer('mine'));
		await own.remove(id);
		expect(stored.size).toBe(0);
	});

	it('deselects a tokenizer on every page before it is removed', async () => {
		const own = new SavedTokenizers(memoryStore().open);
		const { id } = await own.save(tokenizer('mine'));
		await own.save(tokenizer('other'));
		const names: (string | undefined)[] = [];
		own.beforeRemoving((removed) => names.push(own.find(removed)?.name));
		await own.remove(id);
		expect(names).toEqual(['mine']);
		expect(own.find(id)).toBeUndefined();
	});

	it('works for this visit without a database, and says so', async () => {
		const own = new SavedTokenizers(() => Promise.reject(new Error('storage is off')));
		const { id } = await own.save(tokenizer('mine'));
		expect(own.find(id)?.name).toBe('mine');
		expect(own.problem).toContain('storage is off');
	});

	it('reports a full disk, and keeps the tokenizer for this visit', async () => {
		const own = new SavedTokenizers(() =>
			Promise.resolve({
				all: () => Promise.resolve([]),
				put: () => Promise.reject(new Error('quota exceeded')),
				delete: () => Promise.resolve()
			})
		);
		await own.save(tokenizer('mine'));
		expect(own.list).toHaveLength(1);
		expect(own.problem).toContain('quota exceeded');
	});
});
