import { describe, expect, it } from 'vitest';
import { LIVE_TOKENIZER } from '../tokenizers/catalogue';
import { KnownTokenizers } from './known-tokenizers.svelte';
import { SavedTokenizers } from './saved-tokenizers.svelte';

async function setUp() {
	const own = new SavedTokenizers(() => Promise.reject(new Error('off')));
	const kept = await own.save({
		name: 'mine',
		vocabularySize: 300,
		summary: 'GPT-2 pattern',
		file: new Uint8Array()
	});
	return { known: new KnownTokenizers(own), own, kept };
}

describe('KnownTokenizers', () => {
	it('knows the catalogue, what the user kept and the one trained on the spot', async () => {
		const { known, kept } = await setUp();
		for (const id of ['gpt2', kept.id, LIVE_TOKENIZER]) expect(known.has(id)).toBe(true);
		for (const id of ['gpt5', 'mine', 'own-0', '']) expect(known.has(id)).toBe(false);
	});

	it('calls the own ones by their name and the others by their id', async () => {
		const { known, kept } = await setUp();
		expect(known.nameOf(kept.id)).toBe('mine');
		expect(known.nameOf('gpt2')).toBe('gpt2');
	});

	it('offers the own ones first, to be deleted; the catalogue cannot be', async () => {
		const { known, own, kept } = await setUp();
		const [first, second] = known.picker.map(({ entry }) => entry);
		expect(first).toMatchObject({ id: kept.id, name: 'mine', removable: true });
		expect(second.id).toBe('gpt2');
		expect('removable' in second).toBe(false);
		expect(known.ids.slice(0, 2)).toEqual([kept.id, 'gpt2']);
		await own.remove(kept.id);
		expect(known.picker[0].entry.id).toBe('gpt2');
	});
});
