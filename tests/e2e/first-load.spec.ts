import { gzipSync } from 'node:zlib';
import { expect, test, type Response } from '@playwright/test';
import { LabPage } from './lab-page';

/** Bytes that a host with compression moves for the home page, vocabularies apart. */
const BUDGET = 300_000;

test('moves less than 300 kB before the vocabularies', async ({ page }) => {
	const bodies: Promise<[string, Buffer]>[] = [];
	const keep = (response: Response) => {
		bodies.push(response.body().then((body) => [new URL(response.url()).pathname, body]));
	};
	page.on('response', keep);
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('loaded');
	await lab.ready();
	// What comes later (the libraries, for second opinions) is not the first load.
	page.off('response', keep);
	const files = (await Promise.all(bodies)).filter(([path]) => !path.endsWith('.bin'));
	expect(files.length).toBeGreaterThan(5);
	// Names carry a hash of the content: the second worker has its script from the browser's cache.
	const sizes = [...new Map(files)].map(([path, body]) =>
		path.endsWith('.woff2') ? body.length : gzipSync(body).length
	);
	expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(BUDGET);
});

test('one more tokenizer costs only its own file', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('loaded');
	await lab.ready();
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	await lab.choose('p50k_base');
	await lab.ready();
	expect(asked.filter((path) => path.endsWith('.bin'))).toHaveLength(1);
	// The browser asks for the icon when it finds the time.
	expect(asked.filter((path) => !/[.](bin|js)$|favicon/.test(path))).toEqual([]);
});

test('a newcomer meets at most seven controls before the first result', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	// Tab stops between the navigation's links and the first card; a group of radios is one.
	await lab.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	const stops: string[] = [];
	for (let i = 0; i < 20; i++) {
		await page.keyboard.press('Tab');
		const stop = await page.evaluate(() => {
			const element = document.activeElement;
			if (!element || element.closest('[data-tokenizer]')) return null;
			return element.closest('nav') ? 'link' : element.outerHTML.slice(0, 60);
		});
		if (stop === null) break;
		if (stop !== 'link') stops.push(stop);
	}
	expect(stops.length).toBeGreaterThan(0);
	expect(stops.length).toBeLessThanOrEqual(7);
});
