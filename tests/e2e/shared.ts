import { test as base, type BrowserContext } from '@playwright/test';
import { CONTEXT } from './site';

export * from '@playwright/test';

/**
 * Tests whose pages share a context: a new one starts another renderer and compiles every script again. Each begins with one
 * page and with empty storage. A test that sets a clock, or an option of the context, takes Playwright's own `test`.
 */
export const test = base.extend<object, { shared: BrowserContext }>({
	shared: [
		async ({ browser }, use) => {
			const context = await browser.newContext(CONTEXT);
			// Keeps the renderer between tests.
			const page = await context.newPage();
			await page.goto('./licences/mit.txt');
			await use(context);
		},
		{ scope: 'worker' }
	],
	context: async ({ shared }, use) => {
		const [first] = shared.pages();
		const devtools = await shared.newCDPSession(first);
		const { origin } = new URL(first.url());
		await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
		await devtools.detach();
		await use(shared);
		for (const page of shared.pages().slice(1)) await page.close();
		await shared.unrouteAll({ behavior: 'ignoreErrors' });
		await shared.clearPermissions();
		await shared.setOffline(false);
	}
});
