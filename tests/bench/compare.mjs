// Measures the Compare page: the first text, large texts, scrolling and typing, and sixteen tokenizers.
import { figures } from './figures.mjs';
import { median } from './rounds.mjs';
import { allReady, copy, longestTask, paste, timeToAnswer } from './visitors.mjs';

const MAX_TASK_MS = 50;
/** Tokenizers that a single link opens together. Some are stored as differences from other tokenizers. */
const SIXTEEN = [
	...['gpt2', 'cl100k_base', 'o200k_base', 'llama2', 'llama3', 'llama4', 'mistral-v3'],
	...['mistral-tekken', 'gemma2', 'gemma3', 'qwen2.5', 'qwen3', 'deepseek-v3', 'glm-4.5'],
	...['kimi-k2', 'olmo2']
];
const MAX_SIXTEEN_MS = 830;
/** Visits per measurement. In each visit, only the first text in a writing system has to wait for its font. */
const VISITS = 3;
/** Selects cards that have not counted the text yet, except the live tokenizer's card. */
const COUNTING = '[data-tokenizer]:not([data-tokenizer=yours], [data-status=ready])';

const REST_MS = 2000;

const input = (page) => page.getByTestId('text-input');

/** @param {ReturnType<import('./visitors.mjs').visitorsOf>} visitors */
export async function benchCompare(visitors, { prose, multilingual }) {
	const first = await firstText(visitors);
	figures.atMost('until the first text is counted', first, 300, 'ms');
	const sixteen = [];
	for (let visit = 0; visit < VISITS; visit++) sixteen.push(await openSixteen(visitors));
	const link = 'a link to sixteen tokenizers, until ready';
	figures.atMost(link, median(sixteen), MAX_SIXTEEN_MS, 'ms');

	const texts = {
		'1 MB of prose': prose,
		'1 MB multilingual': multilingual,
		'1 MB of one letter': 'a'.repeat(1e6)
	};
	const pasted = Object.fromEntries(Object.keys(texts).map((name) => [name, []]));
	let page;
	for (let visit = 0; visit < VISITS; visit++) {
		await page?.close();
		page = await visitors.open();
		// Load the vocabularies and the engine's code.
		await input(page).fill('warm');
		await allReady(page);
		for (const [name, text] of Object.entries(texts))
			pasted[name].push(await pasteText(page, text));
	}
	for (const [name, results] of Object.entries(pasted)) {
		const middle = (key) => median(results.map((result) => result[key]));
		figures.atMost(`${name}, longest task`, middle('longest'), MAX_TASK_MS, 'ms');
		figures.atMost(`${name}, until counted`, middle('counted'), 1000, 'ms');
	}
	await pasteText(page, prose);
	await page.waitForTimeout(3000);
	const scrolled = await longestTask(page, () => scroll(page));
	figures.atMost('longest task while scrolling 1 MB', scrolled, MAX_TASK_MS, 'ms');
	await benchTyping(page, prose.slice(0, 100_000));
	await page.close();
}

/** Milliseconds from typing the first text into a new, idle page until all cards have counted the text. */
async function firstText(visitors) {
	const page = await visitors.open();
	await page.waitForLoadState('networkidle');
	await page.waitForTimeout(REST_MS);
	const awaited = '[data-tokenizer]:not([data-status=ready])';
	const ms = await timeToAnswer(page, 'input', awaited, () => input(page).fill('The first text.'));
	await page.close();
	return ms;
}

/** Opens a link to sixteen tokenizers. @returns milliseconds until all of them have counted the first text */
async function openSixteen(visitors) {
	const page = await visitors.newPage();
	await page.goto(`${visitors.site}?t=${SIXTEEN.join()}`);
	const time = await page.waitForFunction(
		(count) =>
			document.querySelectorAll('[data-tokenizer][data-status=ready]').length === count &&
			performance.now(),
		SIXTEEN.length,
		{ polling: 5 }
	);
	const ms = await time.jsonValue();
	await page.close();
	return ms;
}

/** Pastes a text. @returns milliseconds until it is counted, and the duration of the longest task */
async function pasteText(page, text) {
	await copy(page, input(page), text);
	let counted;
	const longest = await longestTask(page, async () => {
		counted = await timeToAnswer(page, 'paste', COUNTING, () => paste(page));
		// Work that starts after counting (training, comparison, colours, link) must not block the page either.
		await allReady(page);
		await page.waitForTimeout(1500);
	});
	return { counted, longest };
}

/** Scrolls the first card through its entire text, one frame at a time. */
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

/** Types a letter at the end of the text. */
async function benchTyping(page, text) {
	await pasteText(page, text);
	// Checking the ids loads other libraries. Wait for the check before timing the typing, because loading the libraries
	// keeps a core busy.
	await page.getByRole('button', { name: 'Check', exact: true }).click();
	await page.getByText(/the same ids|different ids|No answer for/).waitFor({ timeout: 60_000 });
	await input(page).press('ControlOrMeta+End');
	const ms = await timeToAnswer(page, 'input', COUNTING, () => page.keyboard.type('x'));
	figures.atMost('typing into 100 kB, until counted', ms, 100, 'ms');
}
