import { expect, it } from 'vitest';
import { fakeLab } from '../../../../tests/support/fake-lab';
import { prerenderedWord } from '../../../../tests/support/fake-strawberry';
import { pass, useFakeTimers } from '../../../../tests/support/fake-timers';
import { newTokenizer } from '../../../../tests/support/memory-store';
import { FIRST_TRACED_TOKENIZER, STRAWBERRY_FIELDS } from '../../session/documents/strawberry';
import { createComparePage } from '../compare/page.svelte';
import { createStrawberryPage } from './page.svelte';

useFakeTimers();

it('asks nothing until it is shown', async () => {
	const { lab, requests } = fakeLab();
	const { tokenizers } = STRAWBERRY_FIELDS;
	const { strawberry, tracing, value, takeOver } = createStrawberryPage(
		lab,
		prerenderedWord('berry', tokenizers.default)
	);
	lab.input.text = 'a text';
	lab.tokenizers = ['gpt2', 'llama3'];
	takeOver();
	expect(value.tokenizers).toEqual(['gpt2', 'llama3']);
	Object.assign(value, { tracedTokenizer: 'gpt2', form: 'sentence' });
	await pass();
	expect(requests()).toEqual([]);
	strawberry.follow(value.tokenizers);
	tracing.follow(strawberry.word);
	await pass();
	expect(requests().map(({ method, params }) => [method, params])).toMatchObject([
		['splitVariants', { tokenizer: 'llama3' }],
		['traceWord', { tokenizer: 'gpt2', text: 'The berry' }]
	]);
});

it('undoes that a tokenizer is deleted for the cards and the merges, and keeps what was chosen since', async () => {
	const { lab } = fakeLab();
	const { document, value } = createStrawberryPage(lab, prerenderedWord('berry'));
	createComparePage(lab, { text: '', results: {}, merges: 0, opinions: {} });
	const { id } = await lab.savedTokenizers.save(newTokenizer('mine'));
	lab.tokenizers = ['gpt2', id, 'llama2'];
	document.set({ tokenizers: ['gpt2', 'cl100k_base', id], tracedTokenizer: id });
	const restore = await lab.savedTokenizers.remove(id);
	expect(value.tokenizers).toEqual(['gpt2', 'cl100k_base']);
	expect(value.tracedTokenizer).toBe(FIRST_TRACED_TOKENIZER);
	// A link replaces them all.
	lab.tokenizers = ['o200k_base', 'llama2'];
	value.tokenizers = ['cl100k_base', 'qwen3'];
	await restore();
	expect(lab.tokenizers).toEqual([id, 'o200k_base', 'llama2']);
	expect(value.tokenizers).toEqual(['cl100k_base', id, 'qwen3']);
	expect(value.tracedTokenizer).toBe(id);
	// Nothing changes where it wasn't selected or the selection has changed since.
	value.tokenizers = ['gpt2'];
	const restoreAgain = await lab.savedTokenizers.remove(id);
	document.set({ tokenizers: ['llama2'], tracedTokenizer: 'qwen3' });
	await restoreAgain();
	expect(value).toMatchObject({ tokenizers: ['llama2'], tracedTokenizer: 'qwen3' });
});
