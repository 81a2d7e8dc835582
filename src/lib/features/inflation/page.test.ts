import { describe, expect, it } from 'vitest';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { fakeWorkers } from '../../../../tests/support/fake-worker';
import { newTokenizer } from '../../../../tests/support/memory-store';
import { Lab } from '../../session/lab.svelte';
import { createInflationPage } from './page.svelte';

// What the fake workers leave unanswered ends with the test.
useFakeTimers();

const NOTHING = { measures: {}, word: [] };
const PRERENDERED = { ...NOTHING, tokenizer: 'cl100k_base', chosen: 'tur' };

/** The page of a lab whose rows are sorted by a saved tokenizer. */
async function setUp() {
	const lab = new Lab(fakeWorkers().spawn);
	const { view } = createInflationPage(lab, PRERENDERED);
	const { id } = await lab.savedTokenizers.save(newTokenizer('mine'));
	view.setTokenizers(['gpt2', id, 'llama2']);
	view.sortBy(id);
	const restore = await lab.savedTokenizers.remove(id);
	return { view, id, restore };
}

describe('deleting a saved tokenizer', () => {
	it('is undone exactly, but for what was chosen since', async () => {
		const { view, id, restore } = await setUp();
		expect([view.tokenizers, view.sortedBy]).toEqual([['gpt2', 'llama2'], 'gpt2']);
		await restore();
		expect([view.tokenizers, view.sortedBy]).toEqual([['gpt2', id, 'llama2'], id]);
		const other = await setUp();
		other.view.setTokenizers(['cl100k_base', 'llama2']);
		other.view.sortBy('llama2');
		await other.restore();
		expect(other.view.tokenizers).toEqual([other.id, 'cl100k_base', 'llama2']);
		expect(other.view.sortedBy).toBe('llama2');
	});
});
