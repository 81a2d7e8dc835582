import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { addedToken } from '../../../../../tests/support/spec-parts';
import type { SpecEdit } from '../../../drift/edits/spec-edit';
import type { TokenizerOutline } from '../../../drift/outline';
import ChangeEditor from './ChangeEditor.svelte';
import { EDIT_FORMS, formOf } from './edit-forms';

const outline: TokenizerOutline = {
	normalizer: null,
	pre_tokenizer: null,
	post_processor: null,
	decoder: { type: 'Fuse' },
	size: 1000,
	splits: ['\\p{N}{1,3}', ' ?\\p{L}+'],
	merges: 500,
	ignoreMerges: true,
	addedTokens: [addedToken(999, '<bos>')],
	before: ['<bos>']
};

const DROP: SpecEdit = { kind: 'drop-last-merges', count: 1000 };

async function mount(edits: readonly SpecEdit[], more: Partial<TokenizerOutline> = {}) {
	const onchange = vi.fn<(edits: readonly SpecEdit[]) => void>();
	const props = { name: 'llama3', outline: { ...outline, ...more }, edits, onchange };
	const screen = await render(ChangeEditor, props);
	/** Enters a value and leaves the field. */
	const enter = async (label: string, value: string) => {
		await userEvent.fill(screen.getByLabelText(label), value);
		await userEvent.tab();
	};
	const kind = screen.getByLabelText('Change', { exact: true });
	const choose = (label: string, value: string) =>
		userEvent.selectOptions(label === 'Change' ? kind : screen.getByLabelText(label), value);
	const select = (label: string) => screen.getByLabelText(label).element() as HTMLSelectElement;
	/** The kinds of change that each list offers. */
	const offered = () =>
		kind.elements().map((list) => [...list.querySelectorAll('option')].map(({ value }) => value));
	return { ...screen, onchange, enter, choose, select, offered };
}

describe('the forms', () => {
	const createEdit = (id: string, from = outline) =>
		EDIT_FORMS.find((form) => form.id === id)?.createEdit(from);
	const small = { ...outline, size: 3, merges: 2 };

	it('create edits that they show', () => {
		for (const form of EDIT_FORMS) expect(formOf(form.createEdit(outline)), form.id).toBe(form);
	});

	it.each<[string, TokenizerOutline, SpecEdit]>([
		['regex', outline, { kind: 'split-regex', split: 0, regex: '\\p{N}{1,3}' }],
		['ignore-merges', outline, { kind: 'ignore-merges', value: false }],
		['bos', outline, { kind: 'bos', times: 0, token: null }],
		['swap-merges', small, { kind: 'swap-merges', ranks: [0, 1] }],
		['drop-merges', small, { kind: 'drop-last-merges', count: 2 }],
		['swap-ids', small, { kind: 'swap-ids', ids: [1, 2] }],
		['shift-ids', small, { kind: 'shift-ids', from: 2, by: 1 }]
	])('create edits that fit the tokenizer: %s', (id, from, edit) => {
		expect(createEdit(id, from)).toEqual(edit);
	});
});

it('offers every added token, also two with one id, as in o200k_harmony', async () => {
	const contents = ['<|reserved|>', '<|endofprompt|>'];
	const addedTokens = contents.map((content) => addedToken(998, content));
	const bos: SpecEdit = { kind: 'bos', times: 1, token: '<|endofprompt|>' };
	const { select } = await mount([bos], { addedTokens });
	const { options, value } = select('Which token');
	expect([...options].map((option) => option.value)).toEqual(contents);
	expect(value).toBe('<|endofprompt|>');
});

it('switches to a different kind of change, of those that apply', async () => {
	const bare = { splits: [], addedTokens: [], before: [], decoder: null };
	const { choose, offered, onchange, rerender } = await mount([DROP], bare);
	const [values] = offered();
	for (const form of ['regex', 'drop-added', 'bos']) expect(values).not.toContain(form);
	expect(values).toContain('shift-ids');
	await rerender({ outline });
	await choose('Change', 'clean-up');
	expect(onchange).toHaveBeenCalledExactlyOnceWith([{ kind: 'clean-up-spaces', value: true }]);
});

it('adds another change, of which there is one per part of the tokenizer, and removes one', async () => {
	const gpt2 = EDIT_FORMS[0].createEdit(outline);
	const { getByText, getByLabelText, offered, onchange, rerender } = await mount([gpt2]);
	await userEvent.click(getByText('Add another change'));
	const [kept, added] = onchange.mock.calls[0][0];
	expect([kept, added.kind]).toEqual([gpt2, 'normalizer']);
	await rerender({ edits: [DROP, gpt2] });
	expect(offered()[1]).toContain('regex');
	expect(offered()[0]).not.toContain('regex');
	expect(offered()[0]).not.toContain('gpt2');
	await userEvent.click(getByLabelText('Remove: last 1,000 merges dropped'));
	expect(onchange).toHaveBeenLastCalledWith([gpt2]);
});

it('changes a flag of one token', async () => {
	const which = { contents: ['<bos>'] };
	const edit: SpecEdit = { kind: 'added-token-flags', which, flags: { rstrip: true } };
	const { choose, onchange } = await mount([edit]);
	await choose('Which flag', 'lstrip');
	expect(onchange).toHaveBeenLastCalledWith([{ ...edit, flags: { lstrip: true } }]);
	await choose('On or off', 'off');
	expect(onchange).toHaveBeenLastCalledWith([{ ...edit, flags: { rstrip: false } }]);
});

it('takes numbers in the range of the tokenizer, and says what is expected of others', async () => {
	const { enter, getByLabelText, getByRole, onchange } = await mount([
		{ kind: 'swap-merges', ranks: [1, 2] }
	]);
	await enter('with', '9');
	expect(onchange).toHaveBeenLastCalledWith([{ kind: 'swap-merges', ranks: [1, 9] }]);
	await enter('with', '500');
	expect(onchange).toHaveBeenCalledTimes(1);
	await expect.element(getByLabelText('with')).toHaveValue(500);
	const message = 'Enter a whole number from 0 to 499';
	await expect.element(getByRole('alert')).toHaveTextContent(message);
});

it('edits the regex of any Split', async () => {
	const edit: SpecEdit = { kind: 'split-regex', split: 0, regex: '\\p{N}{1,3}' };
	const { choose, enter, onchange } = await mount([edit]);
	await choose('Which Split', '1');
	expect(onchange).toHaveBeenLastCalledWith([{ ...edit, split: 1, regex: ' ?\\p{L}+' }]);
	await enter('Regular expression', '\\p{N}');
	expect(onchange).toHaveBeenLastCalledWith([{ ...edit, regex: '\\p{N}' }]);
});

it('describes edits that it cannot show, and all before the tokenizer is loaded', async () => {
	const flags = { rstrip: false, lstrip: true };
	const { getByText, rerender } = await mount([{ kind: 'added-token-flags', which: 'all', flags }]);
	await expect.element(getByText('added tokens: rstrip off, lstrip on')).toBeVisible();
	await rerender({ edits: [DROP], outline: null });
	await expect.element(getByText('last 1,000 merges dropped')).toBeVisible();
});
