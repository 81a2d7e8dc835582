import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';

const PAGES = ['Train', 'Strawberry', 'Inflation', 'Drift', 'Compare'];
const ROUNDS = 4;

test('no listener is left behind by a page change', async ({ page, context }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2');
	const session = await context.newCDPSession(page);
	const round = async () => {
		for (const name of PAGES) {
			await page.locator('nav').getByRole('link', { name }).click();
			await expect(page.locator('nav [aria-current]')).toHaveText(name);
			await expect(page.locator('[data-status="loading"]')).toHaveCount(0);
		}
	};
	const listeners = async () => {
		await session.send('HeapProfiler.collectGarbage');
		return (await session.send('Memory.getDOMCounters')).jsEventListeners;
	};
	// What is loaded and remembered once.
	await round();
	await round();
	const before = await listeners();
	for (let i = 0; i < ROUNDS; i++) await round();
	// One listener per page change would be this many.
	expect((await listeners()) - before).toBeLessThan(ROUNDS * PAGES.length);
});
