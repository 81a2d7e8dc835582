import { test as base, type BrowserContext } from '@playwright/test';
import { CONTEXT } from './site';

export * from '@playwright/test';

/**
 * Lets tests share a browser context, because each new context starts a renderer and recompiles every script. Each test
 * begins with one page and empty storage. Tests that set a clock or a context option use Playwright's own `test`.
 */
export const test = base.extend<object, { shared: BrowserContext }>({
	shared: [
		async ({ browser }, use) => {
			const context = await browser.newContext(CONTEXT);
			// Keeps the renderer alive between tests.
			const page = await context.newPage();
			await page.goto('./licences/mit.txt');
			await use(context);
		},
		{ scope: 'worker' }
	],
	context: async ({ shared }, use) => {
		await shared.pages()[0].evaluate(async () => {
			localStorage.clear();
			for (const key of await caches.keys()) await caches.delete(key);
			for (const { name = '' } of await indexedDB.databases())
				await new Promise<void>((resolve, reject) => {
					const deleting = indexedDB.deleteDatabase(name);
					deleting.onsuccess = () => resolve();
					deleting.onerror = () => reject(new Error(`${name} is not deleted`));
				});
		});
		await use(shared);
		for (const page of shared.pages().slice(1)) await page.close();
		await shared.unrouteAll({ behavior: 'ignoreErrors' });
		await shared.clearPermissions();
		await shared.setOffline(false);
	}
});
