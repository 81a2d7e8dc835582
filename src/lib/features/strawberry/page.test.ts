import { describe, expect, it } from 'vitest';
import { fakeWorkers } from '../../../../tests/support/fake-worker';
import { Lab } from '../../session/lab.svelte';
import { createStrawberryPage } from './page.svelte';

const OWN = { name: 'mine', vocabularySize: 300, summary: 'GPT-2 pattern', file: new Uint8Array() };

/** The page of a lab with a saved tokenizer. */
async function setUp() {
	const lab = new Lab(fakeWorkers().spawn);
	const page = createStrawberryPage(lab, { word: 'berry', encodings: {}, traces: {} });
	const { id } = await lab.savedTokenizers.save(OWN);
	return { lab, id, ...page };
}

describe('deleting a saved tokenizer', () => {
	it('is undone for the cards and the merges, and keeps what was chosen since', async () => {
		const { lab, id, strawberry, mergesPair } = await setUp();
		lab.compare.setTokenizers(['gpt2', id, 'llama2']);
		strawberry.setTokenizers(['gpt2', 'cl100k_base', id]);
		mergesPair.setTokenizer(0, id);
		mergesPair.setTokenizer(1, id);
		const restore = await lab.savedTokenizers.remove(id);
		expect(strawberry.tokenizers).toEqual(['gpt2', 'cl100k_base']);
		expect(mergesPair.tokenizers).not.toContain(id);
		// A link replaces all.
		lab.compare.setTokenizers(['o200k_base', 'llama2']);
		strawberry.setTokenizers(['cl100k_base', 'qwen3']);
		mergesPair.setTokenizer(1, 'qwen3');
		await restore();
		expect(lab.compare.tokenizers).toEqual([id, 'o200k_base', 'llama2']);
		expect(strawberry.tokenizers).toEqual(['cl100k_base', id, 'qwen3']);
		expect(mergesPair.tokenizers).toEqual([id, 'qwen3']);
	});

	it('changes nothing on a page that had not chosen it, and neither does undoing', async () => {
		const { lab, id, strawberry, mergesPair } = await setUp();
		const before = mergesPair.tokenizers;
		const restore = await lab.savedTokenizers.remove(id);
		lab.compare.setTokenizers(['gpt2']);
		strawberry.setTokenizers(['gpt2']);
		await restore();
		expect(lab.compare.tokenizers).toEqual(['gpt2']);
		expect(strawberry.tokenizers).toEqual(['gpt2']);
		expect(mergesPair.tokenizers).toEqual(before);
	});
});
