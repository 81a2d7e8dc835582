// Pasting 100 kB into Compare and typing a letter into it, compared with a bare textarea in the same run. Main-thread time is
// CPU time, so that a busy machine distorts the ratio little.
import { median } from './rounds.mjs';
import { figures } from './targets.mjs';

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

/** Milliseconds of the main thread that `act` takes. */
async function cost({ page, devtools }, act) {
	const duration = async () => {
		const { metrics } = await devtools.send('Performance.getMetrics');
		return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
	};
	const before = await duration();
	await act();
	await page.waitForTimeout(REST_MS);
	return (await duration()) - before;
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

async function prepare(page) {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
	const field = page.locator('textarea').first();
	await field.fill('warm');
	await page.waitForTimeout(REST_MS);
	return { page, devtools, field };
}

/** @param {import('./visitors.mjs').Visitors} visitors */
export async function benchAgainstTextarea(visitors, text) {
	const empty = await visitors.newPage();
	await empty.setContent(BARE);
	const bare = await prepare(empty);
	const lab = await prepare(await visitors.open());
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
	for (const [what, { bare, lab }, most] of [
		['pasting 100 kB', costs.paste, MAX_PASTE_RATIO],
		['a letter typed into 100 kB', costs.letter, MAX_TYPING_RATIO]
	]) {
		const ms = median(lab);
		figures.atMost(`${what} (${ms.toFixed(1)} ms), times a bare textarea`, ms / median(bare), most);
	}
	await bare.page.close();
	await lab.page.close();
}
