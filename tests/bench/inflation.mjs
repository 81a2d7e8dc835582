// The Inflation page in a real browser: all languages under one tokenizer that is loaded, then under twelve,
// each from the request to the last answer as the page itself says it, and the longest task meanwhile.
import { longestTask, watchTasks } from './main-thread.mjs';
import { failures } from './targets.mjs';

/** Seconds. */
const TARGETS = { 1: 1, 12: 10 };
const LONGEST_TASK = 50;
const TOKENIZERS =
	'o200k_base,cl100k_base,p50k_base,r50k_base,llama2,llama3,mistral-v1,mistral-v3,mistral-tekken,qwen3,deepseek-v3,gemma3';

/** What the page says when all is measured. Looked for by the page itself: a driver's search is a long task. */
const measured = (page, languages) =>
	page.evaluate(
		(languages) =>
			new Promise((resolve) => {
				const look = () => {
					const words = document.querySelector('main .status')?.textContent ?? '';
					const found = /Measured now, here: .* in ([\d.]+) s\./.exec(words);
					if (found && words.includes(`${languages} languages shown`)) resolve(Number(found[1]));
					else setTimeout(look, 50);
				};
				look();
			}),
		languages
	);

/** Seconds and the longest task of a visit in which nothing is known from an earlier one. */
async function measureAll(browser, site, tokenizers) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	try {
		const page = await context.newPage();
		await page.goto(`${site}inflation/?t=${tokenizers}`);
		// The vocabularies are loaded and twelve languages measured before anything is timed.
		await measured(page, 12);
		await page.waitForTimeout(1000);
		await watchTasks(page);
		await page.evaluate(() => {
			const buttons = [...document.querySelectorAll('main button')];
			buttons.find(({ textContent }) => /^\s*all 521/.test(textContent)).click();
		});
		const seconds = await measured(page, 521);
		// What comes after the last answer must not block either.
		await page.waitForTimeout(1000);
		return { seconds, longest: await longestTask(page) };
	} finally {
		await context.close();
	}
}

/** @param {import('@playwright/test').Browser} browser @param {string} site address of the built site */
export async function benchAtlas(browser, site) {
	console.log('521 languages in the built site: seconds / longest task of the page, ms');
	for (const [count, most] of Object.entries(TARGETS)) {
		const tokenizers = TOKENIZERS.split(',').slice(0, Number(count)).join();
		const { seconds, longest } = await measureAll(browser, site, tokenizers);
		const what = count === '1' ? 'one tokenizer (o200k_base)' : `${count} tokenizers`;
		console.log(`${what}: ${seconds.toFixed(1)} / ${longest.toFixed(0)}`);
		if (seconds > most) failures.push(`${what}: got ${seconds} s, expected ${most}`);
		if (longest > LONGEST_TASK) {
			failures.push(`${what}: got a task of ${longest.toFixed(0)} ms, expected ${LONGEST_TASK}`);
		}
	}
	console.log('');
}
