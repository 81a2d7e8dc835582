import { gzipSync } from 'node:zlib';
import { expect, test, type Response } from '@playwright/test';
import { LabPage } from './lab-page';

/** Largest size of the home page without vocabularies, compressed, in bytes. */
const MAX_BYTES = 300_000;

test('loads less than 300 kB besides the vocabularies', async ({ page }) => {
	const bodies: Promise<[string, Buffer]>[] = [];
	const record = (response: Response) => {
		bodies.push(response.body().then((body) => [new URL(response.url()).pathname, body]));
	};
	page.on('response', record);
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('loaded');
	await lab.ready();
	// The libraries for second opinions load later.
	page.off('response', record);
	const files = (await Promise.all(bodies)).filter(([path]) => !path.endsWith('.bin'));
	expect(files.length).toBeGreaterThan(5);
	// Names contain a hash of the content, so the second worker's script comes from the browser's cache.
	const sizes = [...new Map(files)].map(([path, body]) =>
		path.endsWith('.woff2') ? body.length : gzipSync(body).length
	);
	expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_BYTES);
});

test('one more tokenizer costs only its own file, and that of its parent', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('loaded');
	await lab.ready();
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	await lab.choose('gpt2');
	await lab.ready();
	const vocabularies = () => asked.filter((path) => path.endsWith('.bin'));
	expect(vocabularies()).toHaveLength(1);
	// Stored as a difference to cl100k_base, which is in the cache.
	await lab.choose('olmo2');
	await lab.ready();
	const names = vocabularies().map((path) => path.split('/').at(-1));
	expect(names).toEqual(
		[/^gpt2[.]/, /^olmo2[.]/].map((name) => expect.stringMatching(name) as unknown)
	);
	// The browser may ask for the icon at any time.
	expect(asked.filter((path) => !/[.](bin|js)$|favicon/.test(path))).toEqual([]);
});

test('a new user passes at most seven controls before the first result', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	// Tab stops between the links of the navigation and the first card. A group of radios is one.
	await lab.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	const stops: string[] = [];
	for (let i = 0; i < 20; i++) {
		await page.keyboard.press('Tab');
		const stop = await page.evaluate(() => {
			const element = document.activeElement;
			if (!element || element.closest('[data-tokenizer]')) return null;
			// The logo is a link home. The button that skips to the content is a way around the controls.
			return element.closest('nav, .skip, header a') ? 'link' : element.outerHTML.slice(0, 60);
		});
		if (stop === null) break;
		if (stop !== 'link') stops.push(stop);
	}
	expect(stops.length).toBeGreaterThan(0);
	expect(stops.length).toBeLessThanOrEqual(7);
});

for (const path of [
	'',
	'train/',
	'strawberry/',
	'inflation/',
	'drift/',
	'drift/lineages/',
	'drift/diff/',
	'vocabulary/'
]) {
	test(`the first paint of /${path} waits for no other file`, async ({ page }) => {
		const response = await page.goto(path);
		const html = (await response?.text()) ?? '';
		expect(html.replace(/<template id="scripts">.*?<\/template>/s, '')).not.toContain(
			'modulepreload'
		);
		await expect(page.locator('link[rel="modulepreload"]').nth(5)).toBeAttached();
		const statuses = await page.evaluate(() =>
			performance.getEntriesByType('resource').map(
				// TypeScript does not know the property yet.
				(entry) => (entry as unknown as { renderBlockingStatus: string }).renderBlockingStatus
			)
		);
		expect(statuses).toContain('non-blocking');
		expect(statuses).not.toContain('blocking');
	});
}
