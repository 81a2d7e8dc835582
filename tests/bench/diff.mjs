// The diff command: CPU time of whole processes. The diff in a real browser: time to the first verdict on loaded vocabularies of 100,000 to 262,000 tokens, and the longest
// task of the page while a megabyte is compared side by side.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longestTask, watchTasks } from './main-thread.mjs';
import { median } from './table.mjs';
import { expectAtMost } from './targets.mjs';
import { measure } from './whole-process.mjs';

const MAX_TASK_MS = 50;
const MAX_VERDICT_MS = 1000;

/** CPU of the packaged `bpe-lab diff` with all its checks, by pair, as a multiple of that of an empty program of Node. */
const COMMAND_TIMES_NODE = [
	['o200k_base', 'gemma3', 34.5],
	['llama3', 'llama3', 10.5]
];
/** Starts of Node per run of the command. Each is short, so one says little. */
const STARTS = 5;

/** Times the command on vocabularies with little in common, and on two that are equal. @param bin the packaged command line */
export async function benchDiffCommand(bin, { rounds }) {
	for (const [a, b, most] of COMMAND_TIMES_NODE) {
		const [starts, runs] = [[], []];
		for (let round = 0; round < rounds; round++) {
			for (let i = 0; i < STARTS; i++) starts.push((await measure(['-e', '0'])).cpu);
			runs.push((await measure([bin, 'diff', a, b])).cpu);
		}
		const seconds = median(runs);
		expectAtMost(
			`CPU of diff ${a} ${b} (${seconds.toFixed(2)} s), times node -e 0`,
			seconds / median(starts),
			most
		);
	}
	console.log();
}

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

/** @param {import('./visitors.mjs').Visitors} visitors @param {string} site address of the built site */
export async function benchDiff(visitors, site, texts) {
	const page = await visitors.newPage({ viewport: { width: 1280, height: 800 } });
	for (const [a, b] of [
		['cl100k_base', 'o200k_base'],
		['o200k_base', 'gemma3']
	]) {
		await page.goto(`${site}drift/diff/?a=${a}&b=${b}`);
		await page.locator('html[data-hydrated]').waitFor();
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
		console.log(`first verdict on ${a} and ${b}: ${slowest.toFixed(0)} ms`);
		expectAtMost(`verdict on ${a} and ${b}, ms`, slowest, MAX_VERDICT_MS);
	}

	const folder = mkdtempSync(join(tmpdir(), 'bpe-lab-bench-'));
	for (const [name, text] of Object.entries(texts)) {
		await watchTasks(page);
		// A file on disk, because text from the driver would be a task of the page.
		const file = join(folder, `${name}.txt`);
		writeFileSync(file, text);
		await page.getByLabel('Open files to compare').setInputFiles(file);
		await page.waitForTimeout(500);
		await ready(page);
		await page.waitForTimeout(1500);
		await page.keyboard.press('n');
		await page.waitForTimeout(500);
		const longest = await longestTask(page);
		console.log(`1 MB of ${name} side by side, longest task: ${longest.toFixed(0)} ms`);
		expectAtMost(`1 MB of ${name} side by side, longest task, ms`, longest, MAX_TASK_MS);
	}
	console.log('');
	rmSync(folder, { recursive: true });
	await page.close();
}
