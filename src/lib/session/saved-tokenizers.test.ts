import { describe, expect, it } from 'vitest';
import {
	SavedTokenizers,
	type TokenizerStore,
	type SavedTokenizer
} from './saved-tokenizers.svelte';

/** A database in memory that outlives the state over it. */
function memoryStore() {
	const kept = new Map<string, SavedTokenizer>();
	const store: TokenizerStore = {
		all: () => Promise.resolve([...kept.values()]),
		put: (tokenizer) => Promise.resolve(kept.set(tokenizer.id, tokenizer)),
		delete: (id) => Promise.resolve(kept.delete(id))
	};
	return { kept, open: () => Promise.resolve(store) };
}

const tokenizer = (name: string) => ({
	name,
	vocabularySize: 300,
	summary: 'GPT-2 pattern, 44 merges',
	file: Uint8Array.of(1, 2, 3)
});

describe('SavedTokenizers', () => {
	it('keeps a tokenizer for the next visit', async () => {
		const { open } = memoryStore();
		const { id } = await new SavedTokenizers(open).save(tokenizer('mine'));
		const later = new SavedTokenizers(open);
		expect(later.find(id)).toBeUndefined();
		await later.load();
		expect(later.find(id)).toMatchObject({ name: 'mine', vocabularySize: 300 });
		expect(later.problem).toBeNull();
	});

	it('gives a second one of the same name a number, and one without a name a name', async () => {
		const own = new SavedTokenizers(memoryStore().open);
		for (const name of ['mine', 'mine', ' mine ', ' ']) await own.save(tokenizer(name));
		expect(own.list.map(({ name }) => name)).toEqual(['mine', 'mine 2', 'mine 3', 'trained']);
	});

	it('does not use an id again, though the name is', async () => {
		const own = new SavedTokenizers(memoryStore().open);
		const first = await own.save(tokenizer('mine'));
		await own.remove(first.id);
		expect(own.list).toEqual([]);
		const second = await own.save(tokenizer('mine'));
		expect(second.name).toBe('mine');
		expect(second.id).not.toBe(first.id);
	});

	it('forgets what is removed', async () => {
		const { kept, open } = memoryStore();
		const own = new SavedTokenizers(open);
		const { id } = await own.save(tokenizer('mine'));
		await own.remove(id);
		expect(kept.size).toBe(0);
	});

	it('has whoever chose it let it go first, while its name is still known', async () => {
		const own = new SavedTokenizers(memoryStore().open);
		const { id } = await own.save(tokenizer('mine'));
		await own.save(tokenizer('other'));
		const names: (string | undefined)[] = [];
		own.beforeRemoving((removed) => names.push(own.find(removed)?.name));
		await own.remove(id);
		expect(names).toEqual(['mine']);
		expect(own.find(id)).toBeUndefined();
	});

	it('works for this visit where nothing can be kept, and says so', async () => {
		const own = new SavedTokenizers(() => Promise.reject(new Error('storage is off')));
		const { id } = await own.save(tokenizer('mine'));
		expect(own.find(id)?.name).toBe('mine');
		expect(own.problem).toContain('storage is off');
	});

	it('says so when the disk is full, and loses nothing of this visit', async () => {
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
