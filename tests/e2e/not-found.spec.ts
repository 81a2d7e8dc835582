import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { serve } from '../support/static-server.js';
import { LabPage } from './lab-page';

const NO_SUCH_PAGE = 'There is no page at this address.';

const overflow = (page: Page) =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const address of ['nope', 'nope/', 'a/b/c', 'drift/nope', 'nope?t=gpt2#text']) {
	test(`says that there is no page at ${address}, and leads home`, async ({ page, baseURL }) => {
		const response = await page.goto(address);
		expect(response?.status()).toBe(404);
		await expect(page.getByRole('heading', { name: NO_SUCH_PAGE })).toBeVisible();
		const home = page.getByRole('link', { name: 'Go to BPE Lab' });
		await expect(home).toHaveJSProperty('href', baseURL ?? '');
		await home.click();
		await expect(page.getByTestId('text-input')).toHaveValue(/^Language models read/);
	});
}

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
	const names = ['svelte', '@sveltejs/kit', 'js-tiktoken', '@xenova/transformers', 'idb'];
	for (const name of [
		...names,
		'@fontsource-variable/inter',
		'@fontsource-variable/jetbrains-mono'
	])
		expect(packages).toMatch(new RegExp(`^${name} \\d`, 'm'));
});

test('leads home on a host without a sub-path, and never to another host', async ({ page }) => {
	const build = fileURLToPath(new URL('../../build', import.meta.url));
	const { url, close } = await serve(build, { base: '/' });
	try {
		for (const address of ['nope', 'a/b/c/d/e/f/g/h/i/j/k', '/example.com/nope']) {
			await page.goto(url + address);
			await expect(page.getByRole('link')).toHaveJSProperty('href', url);
		}
	} finally {
		await close();
	}
});

for (const colorScheme of ['light', 'dark'] as const) {
	for (const width of [1280, 360]) {
		test(`axe finds nothing on the page for unknown addresses in ${colorScheme} at ${width} px`, async ({
			page
		}) => {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 800 });
			await page.goto('./a/b/c');
			expect(await overflow(page)).toBe(0);
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		});
	}
}

test('the page for unknown addresses has the chosen theme', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'light' });
	await new LabPage(page).open();
	await page.getByRole('button', { name: 'Dark theme' }).click();
	await page.goto('./a/b/c');
	await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(18, 18, 20)');
});

test('a page whose data cannot be fetched says so, keeps the text, and can be tried again', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('kept');
	const isData = (url: URL) => url.pathname.endsWith('/train/__data.json');
	await page.route(isData, (route) => route.abort());
	await page.getByRole('link', { name: 'Train', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible();
	await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	await page.unroute(isData);
	await page.getByRole('button', { name: 'Try again' }).click();
	await expect(page.getByTestId('corpus-input')).toBeVisible();
	await page.getByRole('link', { name: 'Compare', exact: true }).click();
	await expect(lab.text).toHaveValue('kept');
});

test('a page that fails while it is drawn says so, and the others still work', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('kept');
	await lab.ready();
	// The data of the page lacks what it draws.
	await page.route(
		(url) => url.pathname.endsWith('/strawberry/__data.json'),
		async (route) => {
			const response = await route.fetch();
			const body = (await response.text()).replaceAll('"prerendered"', '"missing"');
			await route.fulfill({ response, body });
		}
	);
	await page.getByRole('link', { name: 'Strawberry' }).click();
	await expect(page.getByRole('heading', { name: 'This page could not be shown' })).toBeVisible();
	await page.getByRole('link', { name: 'Go to Compare' }).click();
	await expect(lab.text).toHaveValue('kept');
	await lab.ready();
});
