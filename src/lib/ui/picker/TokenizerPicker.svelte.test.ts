import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { PickerTokenizer } from './search';
import TokenizerPicker from './TokenizerPicker.svelte';

const TOKENIZERS: readonly PickerTokenizer[] = ['gpt2', 'gpt4'].map((id) => ({
	entry: { id, family: 'OpenAI', kind: 'BPE', preTokenizer: 'words' },
	models: []
}));

async function mount() {
	const onchange = vi.fn<(chosen: readonly string[]) => void>();
	const screen = await render(TokenizerPicker, {
		tokenizers: TOKENIZERS,
		unavailable: [],
		chosen: [],
		onchange
	});
	await userEvent.click(screen.getByTestId('tokenizer-picker'));
	return { ...screen, onchange, field: screen.getByRole('searchbox') };
}

describe('TokenizerPicker', () => {
	it('adds the first match on Enter, unless an input method composes', async () => {
		const { field, onchange } = await mount();
		await userEvent.fill(field, 'gpt');
		const init = { key: 'Enter', bubbles: true };
		field.element().dispatchEvent(new KeyboardEvent('keydown', { ...init, isComposing: true }));
		expect(onchange).not.toHaveBeenCalled();
		field.element().dispatchEvent(new KeyboardEvent('keydown', init));
		expect(onchange).toHaveBeenCalledExactlyOnceWith(['gpt2']);
	});

	it('announces the number of matches without the button beside it', async () => {
		const { container, field } = await mount();
		await userEvent.fill(field, 'gpt');
		const status = container.querySelector('[role="status"]');
		expect(status?.textContent).not.toBe('');
		expect(status?.querySelector('button')).toBeNull();
	});
});
