import { expect, it } from 'vitest';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { fakeWorkers } from '../../../../tests/support/fake-worker';
import { newTokenizer } from '../../../../tests/support/memory-store';
import { smallRanks } from '../../../../tests/support/small-specs';
import { createTokenizer } from '../../engine';
import { Lab } from '../../session/lab.svelte';
import { createStrawberryPage } from './page.svelte';
import { FIRST_TRACED_TOKENIZER } from '../../session/documents/strawberry';
import { traceWord } from './word-trace';

// What the fake workers leave unanswered ends with the test.
useFakeTimers();

/** The page of a lab with a saved tokenizer. */
async function setUp() {
	const lab = new Lab(fakeWorkers().spawn);
	const trace = traceWord(createTokenizer(smallRanks()), 'berry');
	const page = createStrawberryPage(lab, { word: 'berry', encodings: {}, trace });
	const { id } = await lab.savedTokenizers.save(newTokenizer('mine'));
	return { lab, id, ...page };
}

it('is undone for the cards and the merges, and keeps what was chosen since', async () => {
	const { lab, id, strawberry, tracing } = await setUp();
	lab.shared.setTokenizers(['gpt2', id, 'llama2']);
	strawberry.setTokenizers(['gpt2', 'cl100k_base', id]);
	tracing.setTokenizer(id);
	const restore = await lab.savedTokenizers.remove(id);
	expect(strawberry.tokenizers).toEqual(['gpt2', 'cl100k_base']);
	expect(tracing.tokenizer).toBe(FIRST_TRACED_TOKENIZER);
	// A link replaces all.
	lab.shared.setTokenizers(['o200k_base', 'llama2']);
	strawberry.setTokenizers(['cl100k_base', 'qwen3']);
	await restore();
	expect(lab.shared.tokenizers).toEqual([id, 'o200k_base', 'llama2']);
	expect(strawberry.tokenizers).toEqual(['cl100k_base', id, 'qwen3']);
	expect(tracing.tokenizer).toBe(id);
	// Where it was not chosen, or another was chosen since, nothing changes.
	strawberry.setTokenizers(['gpt2']);
	const restoreAgain = await lab.savedTokenizers.remove(id);
	strawberry.setTokenizers(['llama2']);
	tracing.setTokenizer('qwen3');
	await restoreAgain();
	expect(strawberry.tokenizers).toEqual(['llama2']);
	expect(tracing.tokenizer).toBe('qwen3');
});
