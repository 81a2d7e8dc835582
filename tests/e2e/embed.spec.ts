import { createServer } from 'node:http';
import { expect, test, type Page } from '@playwright/test';
import { embedSnippet } from '../../src/lib/app/embed';
import { listen } from '../support/loopback';
import { IS_FULL } from '../support/size';

const { SITE_URL = '' } = process.env;

/** Opens a page with this HTML on a different site. @returns a function that reads the messages from its frames */
async function openHost(page: Page, html: string): Promise<() => Promise<unknown[]>> {
	const record = `<script>messages = []; addEventListener('message', ({ data }) => messages.push(data))</script>`;
	const host = createServer((_, response) => {
		response.setHeader('content-type', 'text/html');
		response.end(`<!doctype html>${record}${html}`);
	});
	const { port } = await listen(host);
	await page.goto(`http://127.0.0.1:${port}`);
	host.close();
	await expect(page.frameLocator('iframe').locator('html[data-hydrated]')).toHaveCount(1);
	return () => page.evaluate(() => (window as unknown as { messages: unknown[] }).messages);
}

test('a frame has no header, and is as high as its content, on every page', async ({ page }) => {
	for (const path of ['', 'train/', 'strawberry/', 'inflation/', 'drift/']) {
		await openHost(page, embedSnippet(SITE_URL + path));
		const frame = page.frameLocator('iframe');
		await expect(frame.getByRole('main')).toBeVisible();
		await expect(frame.getByRole('banner')).toBeHidden();
		await expect(frame.getByRole('link', { name: 'About' })).toBeHidden();
		await expect(frame.getByRole('link', { name: 'Open in BPE Lab' })).toBeVisible();
		const overhang = () =>
			frame.locator('body').evaluate((body) => (body as HTMLElement).offsetHeight - innerHeight);
		await expect.poll(overhang, { message: path }).toBe(0);
		const height = await page.locator('iframe').evaluate((frame) => frame.clientHeight);
		expect(height, path).toBeGreaterThan(200);
	}
});

test('a frame follows its content, keeps its address, and opens what it shows in a new tab', async ({
	page
}) => {
	const messages = await openHost(page, embedSnippet(`${SITE_URL}strawberry/`));
	const frame = page.frameLocator('iframe');
	const sent = (await messages()).length;
	await frame.getByTestId('word-input').fill('bookkeeper '.repeat(12));
	await expect.poll(async () => (await messages()).length).toBeGreaterThan(sent);
	expect((await messages()).at(-1)).toMatchObject({ type: 'bpe-lab:resize' });
	const address = () => page.frames()[1].url();
	await expect.poll(address).toMatch(/strawberry\/?\?embed#v1/);
	const longer = address();
	await frame.getByTestId('word-input').fill('bookkeeper');
	await expect.poll(address).not.toBe(longer);
	const before = address();
	await frame.getByTestId('word-input').fill('bookkeeping');
	await expect.poll(address).not.toBe(before);
	const opening = page.waitForEvent('popup');
	await frame.getByRole('link', { name: 'Open in BPE Lab' }).click();
	const opened = await opening;
	await expect(opened.getByTestId('word-input')).toHaveValue('bookkeeping');
	await expect(opened.getByRole('banner')).toBeVisible();
	expect(opened.url()).not.toContain('embed');
	// The frame's URL still opens the frame's page, without an error.
	await opened.goto(address());
	await expect(opened.getByTestId('word-input')).toHaveValue('bookkeeping');
	await expect(opened.locator('html[data-link]')).toHaveCount(0);
	await expect(opened.getByRole('alert')).toHaveCount(0);
});

if (IS_FULL)
	test('links in a frame open in a new tab, and without the flag nothing is sent', async ({
		page
	}) => {
		await openHost(page, embedSnippet(`${SITE_URL}drift/`));
		const opening = page.waitForEvent('popup');
		await page.frameLocator('iframe').getByRole('main').locator('a[href*="diff"]').first().click();
		await expect((await opening).getByTestId('verdict')).toBeVisible();
		expect(page.frames()[1].url()).not.toContain('diff');

		const messages = await openHost(page, embedSnippet(SITE_URL).replace('?embed', ''));
		const frame = page.frameLocator('iframe');
		await expect(frame.getByRole('banner')).toBeVisible();
		await frame.getByTestId('text-input').fill('more\n'.repeat(40));
		await expect(frame.locator('[data-tokenizer]:not([data-status="ready"])')).toHaveCount(0);
		expect(await messages()).toEqual([]);
	});
