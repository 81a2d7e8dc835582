/**
 * `npm run test:memory`: what the built site holds after a long day's use, in Chromium on Linux. Prints each figure with its
 * target. Exit code 1 if one is missed.
 *
 * Code and caches that are filled once are no leak, so the start is measured after a warm-up that has done each thing.
 * It is long enough to fill the caches with a bound, such as that of saved tokenizers.
 *
 * `-- --share 0.1` does a tenth of it, `-- --days 2` all of it twice.
 */
import { chromium, type Browser } from '@playwright/test';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../support/chromium.js';
import { serve } from '../support/static-server.js';
import { benchTexts } from '../bench/texts.mjs';
import { Renderer, type Holding } from './renderer';
import { Visitor } from './visitor';

const [EDITS, PAGE_CHANGES, FILES] = [10_000, 500, 100];
const WARM_UP = { edits: 400, pageChanges: 198, files: 70 };
const MAX_GROWTH = 1.1;
const MAX_DEFAULT_MEGABYTES = 250;
const MAX_LARGE_MEGABYTES = 600;
const SIXTEEN = [
	...['gpt2', 'gpt-neox', 'p50k_base', 'cl100k_base', 'o200k_base', 'llama2', 'llama3', 'llama4'],
	...['qwen2.5', 'gemma2', 'gemma3', 'mistral-v1', 'mistral-tekken', 'deepseek-v3', 'phi4', 'glm-5']
];

let missed = 0;

function report(what: string, got: number, most: number, unit: string): void {
	const isMet = got <= most;
	if (!isMet) missed++;
	const figure = (value: number) => `${unit === 'MB' ? value.toFixed(1) : value} ${unit}`.trim();
	console.log(
		`${what}: ${figure(got)}, target at most ${figure(most)}, ${isMet ? 'met' : 'missed'}`
	);
}

async function measureLarge(browser: Browser, site: string): Promise<void> {
	const page = await browser.newPage();
	const visitor = new Visitor(page, site);
	await visitor.open(`?t=${SIXTEEN.join(',')}`);
	await page.getByTestId('text-input').fill(benchTexts().prose.text);
	await visitor.ready();
	const cards = await page.locator('[data-tokenizer]').count();
	if (cards !== SIXTEEN.length) throw new Error(`got ${cards} cards, expected ${SIXTEEN.length}`);
	const { privateMegabytes } = await (await Renderer.of(browser, page)).measure();
	report('16 tokenizers and 1 MB of text', privateMegabytes, MAX_LARGE_MEGABYTES, 'MB');
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
	report('Default page', privateMegabytes, MAX_DEFAULT_MEGABYTES, 'MB');
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
	const most = (value: number) => Math.round(10 * MAX_GROWTH * value) / 10;
	report('Private memory', now.privateMegabytes, most(start.privateMegabytes), 'MB');
	report('JavaScript heap', now.heapMegabytes, most(start.heapMegabytes), 'MB');
	report('Nodes', now.nodes, Math.round(MAX_GROWTH * start.nodes), '');
	report('Listeners', now.listeners, Math.round(MAX_GROWTH * start.listeners), '');
	await page.close();
}

const describe = (holding: Holding): string =>
	`${holding.privateMegabytes.toFixed(1)} MB private, heap ${holding.heapMegabytes.toFixed(1)} MB, ${holding.nodes} nodes, ${holding.listeners} listeners, ${holding.workers} workers`;

export async function main(words: readonly string[]): Promise<number> {
	const { values } = parseArgs({
		args: [...words],
		options: { share: { type: 'string', default: '1' }, days: { type: 'string', default: '1' } }
	});
	const [share, days] = [Number(values.share), Number(values.days)];
	if (process.platform !== 'linux' || !(share > 0 && share <= 1) || !(days >= 1)) {
		console.error(
			`got --share ${values.share} and --days ${values.days} on ${process.platform}, expected a share up to 1 and at least one day, on Linux, whose /proc says what a process holds`
		);
		return 2;
	}
	const site = await serve(resolve('build'));
	const { args, ...options } = await findChromium();
	const browser = await chromium.launch({ ...options, args: [...args, '--js-flags=--expose-gc'] });
	try {
		await measureDays(browser, site.url, share, days);
		await measureLarge(browser, site.url);
	} finally {
		await browser.close();
		await site.close();
	}
	return missed > 0 ? 1 : 0;
}
