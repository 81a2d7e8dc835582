// Pasting 100 kB into Compare and typing a letter into it, compared with a bare textarea in the same run. Main-thread time is
// CPU time, so that a busy machine distorts the ratio little.
import { median, printTable } from './table.mjs';
import { expectAtMost } from './targets.mjs';

const MAX_PASTE_RATIO = 2.5;
const MAX_TYPING_RATIO = 4;
const PASTES = 5;
/** The first few are slower, until the browser has compiled what they run. */
const LETTERS = 21;
/** Time in which the page has answered and come to rest, in milliseconds. */
const REST_MS = 2000;
/** A page that holds nothing else than a textarea of the same size and font. */
const BARE =
	'<!doctype html><textarea style="width: 1180px; height: 92px; font: 14px/1.6 monospace" spellcheck="false"></textarea>';

/** Milliseconds of the main thread and layouts that `act` causes. */
async function cost({ page, devtools }, act) {
	const metrics = async () => {
		const { metrics } = await devtools.send('Performance.getMetrics');
		return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
	};
	const before = await metrics();
	await act();
	await page.waitForTimeout(REST_MS);
	const after = await metrics();
	return {
		ms: 1000 * (after.TaskDuration - before.TaskDuration),
		layouts: after.LayoutCount - before.LayoutCount
	};
}

/** Fills the clipboard as another program would. */
async function copy({ page, field }, text) {
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
	await page.waitForTimeout(300);
}

async function open(visitors, load) {
	const page = await visitors.newPage({ viewport: { width: 1280, height: 800 } });
	await load(page);
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
	const field = page.locator('textarea').first();
	await field.fill('warm');
	await page.waitForTimeout(REST_MS);
	return { page, devtools, field };
}

/** @param {string} site address of the built site */
export async function benchAgainstTextarea(visitors, site, text) {
	const bare = await open(visitors, (page) => page.setContent(BARE));
	const lab = await open(visitors, async (page) => {
		await page.goto(site);
		await page.locator('html[data-hydrated]').waitFor();
	});
	const contenders = { bare, lab };
	const costs = { paste: { bare: [], lab: [] }, letter: { bare: [], lab: [] } };
	for (let round = 0; round < PASTES; round++) {
		for (const [name, contender] of Object.entries(contenders)) {
			await contender.page.bringToFront();
			// Another text each time, so that nothing is remembered.
			await copy(contender, text.slice(round, round + 100_000));
			const paste = () => contender.page.keyboard.press('ControlOrMeta+v');
			costs.paste[name].push(await cost(contender, paste));
		}
	}
	// The libraries have answered too.
	await lab.page.waitForTimeout(10_000);
	for (const [name, contender] of Object.entries(contenders)) {
		await contender.page.bringToFront();
		await contender.field.press('ControlOrMeta+End');
		await contender.page.waitForTimeout(REST_MS);
		for (let letter = 0; letter < LETTERS; letter++) {
			const type = () => contender.page.keyboard.type('x');
			costs.letter[name].push(await cost(contender, type));
		}
	}
	const rows = Object.entries({
		'pasting 100 kB': ['paste', MAX_PASTE_RATIO],
		'a letter typed into 100 kB': ['letter', MAX_TYPING_RATIO]
	}).map(([what, [kind, most]]) => {
		const middle = (name, key) => median(costs[kind][name].map((each) => each[key]));
		const ratio = middle('lab', 'ms') / middle('bare', 'ms');
		expectAtMost(`${what}, times a bare textarea`, ratio, most);
		return [
			what,
			middle('bare', 'ms').toFixed(1),
			middle('lab', 'ms').toFixed(1),
			ratio.toFixed(1),
			`≤ ${most}`,
			middle('bare', 'layouts'),
			middle('lab', 'layouts')
		];
	});
	console.log('Compare next to a bare textarea, ms of main-thread CPU time (median)');
	printTable(['', 'textarea', 'Compare', 'ratio', 'target', 'layouts', 'of Compare'], rows);
	await bare.page.close();
	await lab.page.close();
}
