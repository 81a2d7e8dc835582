// The Inflation page in a real browser: time to measure all languages with one and with twelve loaded tokenizers, as the
// page reports it, and the longest task meanwhile.
import { longestTask } from './main-thread.mjs';
import { figures } from './targets.mjs';

/** Maximum seconds by number of tokenizers. */
const MAX_SECONDS = { 1: 1, 12: 10 };
const MAX_TASK_MS = 50;
const TOKENIZERS =
	'o200k_base,cl100k_base,p50k_base,r50k_base,llama2,llama3,mistral-v1,mistral-v3,mistral-tekken,qwen3,deepseek-v3,gemma3';

/** Waits for the summary of the page. Polls inside the page, because a search by the driver is a long task. */
const measured = (page, languages) =>
	page.evaluate(
		(languages) =>
			new Promise((resolve) => {
				const check = () => {
					const status = document.querySelector('main .status')?.textContent ?? '';
					const found = /Measured in this browser: .* in ([\d.]+) s\./.exec(status);
					if (found && status.includes(`${languages} languages shown`)) resolve(Number(found[1]));
					else setTimeout(check, 50);
				};
				check();
			}),
		languages
	);

/** Seconds and the longest task of a first visit. */
async function measureAll(visitors, tokenizers) {
	const page = await visitors.newPage();
	await page.goto(`${visitors.site}inflation/?t=${tokenizers}`);
	// The vocabularies are loaded and twelve languages measured before anything is timed.
	await measured(page, 12);
	await page.waitForTimeout(1000);
	let seconds;
	const longest = await longestTask(page, async () => {
		await page.evaluate(() => {
			const buttons = [...document.querySelectorAll('main button')];
			buttons.find(({ textContent }) => /^\s*Show all 521/.test(textContent)).click();
		});
		seconds = await measured(page, 521);
		// Work after the last answer must not block either.
		await page.waitForTimeout(1000);
	});
	await page.close();
	return { seconds, longest };
}

/** @param {import('./visitors.mjs').Visitors} visitors */
export async function benchInflation(visitors) {
	for (const [count, maxSeconds] of Object.entries(MAX_SECONDS)) {
		const tokenizers = TOKENIZERS.split(',').slice(0, Number(count)).join();
		const { seconds, longest } = await measureAll(visitors, tokenizers);
		const what = `521 languages, ${count === '1' ? 'one tokenizer (o200k_base)' : `${count} tokenizers`}`;
		figures.atMost(what, seconds, maxSeconds, 's');
		figures.atMost(`${what}, longest task`, longest, MAX_TASK_MS, 'ms');
	}
}
