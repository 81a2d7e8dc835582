// Compare: time to count a large text, and the longest task on the main thread meanwhile; sixteen tokenizers; a letter typed
// into a long text.
import { longestTask } from './main-thread.mjs';
import { median } from './rounds.mjs';
import { figures } from './targets.mjs';
import { allReady } from './visitors.mjs';

const MAX_TASK_MS = 50;
const MAX_COUNT_MS = 1000;
const MAX_TYPING_MS = 100;
/** Tokenizers of one link. Some are stored as a difference to another one. */
const SIXTEEN = [
	...['gpt2', 'cl100k_base', 'o200k_base', 'llama2', 'llama3', 'llama4', 'mistral-v3'],
	...['mistral-tekken', 'gemma2', 'gemma3', 'qwen2.5', 'qwen3', 'deepseek-v3', 'glm-4.5'],
	...['kimi-k2', 'olmo2']
];
/** Half of the 1,660 ms that they took on an idle machine when their merges were still listed and hashed. */
const MAX_SIXTEEN_MS = 830;
/** Visits in which each text is pasted. Only the first text in a script waits for its fonts. */
const PASTING_VISITS = 3;

/** Opens Compare, with the vocabularies and the engine's code loaded. */
async function openCompare(visitors) {
	const page = await visitors.open();
	await page.getByTestId('text-input').fill('warm');
	await allReady(page);
	return page;
}

/** Opens a link to sixteen tokenizers; returns the milliseconds until all have counted the first text. */
async function openSixteen(visitors) {
	const page = await visitors.newPage();
	await page.goto(`${visitors.site}?t=${SIXTEEN.join()}`);
	const time = await page.evaluate(async (count) => {
		const ready = () => document.querySelectorAll('[data-tokenizer][data-status=ready]').length;
		while (ready() < count) await new Promise((resolve) => setTimeout(resolve, 5));
		return performance.now();
	}, SIXTEEN.length);
	await page.close();
	return time;
}

/** Pastes a text. @returns the milliseconds until all cards but the live tokenizer's have counted it, and the longest task */
async function paste(page, text) {
	const field = page.getByTestId('text-input');
	await field.focus();
	await field.press('ControlOrMeta+a');
	const pasted = await page.evaluateHandle((content) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', content);
		return clipboardData;
	}, text);
	await page.waitForTimeout(500);
	let counted;
	const longest = await longestTask(page, async () => {
		counted = await page.evaluate(async (clipboardData) => {
			const before = performance.now();
			const field = document.querySelector('[data-testid=text-input]');
			const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
			// A synthetic event pastes nothing, so the browser's default action is done here.
			if (field.dispatchEvent(event)) {
				document.execCommand('insertText', false, clipboardData.getData('text/plain'));
			}
			const waiting = '[data-tokenizer]:not([data-tokenizer=yours], [data-status=ready])';
			await new Promise((resolve) => setTimeout(resolve));
			while (document.querySelector(waiting))
				await new Promise((resolve) => setTimeout(resolve, 5));
			return performance.now() - before;
		}, pasted);
		// Work after the counts (training, comparison, colours, link) must not block either.
		await allReady(page);
		await page.waitForTimeout(1500);
	});
	return { counted, longest };
}

/** Types a letter at the end of 100 kB. @returns the milliseconds until all cards but the live tokenizer's have counted it */
async function type(page) {
	await page.getByTestId('text-input').press('ControlOrMeta+End');
	await page.evaluate(() => {
		const field = document.querySelector('[data-testid=text-input]');
		window.benchCounted = new Promise((resolve) => {
			const listen = () => {
				const before = performance.now();
				const waiting = '[data-tokenizer]:not([data-tokenizer=yours], [data-status=ready])';
				const look = () => {
					if (document.querySelector(waiting)) setTimeout(look, 1);
					else resolve(performance.now() - before);
				};
				setTimeout(look);
			};
			field.addEventListener('input', listen, { once: true });
		});
	});
	await page.keyboard.type('x');
	return page.evaluate(() => window.benchCounted);
}

export async function benchCompare(visitors, { prose, multilingual }) {
	const sixteen = [];
	for (let visit = 0; visit < PASTING_VISITS; visit++) sixteen.push(await openSixteen(visitors));
	figures.atMost(
		'a link to sixteen tokenizers, until ready',
		median(sixteen),
		MAX_SIXTEEN_MS,
		'ms'
	);
	const cases = {
		'1 MB of prose': prose,
		'1 MB multilingual': multilingual,
		'1 MB of one letter': 'a'.repeat(1e6)
	};
	const pastes = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
	let page;
	for (let visit = 0; visit < PASTING_VISITS; visit++) {
		await page?.close();
		page = await openCompare(visitors);
		for (const [name, text] of Object.entries(cases)) pastes[name].push(await paste(page, text));
	}
	for (const [name, results] of Object.entries(pastes)) {
		const middle = (key) => median(results.map((result) => result[key]));
		figures.atMost(`${name}, longest task`, middle('longest'), MAX_TASK_MS, 'ms');
		figures.atMost(`${name}, until counted`, middle('counted'), MAX_COUNT_MS, 'ms');
	}
	await paste(page, prose.slice(0, 100_000));
	// The libraries are built once for their second opinions, which occupies a core.
	await page.getByRole('button', { name: /^Check with/ }).click();
	await page.getByText(/^(Checked by|No answer for)/).waitFor({ timeout: 60_000 });
	figures.atMost('typing into 100 kB, until counted', await type(page), MAX_TYPING_MS, 'ms');
	await page.close();
}
