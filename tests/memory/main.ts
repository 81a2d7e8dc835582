import type { Browser } from '@playwright/test';
import { Figures, numberOf, program, UsageError } from '../support/program';
import { withSite } from '../support/site-browser';
import { benchTexts } from '../bench/texts.mjs';
import { Renderer, type Holding } from './renderer';
import { Visitor } from './visitor';

const USAGE = `Usage: npm run test:memory -- [options]
Measures what the built site holds after a long day's use, in Chromium on Linux, whose /proc says what a process holds. The
exit code is 1 if a target is missed.
  --share N   a share of the day's use, such as 0.1
  --days N    all of it several times`;

// Code and caches that are filled once are no leak, so the start is measured after a warm-up that has done each thing. It is
// long enough to fill the caches with a bound, such as that of saved tokenizers.
const [EDITS, PAGE_CHANGES, FILES] = [10_000, 500, 100];
const WARM_UP = { edits: 400, pageChanges: 198, files: 70 };
const MAX_GROWTH = 1.1;
const MAX_DEFAULT_MEGABYTES = 250;
const MAX_LARGE_MEGABYTES = 600;
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
	const { privateMegabytes } = await (await Renderer.of(browser, page)).measure();
	figures.atMost('16 tokenizers and 1 MB of text', privateMegabytes, MAX_LARGE_MEGABYTES, 'MB');
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
	const { privateMegabytes } = await renderer.measure();
	figures.atMost('Default page', privateMegabytes, MAX_DEFAULT_MEGABYTES, 'MB');
	console.log(`While the libraries check it: ${renderer.peakMegabytes.toFixed(1)} MB`);

	const parts: readonly [string, number, (times: number) => Promise<void>][] = [
		['edits', EDITS * share, (times) => visitor.edit(times)],
		['page changes', PAGE_CHANGES * share, (times) => visitor.changePages(times)],
		['files', FILES * share, (times) => visitor.dropFiles(times)]
	];
	await visitor.edit(WARM_UP.edits);
	await visitor.changePages(WARM_UP.pageChanges);
	await visitor.dropFiles(WARM_UP.files);
	const start = await renderer.measure();
	console.log(`After the warm-up: ${describe(start)}`);
	let now = start;
	for (const [name, times, act] of Array.from({ length: days }, () => parts).flat()) {
		const before = performance.now();
		await act(Math.round(times));
		now = await renderer.measure();
		const seconds = (performance.now() - before) / 1000;
		console.log(`After ${Math.round(times)} ${name} in ${seconds.toFixed(0)} s: ${describe(now)}`);
	}
	const expectLittleMore = (what: string, key: keyof Holding, unit = '') =>
		figures.atMost(what, now[key], MAX_GROWTH * start[key], unit);
	expectLittleMore('Private memory', 'privateMegabytes', 'MB');
	expectLittleMore('JavaScript heap', 'heapMegabytes', 'MB');
	expectLittleMore('Nodes', 'nodes');
	expectLittleMore('Listeners', 'listeners');
	await page.close();
}

const describe = (holding: Holding): string =>
	`${holding.privateMegabytes.toFixed(1)} MB private, heap ${holding.heapMegabytes.toFixed(1)} MB, ${holding.nodes} nodes, ${holding.listeners} listeners, ${holding.workers} workers`;

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
