import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { IS_FULL, sized } from '../support/size';
import { buildOf, kept, lookForUpdate, stateOfUpdate, test, useUpdate } from './builds';
import { axeOn, LabPage } from './lab-page';
import { idsOf, textOf } from './oracle-rows';

/** Tokenizers that are kept on purpose, in the About page. */

const button = (page: Page, name: string): Locator =>
	page.getByRole('button', { name, exact: true });

/** Opens the list. */
async function openList(page: Page, url: string): Promise<void> {
	await new LabPage(page).open(`${url}about/#offline`);
	await expect(page.getByRole('list', { name: 'Tokenizers' })).toBeVisible();
}

async function keep(page: Page, tokenizer: string): Promise<void> {
	await button(page, `Keep ${tokenizer}`).click();
	await expect(button(page, `Remove ${tokenizer}`)).toBeVisible();
}

/** Compare with one tokenizer, in a page of its own. */
async function compare(context: BrowserContext, url: string, tokenizer: string): Promise<LabPage> {
	const lab = new LabPage(await context.newPage());
	await lab.open(`${url}?t=${tokenizer}`);
	await lab.text.fill(textOf('de'));
	return lab;
}

/** Opens Compare and expects the reference's count. */
async function expectCount(context: BrowserContext, url: string, tokenizer: string): Promise<void> {
	const lab = await compare(context, url, tokenizer);
	await expect(lab.count(tokenizer)).toHaveText(String(idsOf(tokenizer, 'de').length));
	await lab.page.close();
}

/** Names of the kept vocabularies, with the hashes of their content. */
const vocabularies = (page: Page): Promise<string[]> =>
	page.evaluate(async () => {
		const cache = await caches.open('bpe-lab-vocabularies');
		return (await cache.keys()).map(({ url }) => url.slice(url.lastIndexOf('/') + 1)).sort();
	});

test('a tokenizer that was never used opens without a network once it is kept, until it is removed', async ({
	page,
	context,
	site
}) => {
	await page.setViewportSize({ width: 360, height: 800 });
	await openList(page, site.url);
	await kept(page);
	await keep(page, 'llama2');
	// Stored as a difference, so it brings the other one.
	await keep(page, 'qwen2.5');
	await expect(button(page, 'Remove qwen3, qwen2.5')).toBeVisible();
	expect((await axeOn(page).include('#offline').analyze()).violations).toEqual([]);
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(overflow).toBe(0);
	await site.close();
	await expectCount(context, site.url, 'llama2');
	await expectCount(context, site.url, 'qwen2.5');

	await button(page, 'Remove llama2').click();
	await expect(page.getByText('Removed: llama2.')).toBeVisible();
	await button(page, 'Remove qwen3, qwen2.5').click();
	await expect(page.getByText('Removed: qwen3 and qwen2.5.')).toBeVisible();
	expect(await vocabularies(page)).toEqual([]);
	for (const tokenizer of sized(['qwen2.5'], ['llama2', 'qwen2.5'])) {
		const lab = await compare(context, site.url, tokenizer);
		await expect(lab.card(tokenizer)).toContainText('could not be fetched');
	}
	await button(page, 'Keep llama2').click();
	await expect(page.getByRole('alert')).toContainText(
		'The vocabulary of llama2 could not be fetched: the network did not answer.'
	);
	await expect(button(page, 'Keep llama2')).toBeVisible();
	expect(await vocabularies(page)).toEqual([]);
});

