import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Language } from '../../languages/types';
import LanguageField from './LanguageField.svelte';

const languages = Array.from(
	{ length: 500 },
	(_, i) => ({ code: `l${i}`, name: `Language ${i}`, ownName: '', bcp47: 'en' }) as Language
);

it('shows the chosen language again after its list was scrolled and closed', async () => {
	const screen = await render(LanguageField, {
		label: 'Baseline',
		languages,
		value: languages[0],
		onchange: vi.fn()
	});
	const field = screen.getByRole('combobox');
	await field.click();
	const list = screen.getByRole('listbox').element();
	list.scrollTop = 400 * 30;
	await expect.element(screen.getByRole('option', { name: 'Language 400' })).toBeInTheDocument();
	await userEvent.keyboard('{Escape}');
	await expect.element(screen.getByRole('listbox')).not.toBeInTheDocument();
	await field.click();
	await expect
		.element(screen.getByRole('option', { name: 'Language 0', exact: true }))
		.toBeInTheDocument();
});
