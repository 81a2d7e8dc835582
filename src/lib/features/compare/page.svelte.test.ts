import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { encoded } from '../../../../tests/support/fake-calls';
import { fakeLab } from '../../../../tests/support/fake-lab';
import { pass, useFakeTimers } from '../../../../tests/support/fake-timers';
import { createComparePage } from './page.svelte';

useFakeTimers();

it('asks only while it is shown, and nothing about the prerendered text', async () => {
	const { lab, requests } = fakeLab();
	lab.tokenizers = ['gpt2'];
	const { text, document } = lab.input;
	const results = { gpt2: encoded(document.length) };
	const { follow } = lab.page(createComparePage, () => ({
		text,
		results,
		merges: 9,
		opinions: {}
	}));
	const show = () =>
		$effect.root(() => {
			$effect(follow);
		});
	const change = async (to: string, tokenizers: readonly string[]) => {
		lab.input.text = to;
		lab.tokenizers = tokenizers;
		flushSync();
		await pass();
	};
	/** Tokenizers asked, each with the length of its text. */
	const asked = () =>
		requests()
			.map(({ params }) => params as { tokenizer: string; text: Uint8Array })
			.map(({ tokenizer, text }) => `${tokenizer} ${text.length}`)
			.toSorted();
	let hide = show();
	await change(text, ['gpt2']);
	expect(asked()).toEqual([]);
	await change('a', ['gpt2']);
	expect(asked()).toEqual(['gpt2 1']);
	hide();
	await change('ab', ['llama3']);
	expect(asked()).toEqual(['gpt2 1']);
	hide = show();
	await change('abc', ['llama3', 'qwen3']);
	expect(asked()).toEqual(['gpt2 1', 'llama3 3', 'qwen3 3']);
	hide();
});
