// Visitors of the built site, each with a browser context of its own: a service worker serves all their pages, or none does.

/** Visits that are measured, by name: whether a service worker is in control. */
export const VISITS = { 'no service worker': false, 'service worker in control': true };

/** Maximum time in which the lab is kept, in milliseconds. */
const KEEPING_TIMEOUT_MS = 120_000;

/** Waits until all cards of a page have counted its text. */
export const allReady = (page) =>
	page.waitForFunction(() => !document.querySelector('[data-tokenizer]:not([data-status=ready])'));

/** Waits until a page is under control of the service worker. */
const controlled = (page) =>
	page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, {
		timeout: KEEPING_TIMEOUT_MS,
		polling: 100
	});

/**
 * Opens the site until its service worker is in control.
 * @throws Error if the next page is not served by it
 */
export async function keepSite(context, site) {
	const page = await context.newPage();
	await page.goto(site);
	await controlled(page);
	await page.reload();
	const isServed = await page.evaluate(
		() =>
			navigator.serviceWorker.controller !== null &&
			performance.getEntriesByType('navigation')[0].workerStart > 0
	);
	await page.close();
	if (!isServed) throw new Error('the page was not served by the service worker');
}

/** Has the same methods as a browser. A service worker is in control of its contexts, if they have one. */
export class Visitors {
	/** @param {import('@playwright/test').Browser} browser @param {string} site @param {boolean} hasServiceWorker */
	constructor(browser, site, hasServiceWorker) {
		this.browser = browser;
		this.site = site;
		this.hasServiceWorker = hasServiceWorker;
	}

	async newContext() {
		const context = await this.browser.newContext({
			viewport: { width: 1280, height: 800 },
			serviceWorkers: this.hasServiceWorker ? 'allow' : 'block'
		});
		if (this.hasServiceWorker) await keepSite(context, this.site);
		return context;
	}

	/** A page in a context of its own, which closes with it. */
	async newPage() {
		const context = await this.newContext();
		const page = await context.newPage();
		// It also closes with the whole browser.
		page.once('close', () => context.close().catch(() => undefined));
		return page;
	}

	/** Opens a page of the site in a context of its own, and waits until it is hydrated. */
	async open(path = '') {
		const page = await this.newPage();
		await page.goto(this.site + path);
		await page.locator('html[data-hydrated]').waitFor();
		return page;
	}
}
