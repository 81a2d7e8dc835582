/** Maximum time for storing the lab for offline use, in milliseconds. */
const KEEPING_TIMEOUT_MS = 120_000;

/**
 * Simulates visitors to the built site: every page opens in a new browser context. Either all of these pages are served
 * by a service worker, or none are.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} site
 * @param {boolean} hasServiceWorker
 */
export function visitorsOf(browser, site, hasServiceWorker) {
	/** Opens a page that closes together with its context. */
	async function newPage() {
		const context = await browser.newContext({
			viewport: { width: 1280, height: 800 },
			serviceWorkers: hasServiceWorker ? 'allow' : 'block'
		});
		if (hasServiceWorker) await keepSite(context, site);
		const page = await context.newPage();
		// The context may already have been closed together with the browser.
		page.once('close', () => context.close().catch(() => undefined));
		return page;
	}
	/** Opens a page on the site and waits until it is hydrated. */
	async function open(path = '') {
		const page = await newPage();
		await page.goto(site + path);
		await page.locator('html[data-hydrated]').waitFor();
		return page;
	}
	return { site, newPage, open };
}

/**
 * Opens the site and waits until its service worker is in control.
 * @throws Error if the service worker does not serve the next page
 */
export async function keepSite(context, site) {
	const page = await context.newPage();
	await page.goto(site);
	await page.waitForFunction(
		() => navigator.serviceWorker.controller?.state === 'activated',
		undefined,
		{ timeout: KEEPING_TIMEOUT_MS, polling: 100 }
	);
	await page.reload();
	const isServed = await page.evaluate(
		() =>
			navigator.serviceWorker.controller !== null &&
			performance.getEntriesByType('navigation')[0].workerStart > 0
	);
	await page.close();
	if (!isServed) throw new Error('the page was not served by the service worker');
}

/** Waits until all cards on a page have counted the text. */
export const allReady = (page) =>
	page.waitForFunction(() => !document.querySelector('[data-tokenizer]:not([data-status=ready])'));

/**
 * Longest task on a page's main thread while `act` runs, in milliseconds; 0 if no task exceeded 50 ms
 * (PerformanceObserver, longtask).
 * @param {import('@playwright/test').Page} page
 */
export async function longestTask(page, act) {
	await page.evaluate(() => {
		window.benchObserver?.disconnect();
		const tasks = (window.benchTasks = []);
		window.benchObserver = new PerformanceObserver((list) => {
			for (const { duration } of list.getEntries()) tasks.push(duration);
		});
		window.benchObserver.observe({ type: 'longtask' });
	});
	await act();
	return page.evaluate(() => Math.max(0, ...window.benchTasks));
}

/**
 * Milliseconds, measured on the page, between an event that `act` causes and the moment when no element matches the
 * selector.
 * @param {import('@playwright/test').Page} page
 * @param {string} type of the event
 * @param {string} awaited selector of elements that are still waiting for results
 * @throws Error if nothing matches the selector after the event has been handled, since there would be nothing to
 * measure
 */
export async function timeToAnswer(page, type, awaited, act) {
	await page.evaluate(
		([type, awaited]) => {
			window.benchAnswered = new Promise((resolve, reject) => {
				const listen = () => {
					const before = performance.now();
					let isAwaited = false;
					const look = () => {
						if (document.querySelector(awaited)) {
							isAwaited = true;
							return;
						}
						observer.disconnect();
						if (isAwaited) resolve(performance.now() - before);
						else reject(new Error(`nothing awaits ${awaited}`));
					};
					const observer = new MutationObserver(look);
					// The page has handled the event by the time this runs.
					setTimeout(() => {
						observer.observe(document, { subtree: true, childList: true, attributes: true });
						look();
					}, 5);
				};
				document.addEventListener(type, listen, { once: true, capture: true });
			});
		},
		[type, awaited]
	);
	await act();
	return page.evaluate(() => window.benchAnswered);
}

/** Fills the clipboard as another program would, and selects the text in a field. */
export async function copy(page, field, text) {
	await page.evaluate((content) => {
		const fill = (event) => {
			event.preventDefault();
			event.clipboardData.setData('text/plain', content);
		};
		document.addEventListener('copy', fill, { once: true });
	}, text);
	await field.focus();
	await field.press('ControlOrMeta+a');
	await page.keyboard.press('ControlOrMeta+c');
	await page.waitForTimeout(500);
}

export const paste = (page) => page.keyboard.press('ControlOrMeta+v');
