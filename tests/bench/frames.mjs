// Frames of the built site while a megabyte of tokens is scrolled and merges are stepped through on a slowed processor, and the
// time until the first text is counted.
import { longestTask } from './main-thread.mjs';
import { figures } from './targets.mjs';
import { allReady } from './visitors.mjs';

const MAX_FRAME_MS = 50;
const MAX_FIRST_TEXT_MS = 300;
const THROTTLING = 4;
const STEPS = 30;

/** Scrolls the first card through its whole text, one frame at a time. */
const scroll = (page) =>
	page.evaluate(async () => {
		const view = document.querySelector('[data-tokenizer] [role=listbox]');
		const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
		for (let step = 1; step <= 60; step++) {
			view.scrollTop = (view.scrollHeight * step) / 60;
			await frame();
			await frame();
		}
	});

/** Steps through merges by the keyboard, as long as a key is held down. @returns the longest task in milliseconds */
async function step(visitors) {
	const page = await visitors.open('train/');
	await page.locator('main[data-status=ready]').waitFor();
	await page.waitForTimeout(3000);
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLING });
	const slider = page.getByTestId('step');
	await slider.press('Home');
	await page.waitForTimeout(1000);
	const longest = await longestTask(page, async () => {
		for (let i = 0; i < STEPS; i++) {
			await slider.press('ArrowRight');
			await page.waitForTimeout(50);
		}
		await page.waitForTimeout(1000);
	});
	await page.close();
	return longest;
}

/** Milliseconds from the first text typed into a page that has just come to rest, until all cards have counted it. */
async function firstText(visitors) {
	const page = await visitors.open();
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
	await page.close();
	return ms;
}

/** @param {import('./visitors.mjs').Visitors} visitors */
export async function benchFrames(visitors, text) {
	const first = await firstText(visitors);
	figures.atMost('until the first text is counted', first, MAX_FIRST_TEXT_MS, 'ms');
	const page = await visitors.open();
	await page.getByTestId('text-input').fill(text);
	await allReady(page);
	await page.waitForTimeout(3000);
	const scrolled = await longestTask(page, () => scroll(page));
	await page.close();
	figures.atMost('longest task while scrolling 1 MB', scrolled, MAX_FRAME_MS, 'ms');
	const what = `longest task while stepping through ${STEPS} merges, processor ${THROTTLING} times slower`;
	figures.atMost(what, await step(visitors), MAX_FRAME_MS, 'ms');
}
