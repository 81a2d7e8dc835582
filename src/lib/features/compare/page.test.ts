import { expect, it } from 'vitest';
import { encoded } from '../../../../tests/support/fake-calls';
import { fakeLab } from '../../../../tests/support/fake-lab';
import { pass, useFakeTimers } from '../../../../tests/support/fake-timers';
import { encodeUtf8 } from '../../engine/text';
import { createComparePage, keepLatest } from './page.svelte';

useFakeTimers();

it('asks nothing until it is shown, and then about the text as it is', async () => {
	const { lab, requests } = fakeLab();
	const results = { gpt2: encoded(lab.input.document.length) };
	const page = createComparePage(lab, { text: lab.input.text, results, merges: 9 });
	lab.input.text = 'one';
	lab.tokenizers = ['gpt2', 'llama3'];
	page.value.special = 'parse';
	lab.input.text = 'two';
	await pass();
	expect(requests()).toEqual([]);
	page.follow();
	await pass();
	const asked = { text: encodeUtf8('two'), special: 'parse' };
	expect(requests().map(({ params }) => params)).toEqual([
		{ tokenizer: 'gpt2', ...asked },
		{ tokenizer: 'llama3', ...asked }
	]);
});

it('gives the value before while another is awaited', () => {
	const latest = keepLatest<number | null>();
	expect(latest(true, () => null)).toBeNull();
	expect(latest(false, () => 1)).toBe(1);
	expect(latest(true, () => 2)).toBe(1);
	expect(latest(false, () => null)).toBeNull();
	expect(latest(true, () => 4)).toBeNull();
});
