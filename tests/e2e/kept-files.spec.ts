import { expect, type BrowserContext, type Page } from '@playwright/test';
import { idsOf, textOf } from '../support/oracle';
import { IS_FULL } from '../support/size';
import { buildOf, kept, lookForUpdate, stateOfUpdate, test, useUpdate } from './builds';
import { LabPage } from './lab-page';

/** URLs of the cached vocabularies that end with `ending`. */
const vocabularies = (page: Page, ending = ''): Promise<string[]> =>
	page.evaluate(async (ending) => {
		const cache = await caches.open('bpe-lab-vocabularies');
		return (await cache.keys()).map(({ url }) => url).filter((url) => url.endsWith(ending));
	}, ending);

/**
 * Opens Compare with some tokenizers on a new page. Expects the counts to match the reference and the
 * tokenizers to be cached.
 */
async function expectCounts(
	context: BrowserContext,
	url: string,
	...tokenizers: readonly string[]
): Promise<void> {
	const lab = new LabPage(await context.newPage());
	await lab.open(`${url}?t=${tokenizers.join()}`);
	await lab.text.fill(textOf('de'));
	for (const tokenizer of tokenizers)
		await expect(lab.count(tokenizer)).toHaveText(String(idsOf(tokenizer, 'de').length));
	// Vocabularies aren't cached until shortly after they have loaded.
	const areCached = async () => {
		const kept = await vocabularies(lab.page);
		return tokenizers.every((id) => kept.some((address) => address.includes(`/${id}.`)));
	};
	await expect.poll(areCached).toBe(true);
	await lab.page.close();
}

/** Shows all languages, and waits for one whose text isn't part of the offline copy. */
async function expectLanguages(page: Page, url: string): Promise<void> {
	await new LabPage(page).open(`${url}inflation/?t=llama2`);
	await page.getByRole('button', { name: /^Show all 521/ }).click();
	await expect(page.locator('[data-language="shn"][data-tokenizer="llama2"]')).toBeVisible();
}

test('a tokenizer that was used opens without a network, also one that is stored as a difference', async ({
	page,
	context,
	site
}) => {
	await new LabPage(page).open(`${site.url}about/`);
	await kept(page);
	await expectCounts(context, site.url, 'llama2', 'qwen2.5');
	// The parent of qwen2.5 is cached, too.
	expect(await vocabularies(page)).toHaveLength(3);
	await site.close();
	await expectCounts(context, site.url, 'llama2', 'qwen2.5');
});

if (IS_FULL)
	test('an update waits until all of it has arrived, with its own version of what is kept', async ({
		page,
		context,
		site
	}) => {
		await new LabPage(page).open(`${site.url}about/`);
		await kept(page);
		await expectLanguages(page, site.url);
		await expect.poll(() => vocabularies(page, '-A.bin')).toHaveLength(1);
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
		// The page from the earlier build still finds its vocabulary.
		expect(await vocabularies(page, '-A.bin')).toHaveLength(1);
		expect(await vocabularies(page, '-B.bin')).toHaveLength(1);
		await useUpdate(page, 'B');
		await page.reload();
		await expect.poll(() => vocabularies(page, '-A.bin')).toEqual([]);

		// B and C have the same vocabularies and texts.
		await context.route(/[.]bin$/, (route) => route.abort());
		site.deploy('C');
		await lookForUpdate(page);
		await useUpdate(page, 'C');
		await site.close();
		await expectCounts(context, site.url, 'llama2');
		await expectLanguages(page, site.url);
	});

if (IS_FULL)
	test('without a service worker, tokenizers that were used are not downloaded again', async ({
		page,
		context,
		site
	}) => {
		// No service worker is registered for this host name.
		const url = site.url.replace('127.0.0.1', 'localhost');
		await new LabPage(page).open(`${url}about/`);
		await expectCounts(context, url, 'llama2');
		await context.route(/[.]bin$/, (route) => route.abort());
		await expectCounts(context, url, 'llama2');

		// Without a service worker, the page itself must remove files from a different build.
		await page.evaluate(async () => {
			const cache = await caches.open('bpe-lab-vocabularies');
			await cache.put('/lab/_app/immutable/assets/llama2.0ldbuild.bin', new Response('old'));
		});
		const current = await context.newPage();
		await new LabPage(current).open(`${url}about/`);
		await expect.poll(() => vocabularies(current, '0ldbuild.bin')).toEqual([]);
	});
