import { expect, type Page } from '@playwright/test';

/** Maximum sum of a page's layout shifts, each a value from 0 to 1. */
const MAX_SHIFT = 0.02;

declare global {
	interface Window {
		/** Returns the layout shifts since the last call, except those caused by user input. */
		takeShifts: () => { value: number; moved: string[] }[];
	}
}

/** Call before opening the page. */
export async function watchShifts(page: Page): Promise<void> {
	await page.addInitScript(() => {
		// A page waits 5 s for its results and is then shown without them. Extend this time limit, because results can
		// take longer on a busy machine.
		const setTimer = window.setTimeout.bind(window);
		window.setTimeout = ((run: () => void, ms?: number) =>
			setTimer(run, ms === 5000 ? 600_000 : ms)) as typeof setTimeout;
		const shifts: PerformanceEntry[] = [];
		const observer = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
		observer.observe({ type: 'layout-shift', buffered: true });
		window.takeShifts = () =>
			[...shifts.splice(0), ...observer.takeRecords()].flatMap((entry) => {
				// TypeScript's built-in type declarations don't include these properties yet.
				const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
					value: number;
					hadRecentInput: boolean;
					sources: readonly { node: Node | null }[];
				};
				const moved = sources.map(({ node }) => (node?.textContent ?? '').trim().slice(0, 60));
				return hadRecentInput ? [] : [{ value, moved }];
			});
	});
}

/** Opens a URL and waits until the page is no longer busy. */
export async function openAtRest(page: Page, address: string): Promise<void> {
	await page.goto(address);
	await expect(page.locator('html[data-hydrated]:not([data-link])')).toHaveCount(1);
	const isBusy = '[data-tokenizer][data-status]:not([data-status=ready])';
	await expect(page.locator(`${isBusy}, main[data-status]:not([data-status=ready])`)).toHaveCount(
		0
	);
	if (address.includes('drift/')) await expect.poll(() => waitingCases(page)).toBe(0);
}

const waitingCases = (page: Page) =>
	page.locator('[data-case]:not([data-case-status])').evaluateAll(
		(cases) =>
			cases.filter((item) => {
				const { top, bottom, height } = item.getBoundingClientRect();
				return height > 0 && bottom > 0 && top < innerHeight;
			}).length
	);

/** Expects that hardly anything on the page has moved since the last call. */
export async function expectStill(page: Page): Promise<void> {
	await page.evaluate(
		() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
	);
	const shifts = await page.evaluate(() => window.takeShifts());
	const total = shifts.reduce((sum, { value }) => sum + value, 0);
	expect(total, JSON.stringify(shifts)).toBeLessThanOrEqual(MAX_SHIFT);
}
