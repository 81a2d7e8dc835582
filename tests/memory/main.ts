import type { Browser } from '@playwright/test';
import { Figures, numberOf, program, UsageError } from '../support/program';
import { withSite } from '../support/site-browser';
import { benchTexts } from '../bench/texts.mjs';
import { PRIVATE, Renderer, type Holding } from './renderer';
import { Visitor } from './visitor';

const USAGE = `Usage: npm run test:memory -- [options]
Measures what the built site holds after a long day's use, in Chromium on Linux, whose /proc says what a process holds. The
exit code is 1 if a target is missed.
  --share N   a share of the day's use, such as 0.1
  --days N    all of it several times`;

// Loaded code and caches that are filled only once are not leaks. The baseline is therefore measured after a warm-up
// that does everything once and is long enough to fill bounded caches, such as the cache of saved tokenizers.
const [EDITS, PAGE_CHANGES, FILES] = [10_000, 500, 100];
const WARM_UP = [400, 198, 70];
const MAX_GROWTH = 1.1;
const SIXTEEN = [
	...['gpt2', 'gpt-neox', 'p50k_base', 'cl100k_base', 'o200k_base', 'llama2', 'llama3', 'llama4'],
	...['qwen2.5', 'gemma2', 'gemma3', 'mistral-v1', 'mistral-tekken', 'deepseek-v3', 'phi4', 'glm-5']
];

const figures = new Figures();

async function measureLarge(browser: Browser, site: string): Promise<void> {
	const page = await browser.newPage();
	const visitor = new Visitor(page, site);
	await visitor.open(`?t=${SIXTEEN.join(',')}`);
	await page.getByTestId('text-input').fill(benchTexts().prose.text);
	await visitor.ready();
	const cards = await page.locator('[data-tokenizer]').count();
	if (cards !== SIXTEEN.length) throw new Error(`got ${cards} cards, expected ${SIXTEEN.length}`);
	const holding = await (await Renderer.of(browser, page)).measure();
	figures.atMost('16 tokenizers and 1 MB of text', holding[PRIVATE], 600, 'MB');
	await page.close();
}

async function measureDays(
	browser: Browser,
	site: string,
	share: number,
	days: number
): Promise<void> {
	const page = await browser.newPage();
	const visitor = new Visitor(page, site);
	await visitor.open();
	const renderer = await Renderer.of(browser, page);
	const first = await renderer.measure();
	figures.atMost('Default page', first[PRIVATE], 250, 'MB');
	console.log(`While the libraries check it: ${renderer.peakMegabytes.toFixed(1)} MB`);

	const parts: readonly [string, number, (times: number) => Promise<void>][] = [
		['edits', EDITS, (times) => visitor.edit(times)],
		['page changes', PAGE_CHANGES, (times) => visitor.changePages(times)],
		['files', FILES, (times) => visitor.dropFiles(times)]
	];
	for (const [i, [, , act]] of parts.entries()) await act(WARM_UP[i]);
	const start = await renderer.measure();
	console.log(`After the warm-up: ${describe(start)}`);
	let now = start;
	for (const [name, times, act] of Array.from({ length: days }, () => parts).flat()) {
		await act(Math.round(times * share));
		now = await renderer.measure();
		console.log(`After ${Math.round(times * share)} ${name}: ${describe(now)}`);
	}
	for (const [what, before] of Object.entries(start))
		figures.atMost(`At the end, ${what}`, now[what], MAX_GROWTH * before);
	await page.close();
}

const describe = (holding: Holding): string =>
	Object.entries(holding)
		.map(([what, value]) => `${value.toFixed(1)} ${what}`)
		.join(', ');

const options = {
	share: { type: 'string', default: '1' },
	days: { type: 'string', default: '1' }
} as const;

export const main = program(USAGE, options, async (values) => {
	const [share, days] = [numberOf('--share', values.share), numberOf('--days', values.days, 1)];
	if (process.platform !== 'linux' || share <= 0 || share > 1)
		throw new UsageError(
			`got --share ${share} on ${process.platform}, expected at most 1 on Linux`
		);
	await withSite(
		async (browser, site) => {
			await measureDays(browser, site, share, days);
			await measureLarge(browser, site);
		},
		{ args: ['--js-flags=--expose-gc'] }
	);
	return figures.conclude();
});
