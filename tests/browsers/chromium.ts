import { join } from 'node:path';
import { chromium as playwright } from 'playwright';
import { findChromium } from '../support/chromium.js';
import { graphemes, type Browser } from './browser';

/** The Chromium that other tests use, controlled through Playwright. */
export const chromium: Browser = {
	name: 'Chromium',
	package: '@sparticuz/chromium (npm) or chromium (Debian)',
	isInstalled: () => true,
	async start(downloads) {
		const browser = await playwright.launch(await findChromium());
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		page.on('download', (download) => {
			void download.saveAs(join(downloads, download.suggestedFilename()));
		});
		return {
			version: browser.version(),
			async open(address) {
				await page.goto(address);
			},
			evaluate: (expression) => page.evaluate(expression),
			click: ({ x, y }) => page.mouse.click(x, y),
			press: (keys) => page.keyboard.press(keys),
			async type(text) {
				for (const grapheme of graphemes(text)) await page.keyboard.type(grapheme);
			},
			close: () => browser.close()
		};
	}
};
