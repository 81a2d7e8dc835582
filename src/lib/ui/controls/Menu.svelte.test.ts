import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Menu from './Menu.svelte';

async function draw(unavailable: string | null) {
	const onchoose = vi.fn();
	const screen = await render(Menu, {
		label: 'Picture',
		items: [{ name: 'Copy', onchoose }],
		unavailable
	});
	return { screen, onchoose };
}

it('opens by keyboard and returns the focus after a choice', async () => {
	const { screen, onchoose } = await draw(null);
	await userEvent.tab();
	await userEvent.keyboard('{Enter}');
	await expect.element(screen.getByRole('menuitem', { name: 'Copy' })).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	expect(onchoose).toHaveBeenCalledOnce();
	await expect.element(screen.getByRole('button', { name: 'Picture' })).toHaveFocus();
});

it('explains why nothing can be chosen, stays in the tab order and does not open', async () => {
	const { screen } = await draw('Type a word first.');
	const button = screen.getByRole('button', { name: 'Picture' });
	await expect.element(button).toHaveAccessibleDescription('Type a word first.');
	await expect.element(button).toHaveAttribute('aria-disabled', 'true');
	await userEvent.tab();
	await expect.element(button).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	expect(screen.container.querySelector('[role="menu"]')).toBeNull();
});
