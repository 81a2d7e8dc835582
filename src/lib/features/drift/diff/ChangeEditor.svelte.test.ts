import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
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
	addedTokens: [{ id: 999, content: '<bos>', special: true }],
	before: ['<bos>']
};

async function mount(edits: readonly SpecEdit[], more: Record<string, unknown> = {}) {
	const onchange = vi.fn<(edits: readonly SpecEdit[]) => void>();
	const screen = await render(ChangeEditor, {
		name: 'llama3',
		outline,
		edits,
		onchange,
		...more
	});
	return { ...screen, onchange };
}

const DROP: SpecEdit = { kind: 'drop-last-merges', count: 1000 };

describe('ChangeEditor', () => {
	it('creates an edit from the tokenizer for each form, which shows it', () => {
		for (const form of EDIT_FORMS) {
			const edit = form.createEdit(outline);
			expect(formOf(edit), form.id).toBe(form);
		}
		const byId = (id: string) => EDIT_FORMS.find((form) => form.id === id)?.createEdit(outline);
		expect(byId('regex')).toEqual({ kind: 'split-regex', split: 0, regex: '\\p{N}{1,3}' });
		expect(byId('ignore-merges')).toEqual({ kind: 'ignore-merges', value: false });
		expect(byId('bos')).toEqual({ kind: 'bos', times: 0, token: null });
	});

	it('finds any of thousands of added tokens by text or id, and reports what is none', async () => {
		const addedTokens = Array.from({ length: 400 }, (_, i) => ({
			id: 1000 + i,
			content: `<unused${i}>`,
			special: true
		}));
		const drop: SpecEdit = { kind: 'drop-added-tokens', which: 'all' };
		const { getByLabelText, getByRole, onchange } = await mount([drop], {
			outline: { ...outline, addedTokens }
		});
		const field = getByLabelText('Another token, by its text or id');
		for (const asked of ['<unused399>', '1399']) {
			await userEvent.fill(field, asked);
			await userEvent.tab();
			expect(onchange).toHaveBeenLastCalledWith([
				{ kind: 'drop-added-tokens', which: { contents: ['<unused399>'] } }
			]);
		}
		await userEvent.fill(field, '<unused400>');
		await userEvent.tab();
		await expect
			.element(getByRole('alert'))
			.toHaveTextContent(
				'“<unused400>” is not an added token. Enter the text or id of one of the 400.'
			);
		expect(onchange).toHaveBeenCalledTimes(2);
	});

	it('offers every added token, also two with one id, as in o200k_harmony', async () => {
		const addedTokens = ['<|reserved|>', '<|endofprompt|>'].map((content) => ({
			id: 998,
			content,
			special: true
		}));
		const bos: SpecEdit = { kind: 'bos', times: 1, token: '<|endofprompt|>' };
		const { getByLabelText } = await mount([bos], { outline: { ...outline, addedTokens } });
		const field = getByLabelText('Which token').element() as HTMLSelectElement;
		expect([...field.options].map(({ value }) => value)).toEqual([
			'<|reserved|>',
			'<|endofprompt|>'
		]);
		expect(field.value).toBe('<|endofprompt|>');
	});

	it('offers the chosen token even if it is beyond the listed ones', async () => {
		const addedTokens = Array.from({ length: 400 }, (_, i) => ({
			id: i,
			content: `<unused${i}>`,
			special: false
		}));
		const which = { contents: ['<unused399>'] };
		const flags: SpecEdit = { kind: 'added-token-flags', which, flags: { rstrip: true } };
		const { getByLabelText } = await mount([flags], { outline: { ...outline, addedTokens } });
		expect((getByLabelText('Which tokens').element() as HTMLSelectElement).value).toBe(
			'<unused399>'
		);
	});

	it('switches to a different kind of change', async () => {
		const { getByLabelText, onchange } = await mount([DROP]);
		await userEvent.selectOptions(getByLabelText('Change', { exact: true }), 'clean-up');
		expect(onchange).toHaveBeenCalledExactlyOnceWith([{ kind: 'clean-up-spaces', value: true }]);
	});

	it('offers only forms that apply', async () => {
		const bare = { ...outline, splits: [], addedTokens: [], before: [], decoder: null };
		const { container } = await mount([DROP], { outline: bare });
		const values = [...container.querySelectorAll('option')].map(({ value }) => value);
		expect(values).not.toContain('regex');
		expect(values).not.toContain('drop-added');
		expect(values).not.toContain('bos');
		expect(values).toContain('shift-ids');
	});

	it('offers one change per part of the tokenizer', async () => {
		const gpt2 = EDIT_FORMS[0].createEdit(outline);
		const { getByText, getByLabelText, onchange, rerender } = await mount([gpt2]);
		await userEvent.click(getByText('Add another change'));
		const [, added] = onchange.mock.calls[0][0];
		expect(added.kind).toBe('normalizer');
		await rerender({ edits: [gpt2, DROP] });
		const offered = [...getByLabelText('Change', { exact: true }).elements()].map((select) =>
			[...select.querySelectorAll('option')].map(({ value }) => value)
		);
		expect(offered[0]).toContain('regex');
		expect(offered[1]).not.toContain('regex');
		expect(offered[1]).not.toContain('gpt2');
	});

	it('creates edits that fit a small tokenizer', () => {
		const small = { ...outline, size: 3, merges: 2 };
		const created = (id: string) => EDIT_FORMS.find((form) => form.id === id)?.createEdit(small);
		expect(created('swap-merges')).toEqual({ kind: 'swap-merges', ranks: [0, 1] });
		expect(created('drop-merges')).toEqual({ kind: 'drop-last-merges', count: 2 });
		expect(created('swap-ids')).toEqual({ kind: 'swap-ids', ids: [1, 2] });
		expect(created('shift-ids')).toEqual({ kind: 'shift-ids', from: 2, by: 1 });
	});

	it('changes a flag of one token', async () => {
		const edit = EDIT_FORMS.find(({ id }) => id === 'added-flags')?.createEdit(outline);
		expect(edit).toEqual({
			kind: 'added-token-flags',
			which: { contents: ['<bos>'] },
			flags: { rstrip: true }
		});
		const { getByLabelText, onchange } = await mount(edit ? [edit] : []);
		await userEvent.selectOptions(getByLabelText('Which flag'), 'lstrip');
		expect(onchange).toHaveBeenLastCalledWith([{ ...edit, flags: { lstrip: true } }]);
		await userEvent.selectOptions(getByLabelText('On or off'), 'off');
		expect(onchange).toHaveBeenLastCalledWith([{ ...edit, flags: { rstrip: false } }]);
	});

	it('takes numbers in the range of the tokenizer, and says what is expected of others', async () => {
		const { getByLabelText, getByRole, onchange } = await mount([
			{ kind: 'swap-merges', ranks: [1, 2] }
		]);
		const field = getByLabelText('with');
		await userEvent.fill(field, '9');
		await userEvent.tab();
		expect(onchange).toHaveBeenLastCalledWith([{ kind: 'swap-merges', ranks: [1, 9] }]);
		await userEvent.fill(field, '500');
		await userEvent.tab();
		expect(onchange).toHaveBeenCalledTimes(1);
		await expect.element(field).toHaveValue(500);
		await expect
			.element(getByRole('alert'))
			.toHaveTextContent('Enter a whole number from 0 to 499');
	});

	it('edits the regex of any Split', async () => {
		const { getByLabelText, onchange } = await mount([
			{ kind: 'split-regex', split: 0, regex: '\\p{N}{1,3}' }
		]);
		await userEvent.selectOptions(getByLabelText('Which Split'), '1');
		expect(onchange).toHaveBeenLastCalledWith([
			{ kind: 'split-regex', split: 1, regex: ' ?\\p{L}+' }
		]);
		await userEvent.fill(getByLabelText('Regular expression'), '\\p{N}');
		await userEvent.tab();
		expect(onchange).toHaveBeenLastCalledWith([{ kind: 'split-regex', split: 0, regex: '\\p{N}' }]);
	});

	it('adds another change, and removes one', async () => {
		const bos: SpecEdit = { kind: 'bos', times: 2, token: '<bos>' };
		const { getByText, getByLabelText, onchange, rerender } = await mount([DROP]);
		await userEvent.click(getByText('Add another change'));
		const [edits] = onchange.mock.calls[0];
		expect(edits).toHaveLength(2);
		expect(edits[0]).toBe(DROP);
		await rerender({ edits: [DROP, bos] });
		await userEvent.click(getByLabelText('Remove: last 1,000 merges dropped'));
		expect(onchange).toHaveBeenLastCalledWith([bos]);
	});

	it('describes edits that it cannot show, and all before the tokenizer is loaded', async () => {
		const flags: SpecEdit = {
			kind: 'added-token-flags',
			which: 'all',
			flags: { rstrip: false, lstrip: true }
		};
		const { getByText, rerender } = await mount([flags]);
		await expect.element(getByText('added tokens: rstrip off, lstrip on')).toBeVisible();
		await rerender({ edits: [DROP], outline: null });
		await expect.element(getByText('last 1,000 merges dropped')).toBeVisible();
	});
});
