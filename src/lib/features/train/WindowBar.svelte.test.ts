import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import WindowBar from './WindowBar.svelte';

const LONG = { window: { start: 4000, end: 8000 }, total: 1_204_000 };

it('shows which bytes are in view, and moves to others', async () => {
	const onturn = vi.fn();
	const onnext = vi.fn();
	const screen = await render(WindowBar, { ...LONG, onturn, onnext });
	expect(screen.container.textContent).toContain('bytes 4,000–8,000 of 1,204,000');
	await userEvent.click(screen.getByLabelText('Earlier bytes'));
	await userEvent.click(screen.getByLabelText('Later bytes'));
	expect(onturn.mock.calls).toEqual([[-1], [1]]);
	await userEvent.click(screen.getByRole('button', { name: 'next occurrence of this merge' }));
	expect(onnext).toHaveBeenCalledOnce();
});

it('does not move beyond the ends, and is empty if everything is in view', async () => {
	const onturn = vi.fn();
	const window = { start: 0, end: 100 };
	const screen = await render(WindowBar, { window, total: 200, onturn, onnext: null });
	const earlier = screen.container.querySelector<HTMLElement>('[aria-label="Earlier bytes"]');
	earlier?.click();
	expect(earlier?.ariaDisabled).toBe('true');
	expect(onturn).not.toHaveBeenCalled();
	await screen.rerender({ total: 100 });
	expect(screen.container.querySelectorAll('button')).toHaveLength(0);
});
