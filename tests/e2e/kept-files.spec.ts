import { expect, type BrowserContext, type Page } from '@playwright/test';
import { IS_FULL } from '../support/size';
import { buildOf, kept, lookForUpdate, stateOfUpdate, test, useUpdate } from './builds';
import { axeOn, LabPage } from './lab-page';
import { idsOf, textOf } from './oracle-rows';

/** Tokenizers and texts that are kept with "Keep all" on the About page. */

const press = (page: Page, name: RegExp) => page.getByRole('button', { name }).click();
const open = (page: Page, url: string) => new LabPage(page).open(`${url}about/#offline`);
const sees = (page: Page, text: RegExp) => expect(page.getByText(text)).toBeVisible();
const ALL = /keeps (\d+) of \1 tokenizers and (\d+) of \2 texts/;

/** Keeps all tokenizers and texts. */
async function keepAll(page: Page, url: string): Promise<void> {
	await open(page, url);
	await kept(page);
	await sees(page, /tokenizers and 0 of \d texts/);
	await press(page, /^Keep all/);
	await sees(page, ALL);
}

/** Opens Compare with one tokenizer, on a page of its own. */
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

/** Names of the kept vocabularies whose names end in a certain way. */
const vocabularies = (page: Page, ending = ''): Promise<string[]> =>
	page.evaluate(async (ending) => {
		const cache = await caches.open('bpe-lab-vocabularies');
		return (await cache.keys()).map(({ url }) => url).filter((url) => url.endsWith(ending));
	}, ending);

test('tokenizers that were never used open offline once all are kept, until they are removed', async ({
	page,
	context,
	site
}) => {
	await keepAll(page, site.url);
	await page.getByText('Kept files', { exact: true }).click();
	expect((await axeOn(page).include('#offline').analyze()).violations).toEqual([]);
	await site.close();
	await expectCount(context, site.url, 'llama2');
	// It is stored as a difference from another.
	await expectCount(context, site.url, 'qwen2.5');

	await press(page, /^Remove all/);
	await sees(page, /^Removed \d+ files/);
	const lab = await compare(context, site.url, 'qwen2.5');
	await expect(lab.card('qwen2.5')).toContainText('could not be fetched');
	await press(page, /^Keep all/);
	await expect(page.getByRole('alert')).toContainText('the network did not answer');
	expect(await vocabularies(page)).toEqual([]);
});

if (IS_FULL)
	test('an update waits until all of it has arrived, with its own version of what is kept', async ({
		page,
		context,
		site
	}) => {
		await keepAll(page, site.url);
		const { length } = await vocabularies(page, '-A.bin');
		site.deploy('B');
		const login = { body: 'Sign in to this network', contentType: 'text/html' };
		for (const missing of [/llama2[.].*-B[.]bin$/, /\/train\/$/]) {
			await context.route(missing, (route) => route.fulfill(login));
			expect(await stateOfUpdate(page)).toBe('redundant');
			await context.unroute(missing);
		}
		await page.reload();
		expect(await buildOf(page)).toBe('A');

		await lookForUpdate(page);
		await expect(page.locator('.announcement').getByText('A newer version')).toBeVisible();
		// The page of the earlier build still finds its own.
		expect(await vocabularies(page, '-A.bin')).toHaveLength(length);
		await useUpdate(page, 'B');
		await sees(page, ALL);
		await page.reload();
		await expect.poll(() => vocabularies(page, '-A.bin')).toEqual([]);

		// C has the same vocabularies and texts.
		await context.route(/[.]bin$/, (route) => route.abort());
		site.deploy('C');
		await lookForUpdate(page);
		await useUpdate(page, 'C');
		await sees(page, ALL);
		await site.close();
		await expectCount(context, site.url, 'llama2');
		await new LabPage(page).open(`${site.url}inflation/?t=llama2`);
		await page.getByRole('button', { name: /^Show all 521/ }).click();
		// One that is not among the languages of the app.
		await expect(page.locator('[data-language="shn"][data-tokenizer="llama2"]')).toBeVisible();
	});

if (IS_FULL)
	test('without a service worker, kept tokenizers are not downloaded again', async ({
		page,
		context,
		site
	}) => {
		// Under this name, there is none.
		const url = site.url.replace('127.0.0.1', 'localhost');
		await open(page, url);
		await press(page, /^Keep all/);
		await sees(
			page,
			/keeps (\d+) of \1 tokenizers: [^]* here the pages themselves need the network/
		);
		await context.route(/[.]bin$/, (route) => route.abort());
		await expectCount(context, url, 'llama2');

		// Files of another build go, because no service worker clears them.
		await page.evaluate(async () => {
			const cache = await caches.open('bpe-lab-vocabularies');
			await cache.put('/lab/_app/immutable/assets/llama2.0ldbuild.bin', new Response('old'));
		});
		const current = await context.newPage();
		await new LabPage(current).open(`${url}about/`);
		await expect.poll(() => vocabularies(current, '0ldbuild.bin')).toEqual([]);
	});
