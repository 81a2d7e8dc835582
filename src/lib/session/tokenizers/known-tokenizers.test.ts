import { expect, it } from 'vitest';
import { LIVE_TOKENIZER } from '../../tokenizers/catalogue';
import { KnownTokenizers } from './known-tokenizers.svelte';
import { SavedTokenizers } from './saved-tokenizers.svelte';

async function setUp() {
	const tokenizers = new SavedTokenizers(() => Promise.reject(new Error('off')));
	const saved = await tokenizers.save({
		name: 'mine',
		vocabularySize: 300,
		summary: 'GPT-2 pattern',
		file: new Uint8Array()
	});
	return { known: new KnownTokenizers(tokenizers), tokenizers, saved };
}

it('knows the catalogue, the saved tokenizers and the live one', async () => {
	const { known, saved } = await setUp();
	for (const id of ['gpt2', saved.id, LIVE_TOKENIZER]) expect(known.has(id)).toBe(true);
	for (const id of ['gpt5', 'mine', 'own-0', '']) expect(known.has(id)).toBe(false);
	expect([known.nameOf(saved.id), known.nameOf('gpt2')]).toEqual(['mine', 'gpt2']);
});

it('lists the saved tokenizers first', async () => {
	const { known, tokenizers, saved } = await setUp();
	const [first, second] = known.picker.map(({ entry }) => entry);
	expect(first).toMatchObject({ id: saved.id, name: 'mine', family: 'Trained here' });
	expect(second.id).toBe('gpt2');
	expect(known.ids.slice(0, 2)).toEqual([saved.id, 'gpt2']);
	await tokenizers.remove(saved.id);
	expect(known.picker[0].entry.id).toBe('gpt2');
	await tokenizers.save({ ...saved, origin: { kind: 'files', files: ['a.json'] } });
	expect(known.picker[0].entry.family).toBe('Opened from a file');
});

it('knows all but the live one for pages that do not offer it, and the same problem', async () => {
	const { known, saved } = await setUp();
	const finished = known.withoutLive();
	const offered = ['gpt2', saved.id, LIVE_TOKENIZER].filter((id) => finished.has(id));
	expect(offered).toEqual(['gpt2', saved.id]);
	expect(finished.problem).toContain('cannot save tokenizers (off)');
});
