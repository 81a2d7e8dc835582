import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { PickerTokenizer } from './search';
import TokenizerPicker from './TokenizerPicker.svelte';

const MODEL = {
	name: 'GPT-9',
	maker: 'OpenAI',
	source: 'https://example.org/models',
	asOf: '2026-03-04'
};
const named = (size: string) => ({ ...MODEL, name: `GPT-9 ${size}` });
const TOKENIZERS: readonly PickerTokenizer[] = ['gpt2', 'gpt4', 'o200k_base', 'o200k_harmony'].map(
	(id) => ({
		entry: { id, family: 'OpenAI', kind: 'BPE', preTokenizer: 'words' },
		models: id === 'o200k_base' ? [MODEL, ...['mini', 'nano', 'pro'].map(named)] : []
	})
);

async function mount(chosen: readonly string[] = []) {
	const onchange = vi.fn<(chosen: readonly string[]) => void>();
	const screen = await render(TokenizerPicker, {
		tokenizers: TOKENIZERS,
		chosen,
		onchange
	});
	await userEvent.click(screen.getByTestId('tokenizer-picker'));
	const field = screen.getByRole('searchbox');
	await expect.element(field).toHaveFocus();
	return { ...screen, onchange, field };
}

it('announces the matches, and adds the first on Enter, unless an input method composes', async () => {
	const { container, field, onchange } = await mount();
	await userEvent.fill(field, 'gpt');
	const status = container.querySelector('[role="status"]');
	expect(status?.textContent).not.toBe('');
	expect(status?.querySelector('button')).toBeNull();
	const init = { key: 'Enter', bubbles: true };
	field.element().dispatchEvent(new KeyboardEvent('keydown', { ...init, isComposing: true }));
	expect(onchange).not.toHaveBeenCalled();
	field.element().dispatchEvent(new KeyboardEvent('keydown', init));
	expect(onchange).toHaveBeenCalledExactlyOnceWith(['gpt2']);
});

it('says which tokenizer a model uses, who says so, and when', async () => {
	const { field, getByText, getByRole } = await mount();
	await userEvent.fill(field, 'gpt-9');
	await expect.element(getByText('uses o200k_base')).toHaveTextContent('(2026-03-04)');
	await expect
		.element(getByRole('link', { name: 'example.org' }))
		.toHaveAttribute('href', MODEL.source);
	await expect.element(getByText('GPT-9 mini, GPT-9 nano, GPT-9 pro')).toBeVisible();
	await expect
		.element(getByRole('link', { name: 'About o200k_base' }))
		.toHaveAttribute('href', expect.stringMatching(/vocabulary.*o200k_base/));
});

it('says what is known of a model without a public tokenizer', async () => {
	const { field, getByRole, getByText } = await mount();
	await userEvent.fill(field, 'grok-1');
	await expect.element(getByRole('checkbox', { name: /Grok-1/ })).toBeDisabled();
	await expect
		.element(getByText(/^Published: SentencePiece/))
		.toHaveTextContent('source: Grok-1 (2026-11-25)');
});

it('adds or removes a set, all, or none', async () => {
	const { onchange, getByRole, rerender } = await mount(['gpt2']);
	const set = getByRole('button', { name: 'Current OpenAI' });
	await expect.element(set).toHaveAttribute('aria-pressed', 'false');
	await userEvent.click(set);
	const both = ['gpt2', 'o200k_base', 'o200k_harmony'];
	expect(onchange).toHaveBeenLastCalledWith(both);
	await rerender({ chosen: both });
	await expect.element(set).toHaveAttribute('aria-pressed', 'true');
	await userEvent.click(set);
	expect(onchange).toHaveBeenLastCalledWith(['gpt2']);
	await userEvent.click(getByRole('button', { name: 'All', exact: true }));
	expect(onchange).toHaveBeenLastCalledWith([...both, 'gpt4']);
	await userEvent.click(getByRole('button', { name: 'Remove all', exact: true }));
	expect(onchange).toHaveBeenLastCalledWith([]);
});

it('lists what is chosen first, and leaves it there when it is removed', async () => {
	const { container, rerender } = await mount(['gpt4']);
	const first = () => container.querySelector<HTMLInputElement>('input[type="checkbox"]');
	const heading = () => container.querySelector('summary')?.textContent;
	expect([first()?.value, first()?.checked]).toEqual(['gpt4', true]);
	expect(heading()).toMatch(/Chosen\s+1 of 1 chosen/);
	await rerender({ chosen: [] });
	expect([first()?.value, first()?.checked]).toEqual(['gpt4', false]);
	expect(heading()).toMatch(/Chosen\s+0 of 1 chosen/);
});
