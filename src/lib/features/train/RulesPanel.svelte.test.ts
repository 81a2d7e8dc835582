import { beforeEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { DEFAULT_RULES } from '../../session/downloads/corpora';
import type { PanelRules } from './messages';
import RulesPanel from './RulesPanel.svelte';

const RULES: PanelRules = { ...DEFAULT_RULES, minFrequency: 0 };

const onchange = vi.fn<(rules: PanelRules) => void>();
beforeEach(() => onchange.mockClear());

const mount = (more: Record<string, unknown> = {}) =>
	render(RulesPanel, { rules: RULES, onchange, ...more });

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
	// One per line, preserving spaces.
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
		.toHaveTextContent('Enter a whole number of at least 0. Still using 2.');
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
