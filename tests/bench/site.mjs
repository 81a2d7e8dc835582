// The built site in a real browser, without a service worker and with one: what it costs to open each page, and what visitors
// wait for.
import { withSite } from '../support/site-browser';
import { benchAgainstTextarea } from './against-textarea.mjs';
import { benchCompare } from './compare.mjs';
import { benchDiff } from './diff.mjs';
import { benchFrames } from './frames.mjs';
import { benchInflation } from './inflation.mjs';
import { benchOpening } from './opening.mjs';
import { benchStrawberry } from './strawberry.mjs';
import { figures } from './targets.mjs';
import { benchTexts } from './texts.mjs';
import { Visitors, VISITS } from './visitors.mjs';

/** Measures everything in both kinds of visits. */
export async function benchSite({ rounds }) {
	for (const [name, hasServiceWorker] of Object.entries(VISITS)) {
		console.log(`# ${name}\n`);
		figures.place = name;
		await benchOpening({ rounds, hasServiceWorker });
		await benchVisit(hasServiceWorker);
	}
	figures.place = '';
}

const benchVisit = (hasServiceWorker) =>
	withSite(
		async (browser, site) => {
			const visitors = new Visitors(browser, site, hasServiceWorker);
			const { multilingual, prose } = benchTexts();
			await benchCompare(visitors, { prose: prose.text, multilingual: multilingual.text });
			await benchAgainstTextarea(visitors, prose.text);
			await benchFrames(visitors, prose.text);
			await benchStrawberry(visitors);
			await benchInflation(visitors);
			await benchDiff(visitors, { prose: prose.text, 'many scripts': multilingual.text });
		},
		{ compresses: true }
	);
