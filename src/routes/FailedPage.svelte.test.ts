import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import FailedPage from './FailedPage.svelte';

it('no longer waits for the link that the page would have opened', async () => {
	const { dataset } = document.documentElement;
	dataset.link = '';
	const screen = await render(FailedPage, { reason: 'no data', onretry: () => undefined });
	await expect.element(screen.getByRole('alert')).toHaveTextContent('no data');
	expect('link' in dataset).toBe(false);
});
