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
