import { join } from 'node:path';
import { chromium, type Browser } from 'playwright';
import { findChromium } from './chromium.js';
import { ROOT } from './launcher';
import { serve } from './static-server.js';

export const BUILD = join(ROOT, 'build');

/**
 * Serves the built site, starts a browser, and closes both after `work`.
 * @param work receives the browser and the site's URL, with a trailing slash
 */
export async function withSite<T>(
	work: (browser: Browser, site: string) => Promise<T>,
	{ args: added = [], compresses = false }: { args?: readonly string[]; compresses?: boolean } = {}
): Promise<T> {
	const server = await serve(BUILD, { compresses });
	try {
		const { args, ...options } = await findChromium();
		const browser = await chromium.launch({ ...options, args: [...args, ...added] });
		try {
			return await work(browser, server.url);
		} finally {
			await browser.close();
		}
	} finally {
		await server.close();
	}
}
