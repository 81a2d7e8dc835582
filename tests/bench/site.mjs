// Measures the built site in a real browser, with and without a service worker: Lighthouse scores, script sizes and
// layout shift of each page, and how long visitors wait for results.
import { withSite } from '../support/site-browser';
import { benchCompare } from './compare.mjs';
import { figures } from './figures.mjs';
import { benchOpening } from './opening.mjs';
import { benchPages } from './pages.mjs';
import { benchTexts } from './texts.mjs';
import { visitorsOf } from './visitors.mjs';

/** For each kind of visit, whether a service worker serves the pages. */
const VISITS = { 'no service worker': false, 'service worker in control': true };

export async function benchSite({ rounds }) {
	for (const [name, hasServiceWorker] of Object.entries(VISITS)) {
		console.log(`# ${name}\n`);
		figures.place = name;
		await benchOpening({ rounds, hasServiceWorker });
		await withSite(
			async (browser, site) => {
				const visitors = visitorsOf(browser, site, hasServiceWorker);
				const { multilingual, prose } = benchTexts();
				await benchCompare(visitors, { prose: prose.text, multilingual: multilingual.text });
				await benchPages(visitors, { prose: prose.text, 'many scripts': multilingual.text });
			},
			{ compresses: true }
		);
	}
	figures.place = '';
}
