import { expect, type Page } from '@playwright/test';

declare global {
	interface Window {
		seenFrames: {
			/** Outdated figures that were shown without being dimmed. */
			readonly wrong: Set<string>;
			/** Number of times that a figure was seen dimmed, over all frames. */
			stale: number;
		};
	}
}

/** Expects that outdated figures were dimmed, and that none was ever shown without being dimmed. */
export async function expectDimmed(page: Page): Promise<void> {
	await expect(page.locator('main .stale')).toHaveCount(0);
	const { wrong, stale } = await page.evaluate(() => ({
		wrong: [...window.seenFrames.wrong],
		stale: window.seenFrames.stale
	}));
	expect(wrong).toEqual([]);
	expect(stale).toBeGreaterThan(0);
}

/**
 * Watches figures that an action is going to change. In every frame after the action, the old figures must be dimmed or
 * replaced. Call this before the action and {@link expectDimmed} after the action.
 */
export const watchFigures = (page: Page, ...figures: readonly string[]): Promise<void> =>
	page.evaluate((figures) => {
		const textOf = (figure: string) => document.querySelector(figure)?.textContent;
		const before = new Map(figures.map((figure) => [figure, textOf(figure)]));
		const frames = { wrong: new Set<string>(), stale: 0 };
		window.seenFrames = frames;
		for (const [figure, text] of before) if (!text) frames.wrong.add(`${figure} before the edit`);
		const look = () => {
			// A later call has started its own watch, so stop this one.
			if (window.seenFrames !== frames) return;
			for (const [figure, text] of before) {
				const element = document.querySelector(figure);
				if (!element?.checkVisibility({ visibilityProperty: true })) continue;
				if (element.closest('.stale')) frames.stale++;
				else if (element.textContent === text) frames.wrong.add(`${figure}: ${text}`);
			}
			requestAnimationFrame(look);
		};
		const start = () => requestAnimationFrame(look);
		for (const type of ['input', 'click'])
			document.addEventListener(type, start, { capture: true, once: true });
	}, figures);
