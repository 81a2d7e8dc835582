import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { addedToken } from '../../../../../tests/support/spec-parts';
import { GPT2_SPLIT, type SpecEdit } from '../../../drift/edits/spec-edit';
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
	const choose = (value: string) => userEvent.selectOptions(kind, value);
	/** The kinds of change that each list offers. */
	const offered = () =>
		kind.elements().map((list) => [...list.querySelectorAll('option')].map(({ value }) => value));
	return { ...screen, onchange, enter, choose, offered };
}

describe('the forms', () => {
	const createEdit = (id: string, from = outline) =>
		EDIT_FORMS.find((form) => form.id === id)?.createEdit(from);
	const small = { ...outline, size: 3, merges: 2 };

	it('create edits that they show', () => {
		for (const form of EDIT_FORMS) {
			const edit = form.createEdit(outline);
			expect(edit && formOf(edit), form.id).toBe(form);
		}
	});

	it.each<[string, TokenizerOutline, SpecEdit | null]>([
		['regex', outline, { kind: 'split-regex', split: 0, regex: '\\p{N}{1,3}' }],
		['ignore-merges', outline, { kind: 'ignore-merges', value: false }],
		['bos', outline, { kind: 'bos', times: 0, token: null }],
		['bos', { ...outline, before: [] }, { kind: 'bos', times: 1, token: '<bos>' }],
		['bos', { ...outline, before: [], addedTokens: [] }, null],
		['drop-merges', small, { kind: 'drop-last-merges', count: 2 }]
	])('create edits that fit the tokenizer: %s', (id, from, edit) => {
		expect(createEdit(id, from)).toEqual(edit);
	});
});

it('switches to a different kind of change, of those that apply', async () => {
	const bare = { splits: [], addedTokens: [], before: [], decoder: null };
	const { choose, offered, onchange, rerender } = await mount([DROP], bare);
	const [values] = offered();
	for (const form of ['regex', 'drop-added', 'bos']) expect(values).not.toContain(form);
	expect(values).toContain('ignore-merges');
	await rerender({ outline });
	await choose('clean-up');
	expect(onchange).toHaveBeenCalledExactlyOnceWith([{ kind: 'clean-up-spaces', value: true }]);
});

it('adds another change, of which there is one per part of the tokenizer, and removes one', async () => {
	const { getByText, getByLabelText, offered, onchange, rerender } = await mount([GPT2_SPLIT]);
	await userEvent.click(getByText('Add another change'));
	const [kept, added] = onchange.mock.calls[0][0];
	expect([kept, added.kind]).toEqual([GPT2_SPLIT, 'normalizer']);
	await rerender({ edits: [DROP, GPT2_SPLIT] });
	expect(offered()[1]).toContain('regex');
	expect(offered()[0]).not.toContain('regex');
	expect(offered()[0]).not.toContain('gpt2');
	await userEvent.click(getByLabelText('Remove: last 1,000 merges dropped'));
	expect(onchange).toHaveBeenLastCalledWith([GPT2_SPLIT]);
});

it('edits the regex of a Split', async () => {
	const edit: SpecEdit = { kind: 'split-regex', split: 1, regex: ' ?\\p{L}+' };
	const { enter, onchange } = await mount([edit]);
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
