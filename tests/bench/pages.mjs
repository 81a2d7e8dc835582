// Measures waiting times on pages other than Compare: while stepping through merges on Train, while Inflation measures
// all languages, and while Diff reaches a verdict.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figures } from './figures.mjs';
import { longestTask, timeToAnswer } from './visitors.mjs';

const MAX_TASK_MS = 50;

const THROTTLING = 4;
const STEPS = 30;

/** Maximum time in seconds for measuring all languages, by number of tokenizers. */
const MAX_SECONDS = { 1: 1, 12: 10 };
const TOKENIZERS =
	'o200k_base,cl100k_base,p50k_base,r50k_base,llama2,llama3,mistral-v1,mistral-v3,mistral-tekken,qwen3,deepseek-v3,gemma3';

const ready = (page) => page.locator('main[data-status=ready]').waitFor({ timeout: 120_000 });

/** @param {ReturnType<import('./visitors.mjs').visitorsOf>} visitors */
export async function benchPages(visitors, texts) {
	await benchSteps(visitors);
	for (const [count, maxSeconds] of Object.entries(MAX_SECONDS))
		await benchInflation(visitors, Number(count), maxSeconds);
	await benchVerdict(visitors, 'cl100k_base', 'o200k_base');
	await benchVerdict(visitors, 'o200k_base', 'gemma3', texts);
}

async function benchSteps(visitors) {
	const page = await visitors.open('train/');
	await ready(page);
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
	const what = `longest task while stepping through ${STEPS} merges, processor ${THROTTLING} times slower`;
	figures.atMost(what, longest, MAX_TASK_MS, 'ms');
}

/**
 * Times the Inflation page on a first visit, from the click that shows all languages until the page reports that it has
 * measured all of them.
 */
async function benchInflation(visitors, count, maxSeconds) {
	const page = await visitors.newPage();
	const tokenizers = TOKENIZERS.split(',').slice(0, count).join();
	await page.goto(`${visitors.site}inflation/?t=${tokenizers}`);
	/**
	 * Waits until the page has measured this number of languages.
	 * @returns milliseconds from opening the page until then
	 */
	const measured = async (languages) => {
		// Poll inside the page, because polling from Playwright's process would count as a long task.
		const now = await page.waitForFunction(
			(languages) => {
				const status = document.querySelector('main[data-status="ready"] .status');
				return status?.textContent.includes(`${languages} languages`) && performance.now();
			},
			languages,
			{ polling: 50, timeout: 120_000 }
		);
		return now.jsonValue();
	};
	// Load the vocabularies and measure twelve languages before timing starts.
	await measured(12);
	await page.waitForTimeout(1000);
	let seconds;
	const longest = await longestTask(page, async () => {
		const start = await page.evaluate(() => {
			const buttons = [...document.querySelectorAll('main button')];
			const start = performance.now();
			buttons.find(({ textContent }) => /^\s*Show all 521/.test(textContent)).click();
			return start;
		});
		seconds = ((await measured(521)) - start) / 1000;
		// Work that starts after the last result must not block the page either.
		await page.waitForTimeout(1000);
	});
	await page.close();
	const what = `521 languages, ${count === 1 ? 'one tokenizer (o200k_base)' : `${count} tokenizers`}`;
	figures.atMost(what, seconds, maxSeconds, 's');
	figures.atMost(`${what}, longest task`, longest, MAX_TASK_MS, 'ms');
}

/** Times the first verdict on two large vocabularies, and side-by-side comparisons of megabytes of text. */
async function benchVerdict(visitors, a, b, texts = {}) {
	const page = await visitors.open(`drift/diff/?a=${a}&b=${b}`);
	await ready(page);
	await page.waitForTimeout(3000);
	// Both tokenizers are already loaded. Selecting `a` before each `b` prevents the page from reusing its cached
	// comparison of the two.
	const times = [];
	for (const tokenizer of [a, b, a, b]) {
		const choose = () => page.getByTestId('tokenizer-b').selectOption(tokenizer);
		// The verdict's contents take up space but stay hidden until there is a verdict.
		const awaited = 'main > .blank';
		if (tokenizer === b) times.push(await timeToAnswer(page, 'change', awaited, choose));
		else await choose();
		await ready(page);
		await page.waitForTimeout(2000);
	}
	figures.atMost(`first verdict on ${a} and ${b}`, Math.max(...times), 1000, 'ms');

	const folder = mkdtempSync(join(tmpdir(), 'bpe-lab-bench-'));
	for (const [name, text] of Object.entries(texts)) {
		// Use a file on disk, because receiving the text from Playwright would count as one of the page's tasks.
		const file = join(folder, `${name}.txt`);
		writeFileSync(file, text);
		const longest = await longestTask(page, async () => {
			await page.getByLabel('Open a file', { exact: true }).setInputFiles(file);
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
