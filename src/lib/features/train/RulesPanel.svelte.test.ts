import { beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { PanelRules } from './messages';
import RulesPanel from './RulesPanel.svelte';

const RULES: PanelRules = {
	pattern: 'gpt2',
	feed: 'lines',
	ties: 'huggingface',
	alphabet: 'bytes',
	minFrequency: 0,
	maxTokenLength: null,
	specialTokens: []
};

const onchange = vi.fn<(rules: PanelRules) => void>();
beforeEach(() => onchange.mockClear());

async function mount(more: Record<string, unknown> = {}) {
	const screen = await render(RulesPanel, { rules: RULES, onchange, ...more });
	const details = screen.container.querySelector('details');
	if (details) details.open = true;
	return screen;
}

it('shows the rules in its summary, and opens by keyboard', async () => {
	const { container } = await render(RulesPanel, { rules: RULES, onchange });
	expect(container.querySelector('summary')?.textContent).toBe(
		'Rules GPT-2 pattern, ties to the smaller pair of ids, all 256 bytes'
	);
	await userEvent.tab();
	await userEvent.keyboard('{Enter}');
	expect(container.querySelector('details')?.open).toBe(true);
});

it('changes one rule at a time', async () => {
	const screen = await mount();
	const changes = (rule: Partial<PanelRules>) =>
		expect(onchange).toHaveBeenLastCalledWith({ ...RULES, ...rule });
	await userEvent.selectOptions(screen.getByLabelText('Pattern'), 'llama3');
	changes({ pattern: 'llama3' });
	await userEvent.click(screen.getByLabelText(/the first-seen pair/));
	changes({ ties: 'first-seen' });
	await userEvent.click(screen.getByLabelText(/the bytes that occur/));
	changes({ alphabet: 'observed' });
	await userEvent.click(screen.getByLabelText(/the whole text/));
	changes({ feed: 'whole' });
	// One per line, with their spaces.
	await userEvent.fill(screen.getByLabelText(/Special tokens/), '<|end|>\n\n<a b>');
	await userEvent.tab();
	changes({ specialTokens: ['<|end|>', '<a b>'] });
});

it('applies numbers on blur, and refuses invalid ones', async () => {
	const screen = await mount({ rules: { ...RULES, minFrequency: 2, maxTokenLength: 8 } });
	const rules = { ...RULES, minFrequency: 2, maxTokenLength: 8 };
	await userEvent.fill(screen.getByLabelText(/A pair must occur/), '5');
	await userEvent.keyboard('{Enter}');
	expect(onchange).toHaveBeenLastCalledWith({ ...rules, minFrequency: 5 });
	onchange.mockClear();
	await userEvent.fill(screen.getByLabelText(/A pair must occur/), '-1');
	await userEvent.tab();
	expect(onchange).not.toHaveBeenCalled();
	await expect
		.element(screen.getByRole('alert'))
		.toHaveTextContent('Enter a whole number of at least 0. 2 is still used.');
	await userEvent.fill(screen.getByLabelText(/Longest token/), '');
	await userEvent.tab();
	expect(onchange).toHaveBeenLastCalledWith({ ...rules, maxTokenLength: null });
});

it('offers the user’s own pattern, and shows its error at the field', async () => {
	const screen = await mount();
	await userEvent.selectOptions(screen.getByLabelText('Pattern'), 'own');
	const started = onchange.mock.lastCall?.[0].pattern;
	expect(typeof started).toBe('object');
	const rules = { ...RULES, pattern: { regex: '(' } };
	await screen.rerender({ rules, patternError: 'at character 1: a group is not closed' });
	const field = screen.getByLabelText('Regular expression');
	await expect.element(field).toHaveValue('(');
	await expect.element(field).toHaveAttribute('aria-invalid', 'true');
	await expect.element(field).toHaveAccessibleDescription('at character 1: a group is not closed');
	await userEvent.fill(field, String.raw`\p{L}+`);
	await userEvent.keyboard('{Enter}');
	expect(onchange).toHaveBeenLastCalledWith({ ...RULES, pattern: { regex: String.raw`\p{L}+` } });
});

it.each(['patternError', 'error'])('opens for an error: %s', async (prop) => {
	const rules = { ...RULES, pattern: { regex: '(' } };
	const screen = await render(RulesPanel, { rules, onchange });
	const details = screen.container.querySelector('details');
	expect(details?.open).toBe(false);
	await screen.rerender({ [prop]: 'it is never closed' });
	await expect.element(screen.getByRole('alert')).toHaveTextContent('it is never closed');
	expect(details?.open).toBe(true);
	// The user may close it.
	await userEvent.click(screen.getByText('Rules', { exact: false }).first());
	expect(details?.open).toBe(false);
});
