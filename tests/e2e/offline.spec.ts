import { expect, type BrowserContext, type Page } from '@playwright/test';
import { IS_FULL } from '../support/size';
import { buildOf, kept, lookForUpdate, test, useUpdate } from './builds';
import { LabPage } from './lab-page';

async function openCompare(context: BrowserContext, url: string): Promise<Page> {
	const page = await context.newPage();
	await new LabPage(page).open(`${url}?t=gpt2`);
	return page;
}

async function goTo(page: Page, name: string, heading: RegExp) {
	await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
}

test('works without a network after the first visit, and in the next', async ({
	page,
	site,
	context
}) => {
	const lab = new LabPage(page);
	await lab.open(`${site.url}?t=gpt2`);
	await lab.ready();
	await kept(page);
	await site.close();
	await lab.text.fill('strawberry');
	await expect(lab.count('gpt2')).toHaveText('3');
	await goTo(page, 'Strawberry', /strawberry/i);
	await goTo(page, 'Inflation', /times as many tokens/);
	await expect(page.locator('main[data-status="ready"]')).toBeVisible();
	await page.close();

	const next = new LabPage(await context.newPage());
	for (const path of ['about', 'train/?size=300', 'drift/', 'drift/diff/', 'vocabulary/'])
		await next.open(site.url + path);
	await next.open(`${site.url}?t=gpt2`);
	await next.text.fill('strawberry');
	await expect(next.count('gpt2')).toHaveText('3');
	await next.choose('llama2');
	await expect(next.card('llama2')).toContainText('could not be fetched');
});

if (IS_FULL)
	test('an update waits, and no file of one build is run with another', async ({
		context,
		site
	}) => {
		const open = () => openCompare(context, site.url);
		const announced = (page: Page) => page.locator('.announcement').getByText('A newer version');

		const first = await open();
		await kept(first);
		expect(await buildOf(first)).toBe('A');

		site.deploy('B');
		await lookForUpdate(first);
		await expect(announced(first)).toBeVisible();
		await goTo(first, 'Train', /merge/i);
		expect(await buildOf(first)).toBe('A');
		const second = await open();
		expect(await buildOf(second)).toBe('A');
		await expect(announced(second)).toBeVisible();
		await useUpdate(second, 'B');
		expect(await buildOf(second)).toBe('B');
		await goTo(first, 'Strawberry', /strawberry/i);
		expect(await buildOf(first)).toBe('A');

		site.deploy('C');
		await lookForUpdate(second);
		await expect(announced(second)).toBeVisible();
		await useUpdate(second, 'C');
		await goTo(second, 'Drift', /./);
		expect(await buildOf(second)).toBe('C');
		await goTo(first, 'Inflation', /./);
		expect(await buildOf(first)).toBe('A');

		// The update is already active, so this page only needs to be reloaded.
		await useUpdate(first, 'C');
		expect(await buildOf(first)).toBe('C');
		await second.reload();
		await expect
			.poll(() =>
				second.evaluate(async () => (await caches.keys()).filter((key) => /-app-/.test(key)))
			)
			.toHaveLength(1);
		expect(await buildOf(second)).toBe('C');
	});

if (IS_FULL)
	test('an update that was never used is skipped, and closing all pages puts one into use', async ({
		context,
		site
	}) => {
		const open = () => openCompare(context, site.url);
		const first = await open();
		await kept(first);
		for (const build of ['B', 'C'] as const) {
			site.deploy(build);
			await lookForUpdate(first);
			// Wait until the update is complete, because an update can't be replaced while it is still downloading.
			await expect
				.poll(() =>
					first.evaluate(async () => {
						const { installing, waiting } = await navigator.serviceWorker.ready;
						return `${installing?.state} ${waiting?.state} ${(await caches.keys()).join()}`;
					})
				)
				.toMatch(new RegExp(`^undefined installed .*-app-[^,]*${build}(,|$)`));
		}
		expect(await buildOf(first)).toBe('A');
		await first.reload();
		expect(await buildOf(first)).toBe('A');
		await first.close();

		await site.close();
		// The browser may still be closing the page.
		await expect
			.poll(async () => {
				const page = await open();
				const build = await buildOf(page);
				await page.close();
				return build;
			})
			.toBe('C');
		const next = await open();
		await goTo(next, 'Train', /merge/i);
		expect(await buildOf(next)).toBe('C');
	});
