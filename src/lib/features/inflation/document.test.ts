import { expect, it } from 'vitest';
import { fakeLab, linksOf } from '../../../../tests/support/fake-lab';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { createInflationPage } from './page.svelte';

const PRERENDERED = { measures: {}, word: [] };

function setUp() {
	const { lab } = fakeLab();
	const page = createInflationPage(lab, PRERENDERED);
	return { costs: lab.costs, ...page, ...linksOf(page.document) };
}

useFakeTimers();

it('restores what another page wrote', async () => {
	const one = setUp();
	expect(await one.link()).toBe('');
	const shown = {
		...{ tokenizers: ['gpt2'], chosen: 'mya', script: 'Myanmar', log: false },
		...{ prompt: 64, model: 'Qwen3 8B', search: 'a b', price: 0.5 }
	};
	one.document.set(shown);
	const written = await one.link();
	// Typed text follows the #.
	expect(written).toMatch(/^\?t=gpt2&lang=mya&script=Myanmar.*#.*q=a\+b/);
	const other = setUp();
	await other.open(written);
	expect(other.document.problem).toBeNull();
	expect(other.value).toEqual({ ...other.document.defaults, ...shown });
	expect(other.costs.of('gpt2').price).toBe(0.5);
});

it('replaces every choice of a page, also by the default of a link', async () => {
	const { answers, document, value, open } = setUp();
	document.set({ tokenizers: ['gpt2', 'llama3'], detail: 'llama3', model: 'GPT-2 (124M)' });
	await open('?lang=fin');
	expect(value).toEqual({ ...document.defaults, chosen: 'fin' });
	expect(answers.detail).toBe('cl100k_base');
});

it('names every tokenizer if one sorts the rows, and never one that is no longer chosen', async () => {
	const { answers, document, value, open, link } = setUp();
	value.sort = 'o200k_base';
	expect(await link()).toBe('?t=cl100k_base,o200k_base&sort=o200k_base');
	document.set({ sort: 'cl100k_base', detail: 'cl100k_base' });
	expect(await link()).toBe('');
	value.sort = 'name';
	expect(await link()).toBe('?sort=name');
	document.set({ tokenizers: ['gpt2', 'llama3'], sort: 'llama3', detail: 'llama3' });
	expect(await link()).toBe('?t=gpt2,llama3&sort=llama3&in=llama3');
	value.tokenizers = ['gpt2'];
	expect([answers.sortedBy, answers.detail, await link()]).toEqual(['gpt2', 'gpt2', '?t=gpt2']);
	await open('?t=gpt2&sort=llama3&in=llama3');
	expect(value).toMatchObject({ sort: null, detail: null });
	expect(document.problem).toMatch(/name or one of its tokenizers.*one of its tokenizers/);
});

it('restores that a price and a window were removed', async () => {
	const { costs, document, open } = setUp();
	const cost = costs.of('gpt2');
	[cost.price, cost.window] = [3, 8192];
	await open('?t=gpt2&price=none&window=none');
	expect([cost.price, cost.window, document.problem]).toEqual([null, null, null]);
});