if (IS_FULL)
	test('what is kept stays kept across updates, with new vocabularies and with the same', async ({
		page,
		context,
		site
	}) => {
		await openList(page, site.url);
		await kept(page);
		await keep(page, 'llama2');
		await keep(page, 'Declaration in 521 languages');
		expect(await vocabularies(page)).toEqual([expect.stringMatching(/^llama2[.].*-A[.]bin$/)]);

		site.deploy('B');
		await lookForUpdate(page);
		await expect(page.locator('.announcement').getByText('A newer version')).toBeVisible();
		// The page of the earlier build still finds its own.
		expect(await vocabularies(page)).toHaveLength(2);
		await useUpdate(page, 'B');
		await expect(button(page, 'Remove llama2')).toBeVisible();
		await expect(button(page, 'Remove Declaration in 521 languages')).toBeVisible();
		await page.reload();
		await expect
			.poll(() => vocabularies(page))
			.toEqual([expect.stringMatching(/^llama2[.].*-B[.]bin$/)]);

		await context.route(/[.]bin$/, (route) => route.abort());
		site.deploy('C');
		await lookForUpdate(page);
		await useUpdate(page, 'C');
		await expect(button(page, 'Remove llama2')).toBeVisible();
		await site.close();
		await expectCount(context, site.url, 'llama2');
		await new LabPage(page).open(`${site.url}inflation/?t=llama2`);
		await page.getByRole('button', { name: /^Show all 521/ }).click();
		// One that is not among the languages of the app.
		await expect(page.locator('[data-language="shn"][data-tokenizer="llama2"]')).toBeVisible();
	});

if (IS_FULL)
	test('an update waits until all of it has arrived, with its own version of what is kept', async ({
		page,
		context,
		site
	}) => {
		await openList(page, site.url);
		await kept(page);
		await keep(page, 'llama2');
		site.deploy('B');
		const login = { body: 'Sign in to this network', contentType: 'text/html' };
		for (const missing of [/llama2[.].*-B[.]bin$/, /\/train\/$/]) {
			await context.route(missing, (route) => route.fulfill(login));
			expect(await stateOfUpdate(page)).toBe('redundant');
			await context.unroute(missing);
		}
		await site.close();
		await expectCount(context, site.url, 'llama2');
		await page.reload();
		expect(await buildOf(page)).toBe('A');
	});

if (IS_FULL)
	test('two pages show the same, and download a file once', async ({ page, context, site }) => {
		const other = await context.newPage();
		for (const each of [page, other]) await openList(each, site.url);
		let requests = 0;
		let answer = () => {};
		const wanted = new Promise<void>((resolve) => (answer = resolve));
		await context.route(/llama2[.].*[.]bin$/, async (route) => {
			requests += 1;
			await wanted;
			await route.continue();
		});
		for (const each of [page, other]) {
			await button(each, 'Keep llama2').click();
			await expect(button(each, 'Downloading llama2')).toBeVisible();
		}
		await expect.poll(() => requests).toBe(1);
		answer();
		for (const each of [page, other]) await expect(button(each, 'Remove llama2')).toBeVisible();
		expect(requests).toBe(1);
		await button(other, 'Remove llama2').click();
		await expect(button(page, 'Keep llama2')).toBeVisible();
	});

if (IS_FULL)
	test('without a service worker, kept tokenizers are not downloaded again', async ({
		page,
		context,
		site
	}) => {
		// Under this name, there is none.
		const url = site.url.replace('127.0.0.1', 'localhost');
		await openList(page, url);
		await expect(page.getByText('here the pages themselves need the network')).toBeVisible();
		await expect(page.getByRole('list', { name: 'Texts' })).toHaveCount(0);
		await keep(page, 'llama2');
		await context.route(/[.]bin$/, (route) => route.abort());
		await expectCount(context, url, 'llama2');

		// Files of another build go, because no service worker clears them.
		await page.evaluate(async () => {
			const cache = await caches.open('bpe-lab-vocabularies');
			await cache.put('/lab/_app/immutable/assets/llama2.0ldbuild.bin', new Response('old'));
		});
		const current = await context.newPage();
		await new LabPage(current).open(`${url}about/`);
		await expect
			.poll(() => vocabularies(current))
			.toEqual([expect.stringMatching(/^llama2[.].*-A[.]bin$/)]);
	});
