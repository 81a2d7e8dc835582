import { expect, type Page } from '@playwright/test';

declare global {
	interface Window {
		/** Findings on the frames of a test. */
		seenFrames: {
			/** Contents shown at full strength, but about an earlier choice. */
			readonly wrong: Set<string>;
			/** Frames in which anything was dimmed. */
			stale: number;
		};
	}
}

/** Expects that earlier answers were dimmed, and that none was shown at full strength. */
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
 * Watches figures, of which an edit or a click will change each: what they show before it must be dimmed or replaced
 * in every frame after it. Call it before the edit, and {@link expectDimmed} after it.
 */
export const watchFigures = (page: Page, ...figures: readonly string[]): Promise<void> =>
	page.evaluate((figures) => {
		const textOf = (figure: string) => document.querySelector(figure)?.textContent;
		const before = new Map(figures.map((figure) => [figure, textOf(figure)]));
		const frames = { wrong: new Set<string>(), stale: 0 };
		window.seenFrames = frames;
		for (const [figure, text] of before) if (!text) frames.wrong.add(`${figure} before the edit`);
		const look = () => {
			// A later watch has taken over.
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
