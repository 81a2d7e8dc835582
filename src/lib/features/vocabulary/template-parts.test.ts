import { expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { loadChatTemplate } from '../../tokenizers/chat-templates';
import { createTable } from './classify';
import { splitTemplate, tokensForTemplate, tokensOf } from './template-parts';

const tableOf = (id: string) => createTable(packedSpec(id));

it('finds the special tokens of a template, and those behind its variables', async () => {
	const tokens = tokensForTemplate(tableOf('llama3'), { bos_token: '<|begin_of_text|>' });
	const template = await loadChatTemplate('llama3.jinja');
	const parts = splitTemplate(template, tokens);
	expect(parts.map(({ text }) => text).join('')).toBe(template);
	expect(tokensOf(parts)).toEqual([128_000, 128_006, 128_007, 128_009]);
	expect(parts.filter(({ id }) => id === 128_000).map(({ text }) => text)).toEqual(['bos_token']);
});

it('leaves white space out, which is a token of Gemma 3 and layout of a template', async () => {
	const tokens = tokensForTemplate(tableOf('gemma3'), { bos_token: '<bos>', eos_token: undefined });
	const parts = splitTemplate(await loadChatTemplate('gemma3.jinja'), tokens);
	expect(tokensOf(parts)).toEqual([2, 105, 106, 255_999]);
});

it('prefers the longest token, and takes a template without any as it is', () => {
	const tokens = new Map([
		['<a>', 1],
		['<a>[x]', 2]
	]);
	expect(splitTemplate('<a>[x]b<a>', tokens)).toEqual([
		{ text: '<a>[x]', id: 2 },
		{ text: 'b', id: null },
		{ text: '<a>', id: 1 }
	]);
	expect(splitTemplate('none', tokens)).toEqual([{ text: 'none', id: null }]);
});
