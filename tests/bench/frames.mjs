// Frames of the built site while a megabyte of tokens is scrolled and merges are stepped through on a slowed processor, and the
// time until the first text is counted.
import { longestTask, watchTasks } from './main-thread.mjs';
import { expectAtMost } from './targets.mjs';

const MAX_FRAME_MS = 50;
const MAX_FIRST_TEXT_MS = 300;
const THROTTLING = 4;
const STEPS = 30;

/** Scrolls the first card through its whole text, one frame at a time. */
async function scroll(page) {
	await watchTasks(page);
	await page.evaluate(async () => {
		const view = document.querySelector('[data-tokenizer] [role=listbox]');
		const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		for (let step = 1; step <= 60; step++) {
			view.scrollTop = (view.scrollHeight * step) / 60;
			await frame();
			await frame();
		}
	});
	return longestTask(page);
}

/** Steps through merges by the keyboard, as long as a key is held down. */
async function step(visitors, site) {
	const page = await visitors.newPage({ viewport: { width: 1280, height: 800 } });
	await page.goto(`${site}train/`);
	await page.locator('html[data-hydrated]').waitFor();
	await page.locator('main[data-status=ready]').waitFor();
	await page.waitForTimeout(3000);
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLING });
	const slider = page.getByTestId('step');
	await slider.press('Home');
	await page.waitForTimeout(1000);
	await watchTasks(page);
	for (let i = 0; i < STEPS; i++) {
		await slider.press('ArrowRight');
		await page.waitForTimeout(50);
	}
	await page.waitForTimeout(1000);
	const longest = await longestTask(page);
	await page.close();
	return longest;
}

/** Milliseconds from the first text typed into a page that has just come to rest, until all cards have counted it. */
async function firstText(visitors, site) {
	const context = await visitors.newContext({ viewport: { width: 1280, height: 800 } });
	const page = await context.newPage();
	await page.goto(site);
	await page.locator('html[data-hydrated]').waitFor();
	await page.waitForLoadState('networkidle');
	await page.waitForTimeout(2000);
	const ms = await page.evaluate(async () => {
		const field = document.querySelector('[data-testid=text-input]');
		const before = performance.now();
		field.value = 'The first text.';
		field.dispatchEvent(new InputEvent('input', { bubbles: true }));
		await new Promise((resolve) => setTimeout(resolve));
		while (document.querySelector('[data-tokenizer]:not([data-status=ready])'))
			await new Promise((resolve) => setTimeout(resolve, 2));
		return performance.now() - before;
	});
	await context.close();
	return ms;
}

/** @param {string} site address of the built site */
export async function benchFrames(visitors, site, text) {
	const first = await firstText(visitors, site);
	expectAtMost('ms until the first text is counted', first, MAX_FIRST_TEXT_MS);
	const page = await visitors.newPage({ viewport: { width: 1280, height: 800 } });
	await page.goto(site);
	await page.locator('html[data-hydrated]').waitFor();
	await page.getByTestId('text-input').fill(text);
	await page.waitForFunction(
		() => !document.querySelector('[data-tokenizer]:not([data-status=ready])')
	);
	await page.waitForTimeout(3000);
	const scrolled = await scroll(page);
	await page.close();
	expectAtMost('longest task in ms while scrolling 1 MB', scrolled, MAX_FRAME_MS);
	const stepped = await step(visitors, site);
	expectAtMost('longest task in ms while stepping, 4 times slower', stepped, MAX_FRAME_MS);
	console.log(`first text counted: ${first.toFixed(0)} ms (target ≤ ${MAX_FIRST_TEXT_MS})`);
	console.log(
		`longest task while scrolling 1 MB of tokens: ${scrolled.toFixed(0)} ms (0: none above 50; target ≤ ${MAX_FRAME_MS})`
	);
	console.log(
		`longest task while stepping through ${STEPS} merges, processor ${THROTTLING} times slower: ${stepped.toFixed(0)} ms (target ≤ ${MAX_FRAME_MS})\n`
	);
}
