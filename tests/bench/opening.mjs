// Opening each page: Measures Lighthouse scores on a simulated phone (best of three), script sizes, and layout shift.
import { chromium } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import lighthouse from 'lighthouse';
import { freePort } from '../support/loopback';
import { withSite } from '../support/site-browser';
import { figures } from './figures.mjs';
import { keepSite, visitorsOf } from './visitors.mjs';

const PAGES = {
	Compare: '',
	Train: 'train/',
	Strawberry: 'strawberry/',
	Inflation: 'inflation/',
	Drift: 'drift/',
	Diff: 'drift/diff/',
	Vocabulary: 'vocabulary/'
};
const CATEGORIES = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };
/** Milliseconds to wait until a page shows its first results and is idle. */
const REST_MS = 4000;

/** Best Lighthouse scores (0 to 100) from up to `rounds` rounds. Stops once all targets are met. */
async function scores(url, port, { rounds, hasServiceWorker }) {
	const best = Object.fromEntries(Object.keys(CATEGORIES).map((category) => [category, 0]));
	for (let round = 0; round < rounds; round++) {
		const { lhr } = await lighthouse(url, {
			port,
			logLevel: 'error',
			// Resetting storage would unregister the service worker.
			disableStorageReset: hasServiceWorker
		});
		for (const category of Object.keys(CATEGORIES))
			best[category] = Math.max(best[category], Math.round(lhr.categories[category].score * 100));
		if (Object.entries(CATEGORIES).every(([category, least]) => best[category] >= least)) break;
	}
	return best;
}

/** Compressed size in kB of the scripts that a page loads outside workers, and the page's layout shift. */
async function visit(visitors, url) {
	const page = await visitors.newPage();
	await page.addInitScript(() => {
		window.benchShift = 0;
		new PerformanceObserver((list) => {
			for (const { value, hadRecentInput } of list.getEntries())
				if (!hadRecentInput) window.benchShift += value;
		}).observe({ type: 'layout-shift', buffered: true });
	});
	const scripts = new Map();
	page.on('response', (response) => {
		const url = response.url();
		if (url.endsWith('.js') && !url.includes('/workers/')) scripts.set(url, response.body());
	});
	await page.goto(url);
	await page.locator('html[data-hydrated]').waitFor();
	await page.waitForTimeout(REST_MS);
	let kilobytes = 0;
	for (const body of scripts.values()) kilobytes += gzipSync(await body).length / 1000;
	const shift = await page.evaluate(() => window.benchShift);
	await page.close();
	return { kilobytes, shift };
}

export async function benchOpening({ rounds, hasServiceWorker }) {
	const port = await freePort();
	await withSite(
		async (browser, site) => {
			const visitors = visitorsOf(browser, site, hasServiceWorker);
			if (hasServiceWorker) {
				// Lighthouse opens its pages in the browser's default context.
				const own = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
				await keepSite(own.contexts()[0], site);
				await own.close();
			}
			for (const [name, path] of Object.entries(PAGES)) {
				const best = await scores(site + path, port, { rounds, hasServiceWorker });
				for (const [category, least] of Object.entries(CATEGORIES))
					figures.atLeast(`${name}, Lighthouse ${category}`, best[category], least);
				const { kilobytes, shift } = await visit(visitors, site + path);
				figures.atMost(`${name}, scripts`, kilobytes, 150, 'kB');
				figures.atMost(`${name}, layout shift`, shift, 0.02);
			}
		},
		{ compresses: true, args: [`--remote-debugging-port=${port}`] }
	);
}
