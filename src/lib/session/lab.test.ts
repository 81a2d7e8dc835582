import { expect, it } from 'vitest';
import { fakeLab } from '../../../tests/support/fake-lab';
import { useFakeTimers } from '../../../tests/support/fake-timers';
import { newTokenizer } from '../../../tests/support/memory-store';
import { COMPARE_FIELDS } from './documents/compare';

// Ends calls that the fake workers leave unanswered.
useFakeTimers();

/** A lab with Compare's document, showing these tokenizers. */
function setUp(...tokenizers: string[]) {
	const { lab } = fakeLab();
	const document = lab.document(COMPARE_FIELDS, { names: lab.known, bound: { tokenizers: lab } });
	lab.tokenizers = tokenizers;
	return { lab, document, undo: () => lab.announcement.shown?.actions[0].run() };
}

it('adds tokenizers to those of a page once, and removes them again', () => {
	const { lab, document } = setUp('gpt2', 'llama3');
	const remove = lab.addTokenizers(document, ['llama3', 'qwen3']);
	expect(lab.tokenizers).toEqual(['gpt2', 'llama3', 'qwen3']);
	document.value.tokenizers = ['qwen3', 'llama3', 'llama2'];
	remove();
	expect(lab.tokenizers).toEqual(['llama3', 'llama2']);
});

it('offers to put back tokenizers that are removed, among what is chosen by then', () => {
	const { lab, document, undo } = setUp('gpt2', 'llama2', 'llama3');
	lab.chooseTokenizers(document, ['gpt2', 'llama2', 'llama3', 'qwen3']);
	expect(lab.announcement.shown).toBeNull();
	lab.chooseTokenizers(document, ['gpt2', 'qwen3']);
	expect(lab.announcement.shown?.message).toBe('Removed llama2 and llama3.');
	document.value.tokenizers = ['qwen3', 'qwen3.5'];
	undo();
	expect(lab.tokenizers).toEqual(['llama2', 'llama3', 'qwen3', 'qwen3.5']);
});

it('removes a deleted tokenizer and its price from every page, and puts them back', async () => {
	const { lab } = setUp();
	const { id } = await lab.savedTokenizers.save(newTokenizer('mine'));
	[lab.tokenizers, lab.costs.of(id).price] = [['gpt2', id], 3];
	const restore = await lab.savedTokenizers.remove(id);
	expect(lab.tokenizers).toEqual(['gpt2']);
	await restore();
	expect([lab.tokenizers, lab.costs.of(id).price]).toEqual([['gpt2', id], 3]);
});
