import { describe, expect, it } from 'vitest';
import { fakeWorkers } from '../../../../tests/support/fake-worker';
import { prerender } from '../../../tools/prerender';
import { Lab } from '../../session/lab.svelte';
import { createInflationPage } from './page.svelte';
import { prerenderInflation } from './prerender';

const OWN = { name: 'mine', vocabularySize: 300, summary: 'GPT-2 pattern', file: new Uint8Array() };

/** The page of a lab whose rows are sorted by a saved tokenizer. */
async function setUp() {
	const lab = new Lab(fakeWorkers().spawn);
	const { view } = createInflationPage(lab, prerender(prerenderInflation));
	const { id } = await lab.savedTokenizers.save(OWN);
	view.setTokenizers(['gpt2', id, 'llama2']);
	view.sortBy(id);
	const restore = await lab.savedTokenizers.remove(id);
	return { view, id, restore };
}

describe('deleting a saved tokenizer', () => {
	it('is undone exactly', async () => {
		const { view, id, restore } = await setUp();
		expect([view.tokenizers, view.sortedBy]).toEqual([['gpt2', 'llama2'], 'gpt2']);
		await restore();
		expect([view.tokenizers, view.sortedBy]).toEqual([['gpt2', id, 'llama2'], id]);
	});

	it('keeps what was chosen since when it is undone', async () => {
		const { view, id, restore } = await setUp();
		view.setTokenizers(['cl100k_base', 'llama2']);
		view.sortBy('llama2');
		await restore();
		expect([view.tokenizers, view.sortedBy]).toEqual([[id, 'cl100k_base', 'llama2'], 'llama2']);
	});
});
