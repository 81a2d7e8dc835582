// The diff in a real browser: time to the first verdict on loaded vocabularies of 100,000 to 262,000 tokens, and the longest
// task of the page while a megabyte is compared side by side.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longestTask } from './main-thread.mjs';
import { figures } from './targets.mjs';

const MAX_TASK_MS = 50;
const MAX_VERDICT_MS = 1000;

const ready = (page) => page.locator('main[data-status=ready]').waitFor({ timeout: 120_000 });

/** Milliseconds from choosing B until its verdict is shown. */
async function verdict(page, tokenizer) {
	return page.evaluate((value) => {
		const field = document.querySelector('[data-testid=tokenizer-b]');
		const before = performance.now();
		field.value = value;
		field.dispatchEvent(new Event('change', { bubbles: true }));
		return new Promise((resolve) => {
			// The old verdict is dimmed until the new one is shown.
			const section = document.querySelector('section[aria-label=Verdict]');
			const look = () =>
				section.matches('.stale') ? setTimeout(look, 2) : resolve(performance.now() - before);
			setTimeout(look, 5);
		});
	}, tokenizer);
}

/** @param {import('./visitors.mjs').Visitors} visitors */
export async function benchDiff(visitors, texts) {
	let page;
	for (const [a, b] of [
		['cl100k_base', 'o200k_base'],
		['o200k_base', 'gemma3']
	]) {
		await page?.close();
		page = await visitors.open(`drift/diff/?a=${a}&b=${b}`);
		await ready(page);
		await page.waitForTimeout(3000);
		// Both are loaded. Switches back and forth, so that this pair is not cached.
		const times = [];
		for (const tokenizer of [a, b, a, b]) {
			times.push(await verdict(page, tokenizer));
			await ready(page);
			await page.waitForTimeout(2000);
		}
		const slowest = Math.max(times[1], times[3]);
		figures.atMost(`first verdict on ${a} and ${b}`, slowest, MAX_VERDICT_MS, 'ms');
	}

	const folder = mkdtempSync(join(tmpdir(), 'bpe-lab-bench-'));
	for (const [name, text] of Object.entries(texts)) {
		// A file on disk, because text from the driver would be a task of the page.
		const file = join(folder, `${name}.txt`);
		writeFileSync(file, text);
		const longest = await longestTask(page, async () => {
			await page.getByLabel('Open files to compare').setInputFiles(file);
			await page.waitForTimeout(500);
			await ready(page);
			await page.waitForTimeout(1500);
			await page.keyboard.press('n');
			await page.waitForTimeout(500);
		});
		figures.atMost(`1 MB of ${name} side by side, longest task`, longest, MAX_TASK_MS, 'ms');
	}
	rmSync(folder, { recursive: true });
	await page.close();
}
