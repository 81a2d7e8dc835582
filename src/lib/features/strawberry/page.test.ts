import { expect, it } from 'vitest';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { fakeWorkers } from '../../../../tests/support/fake-worker';
import { newTokenizer } from '../../../../tests/support/memory-store';
import { Lab } from '../../session/lab.svelte';
import { createStrawberryPage } from './page.svelte';

// What the fake workers leave unanswered ends with the test.
useFakeTimers();

/** The page of a lab with a saved tokenizer. */
async function setUp() {
	const lab = new Lab(fakeWorkers().spawn);
	const page = createStrawberryPage(lab, { word: 'berry', encodings: {}, traces: {} });
	const { id } = await lab.savedTokenizers.save(newTokenizer('mine'));
	return { lab, id, ...page };
}

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
	// Where it was not chosen, nothing changes.
	strawberry.setTokenizers(['gpt2']);
	const restoreAgain = await lab.savedTokenizers.remove(id);
	strawberry.setTokenizers(['llama2']);
	await restoreAgain();
	expect(strawberry.tokenizers).toEqual(['llama2']);
});
