import { expect, test } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { serve } from '../support/static-server.js';
import { axeOn, LabPage } from './lab-page';

const NO_SUCH_PAGE = 'There is no page at this address.';

test('says that there is no page at an address, in the chosen theme, and leads home, wherever the site is', async ({
	page,
	baseURL
}) => {
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize({ width: 360, height: 800 });
	await new LabPage(page).open();
	await page.getByRole('button', { name: 'Dark theme' }).click();
	const home = page.getByRole('link', { name: 'Go to BPE Lab' });
	for (const address of ['nope', 'drift/nope', 'nope?t=gpt2#text', 'a/b/c/']) {
		expect((await page.goto(address))?.status()).toBe(404);
		await expect(page.getByRole('heading', { name: NO_SUCH_PAGE })).toBeVisible();
		await expect(home).toHaveJSProperty('href', baseURL ?? '');
	}
	await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(18, 18, 20)');
	const root = page.locator('html');
	expect(await root.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
	expect((await axeOn(page).analyze()).violations).toEqual([]);
	await home.click();
	await expect(page.getByTestId('text-input')).toHaveValue(/^Language models read/);

	// On a host that serves the site without a sub-path, links must not lead to a different host.
	const build = fileURLToPath(new URL('../../build', import.meta.url));
	const { url, close } = await serve(build, { base: '/' });
	for (const address of ['nope', 'a/b/c/d/e/f/g/h/i/j/k', '/example.com/nope']) {
		await page.goto(url + address);
		await expect(page.getByRole('link')).toHaveJSProperty('href', url);
	}
	await close();
});

test('serves every licence that the About page names', async ({ page, request }) => {
	await page.goto('about/');
	const links = await page
		.getByRole('link')
		.evaluateAll((all: HTMLAnchorElement[]) =>
			all.map(({ href }) => href).filter((href) => href.endsWith('.txt'))
		);
	expect(links.length).toBeGreaterThan(5);
	for (const link of links) await expect(await request.get(link)).toBeOK();
	const packages = await (await request.get('licences/packages.txt')).text();
	for (const name of ['svelte', '@sveltejs/kit', 'js-tiktoken', '@fontsource-variable/inter'])
		expect(packages).toMatch(new RegExp(`^${name} \\d`, 'm'));
});

test('a page that cannot be fetched or drawn says so, keeps the text, and can be tried again', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('kept');
	const failed = page.getByRole('heading', { name: 'This page could not be shown' });
	const isData = (url: URL) => url.pathname.endsWith('/train/__data.json');
	await page.route(isData, (route) => route.abort());
	await page.getByRole('link', { name: 'Train', exact: true }).click();
	await expect(failed).toBeVisible();
	await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
	expect((await axeOn(page).analyze()).violations).toEqual([]);
	await page.unroute(isData);
	await page.getByRole('button', { name: 'Try again' }).click();
	await expect(page.getByTestId('corpus-input')).toBeVisible();

	// Rename a field in the page's data, so that the page can't be shown.
	await page.route(
		(url) => url.pathname.endsWith('/strawberry/__data.json'),
		async (route) => {
			const response = await route.fetch();
			const body = (await response.text()).replaceAll('"prerendered"', '"missing"');
			await route.fulfill({ response, body });
		}
	);
	await page.getByRole('link', { name: 'Strawberry' }).click();
	await expect(failed).toBeVisible();
	await page.getByRole('link', { name: 'Go to Compare' }).click();
	await expect(lab.text).toHaveValue('kept');
	await lab.ready();
});
