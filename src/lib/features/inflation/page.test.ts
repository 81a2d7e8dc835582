import { expect, it } from 'vitest';
import { fakeLab } from '../../../../tests/support/fake-lab';
import { measureOf } from '../../../../tests/support/inflation';
import { pass, useFakeTimers } from '../../../../tests/support/fake-timers';
import { newTokenizer } from '../../../../tests/support/memory-store';
import { DEFAULT_TOKENIZERS } from '../../tokenizers/catalogue';
import { createInflationPage } from './page.svelte';

useFakeTimers();

function setUp() {
	const fake = fakeLab();
	const prerendered = { measures: {}, word: [] };
	return { ...fake, ...createInflationPage(fake.lab, prerendered) };
}

it('asks nothing until it is shown', async () => {
	const { answers, lab, requests, value } = setUp();
	lab.input.text = 'a text';
	Object.assign(value, { tokenizers: ['gpt2'], chosen: 'mya', all: true });
	await pass();
	expect(requests()).toEqual([]);
	answers.measurements.want(answers.measuringOrder, answers.wanted);
	await pass();
	expect(requests()).toMatchObject([
		{ method: 'measureDeclarations', params: { tokenizer: 'gpt2' } }
	]);
});

it('adopts Compare’s tokenizers, but neither the default ones nor in place of others', () => {
	const { lab, value, ...page } = setUp();
	lab.tokenizers = [...DEFAULT_TOKENIZERS];
	page.adoptTokenizers();
	expect(value.tokenizers).toEqual(page.document.defaults.tokenizers);
	lab.tokenizers = ['gpt2', lab.live.id];
	page.adoptTokenizers();
	expect(value.tokenizers).toEqual(['gpt2']);
	lab.tokenizers = ['llama3'];
	page.adoptTokenizers();
	expect(value.tokenizers).toEqual(['gpt2']);
});

it('undoes exactly that a saved tokenizer is deleted, but for what was chosen since', async () => {
	/** A page whose rows were sorted by a tokenizer that is then deleted. */
	async function deleted() {
		const { answers, lab, document, value } = setUp();
		const { id } = await lab.savedTokenizers.save(newTokenizer('mine'));
		document.set({ tokenizers: ['gpt2', id, 'llama2'], sort: id });
		const restore = await lab.savedTokenizers.remove(id);
		return { id, value, answers, restore };
	}
	const { id, value, answers, restore } = await deleted();
	expect([value.tokenizers, answers.sortedBy]).toEqual([['gpt2', 'llama2'], 'gpt2']);
	await restore();
	expect([value.tokenizers, answers.sortedBy]).toEqual([['gpt2', id, 'llama2'], id]);
	const other = await deleted();
	Object.assign(other.value, { tokenizers: ['cl100k_base', 'llama2'], sort: 'llama2' });
	await other.restore();
	expect(other.value.tokenizers).toEqual([other.id, 'cl100k_base', 'llama2']);
	expect(other.answers.sortedBy).toBe('llama2');
});

it('exports a tokenizer of the user’s own under its name', async () => {
	const { lab } = fakeLab();
	const { id } = await lab.savedTokenizers.save(newTokenizer('mine'));
	const measures = { [id]: { eng: measureOf(100), tur: measureOf(202) } };
	const page = createInflationPage(lab, { measures, word: [] });
	page.value.tokenizers = [id];
	expect(page.exported()).toMatchObject([
		{ tokenizer: 'mine', language: 'tur', ratio: 2.02 },
		{ tokenizer: 'mine', language: 'eng', ratio: 1 }
	]);
});
