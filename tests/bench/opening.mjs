// Opening each page: Lighthouse's scores on a simulated phone (best of three), the size of the scripts, and the layout shift
// of the page and of a link to it.
import { chromium } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { createServer } from 'node:net';
import lighthouse from 'lighthouse';
import { findChromium } from '../support/chromium.js';
import { printTable } from './table.mjs';
import { expectAtLeast, expectAtMost } from './targets.mjs';
import { Visitors } from './visitors.mjs';

/** Pages, each with a link to a state that is not its first one. The hash is the word “Donaudampfschiff”. */
export const PAGES = {
	Compare: { path: '', link: '?t=llama3,gemma3,o200k_base,cl100k_base' },
	Train: { path: 'train/', link: 'train/?size=600&step=100' },
	Strawberry: {
		path: 'strawberry/',
		link: 'strawberry/?letter=f#v1.t=eJxjcMnPSyxNScwtSCtOzshMSwMANiIGcw'
	},
	Inflation: { path: 'inflation/', link: 'inflation/?t=cl100k_base&base=deu_1996' },
	Drift: { path: 'drift/', link: 'drift/?case=two-bos' },
	Diff: { path: 'drift/diff/', link: 'drift/diff/?a=gpt2&b=llama3' },
	Vocabulary: { path: 'vocabulary/', link: 'vocabulary/?tokenizer=llama3&id=15717' }
};
const CATEGORIES = {
	performance: 95,
	accessibility: 100,
	'best-practices': 100,
	seo: 100
};
const MAX_SCRIPT_KB = 150;
const MAX_SHIFT = 0.02;
/** Time in which a page and its first answers have come to rest, in milliseconds. */
const REST_MS = 4000;

/** Lighthouse's best scores of at most `rounds`, 0 to 100. Ends with the round after which all are met. */
async function scores(url, port, { rounds, hasServiceWorker }) {
	const best = Object.fromEntries(Object.keys(CATEGORIES).map((category) => [category, 0]));
	for (let round = 0; round < rounds; round++) {
		const { lhr } = await lighthouse(url, {
			port,
			logLevel: 'error',
			// Otherwise it ends the service worker.
			disableStorageReset: hasServiceWorker
		});
		for (const category of Object.keys(CATEGORIES))
			best[category] = Math.max(best[category], Math.round(lhr.categories[category].score * 100));
		if (Object.entries(CATEGORIES).every(([category, least]) => best[category] >= least)) break;
	}
	return best;
}

/** Compressed kB of the scripts that a page loads, in the page and in its workers, the layout shift, and the number of alerts. */
async function visit(visitors, url) {
	const context = await visitors.newContext({ viewport: { width: 1280, height: 800 } });
	const page = await context.newPage();
	await page.addInitScript(() => {
		window.benchShift = 0;
		new PerformanceObserver((list) => {
			for (const { value, hadRecentInput } of list.getEntries())
				if (!hadRecentInput) window.benchShift += value;
		}).observe({ type: 'layout-shift', buffered: true });
	});
	const scripts = new Map();
	page.on('response', (response) => {
		if (response.url().endsWith('.js')) scripts.set(response.url(), response.body());
	});
	await page.goto(url);
	await page.locator('html[data-hydrated]').waitFor();
	await page.waitForTimeout(REST_MS);
	let inPage = 0;
	let inWorkers = 0;
	for (const [address, body] of scripts) {
		const size = gzipSync(await body).length / 1000;
		if (address.includes('/workers/')) inWorkers += size;
		else inPage += size;
	}
	const shift = await page.evaluate(() => window.benchShift);
	const alerts = await page.getByRole('alert').count();
	await context.close();
	return { inPage, inWorkers, shift, alerts };
}

/** Returns a free TCP port for the browser's debugger, which Lighthouse connects to. */
const freePort = () =>
	new Promise((resolve) => {
		const server = createServer();
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});

/**
 * Returns the number of browser contexts in which a service worker was in control.
 * @param {string} site address of the built site, served compressed
 */
export async function benchOpening(site, { rounds, hasServiceWorker }) {
	const { version } = JSON.parse(
		readFileSync(new URL('../../node_modules/lighthouse/package.json', import.meta.url))
	);
	const port = await freePort();
	const found = await findChromium();
	const browser = await chromium.launch({
		...found,
		args: [...found.args, `--remote-debugging-port=${port}`]
	});
	const visitors = new Visitors(browser, site, hasServiceWorker);
	const rows = [];
	try {
		if (hasServiceWorker) {
			// Lighthouse opens its pages in the context that a browser has from its start.
			const own = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
			await visitors.keep(own.contexts()[0]);
			await own.close();
		}
		for (const [name, { path, link }] of Object.entries(PAGES)) {
			const best = await scores(site + path, port, { rounds, hasServiceWorker });
			for (const [category, least] of Object.entries(CATEGORIES))
				expectAtLeast(`${name}, Lighthouse ${category}`, best[category], least);
			const first = await visit(visitors, site + path);
			const linked = await visit(visitors, site + link);
			expectAtMost(`${name}, kB of scripts`, first.inPage, MAX_SCRIPT_KB);
			expectAtMost(`${name}, layout shift`, first.shift, MAX_SHIFT);
			expectAtMost(`${name}, layout shift of a link`, linked.shift, MAX_SHIFT);
			// A link with a field that the page does not know measures the wrong state.
			expectAtMost(`${name}, alerts of a link`, linked.alerts, 0);
			rows.push([
				name,
				...Object.values(best),
				first.inPage.toFixed(0),
				first.inWorkers.toFixed(0),
				first.shift.toFixed(3),
				linked.shift.toFixed(3)
			]);
		}
	} finally {
		await browser.close();
	}
	console.log(
		`Opening a page: Lighthouse ${version} (phone), gzipped scripts, layout shift at 1280 px`
	);
	printTable(
		[
			'page',
			...Object.keys(CATEGORIES),
			'kB of scripts',
			'kB in workers',
			'layout shift',
			'of a link'
		],
		[
			...rows,
			[
				'target',
				...Object.values(CATEGORIES).map((least) => `≥ ${least}`),
				`≤ ${MAX_SCRIPT_KB}`,
				'',
				`≤ ${MAX_SHIFT}`,
				`≤ ${MAX_SHIFT}`
			]
		]
	);
	return visitors.checked;
}
