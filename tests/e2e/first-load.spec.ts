import { gzipSync } from 'node:zlib';
import { expect, test, type Response } from '@playwright/test';
import { DiffPage } from './diff-page';
import { InflationPage } from './inflation-page';
import { controlsBefore, LabPage } from './lab-page';
import { StrawberryPage } from './strawberry-page';

/** Maximum compressed size of the home page without vocabularies, in bytes. */
const MAX_BYTES = 300_000;

test('loads less than 300 kB besides the vocabularies, and for one more tokenizer only its files', async ({
	page
}) => {
	const bodies: Promise<[string, Buffer]>[] = [];
	const record = (response: Response) => {
		bodies.push(response.body().then((body) => [new URL(response.url()).pathname, body]));
	};
	page.on('response', record);
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('loaded');
	await lab.ready();
	// The libraries that check the ids are loaded after this point, so they don't count towards the page's size.
	page.off('response', record);
	const loaded = new Map(await Promise.all(bodies));
	const files = [...loaded].filter(([path]) => !path.endsWith('.bin'));
	expect(files.length).toBeGreaterThan(5);
	// File names contain a hash of the content, so the second worker gets its script from the browser's cache.
	const sizes = files.map(([path, body]) =>
		path.endsWith('.woff2') ? body.length : gzipSync(body).length
	);
	expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_BYTES);

	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	for (const id of ['gpt2', 'olmo2']) {
		await lab.choose(id);
		await lab.ready();
	}
	// olmo2 is stored as a difference from cl100k_base, which the worker gets from the browser's cache.
	const vocabularies = asked.filter((path) => path.endsWith('.bin') && !loaded.has(path));
	expect(vocabularies.map((path) => path.replace(/.*\/(\w+).*/, '$1'))).toEqual(['gpt2', 'olmo2']);
	// The browser may request the icon at any time.
	expect(asked.filter((path) => !/[.](bin|js)$|favicon/.test(path))).toEqual([]);
});

test('a new user passes at most seven controls before the first result', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	const stops = await controlsBefore(page, 'ul[aria-label^="Tokens"]');
	expect(stops.length, stops.join('\n')).toBeLessThanOrEqual(7);
});

const PAGES = [
	...['', 'train/', 'strawberry/', 'inflation/'],
	...['drift/', 'drift/lineages/', 'drift/diff/', 'vocabulary/']
];

test('the first paint of a page waits for no other file', async ({ page }) => {
	for (const path of PAGES) {
		const response = await page.goto(path);
		const html = (await response?.text()) ?? '';
		const shown = html.replace(/<template id="scripts">.*?<\/template>/s, '');
		expect(shown, path).not.toContain('modulepreload');
		await expect(page.locator('link[rel="modulepreload"]').nth(5), path).toBeAttached();
		const statuses = await page.evaluate(() =>
			performance.getEntriesByType('resource').map(
				// TypeScript's built-in type declarations don't include this property yet.
				(entry) => (entry as unknown as { renderBlockingStatus: string }).renderBlockingStatus
			)
		);
		expect(statuses, path).toContain('non-blocking');
		expect(statuses, path).not.toContain('blocking');
	}
});

test('every page shows a finished example before any script runs', async ({ browser }) => {
	const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	const headline = page.getByRole('heading', { level: 1 });
	await page.goto('./');
	const lab = new LabPage(page);
	await expect(page.locator('[data-tokenizer][data-status="ready"]')).toHaveCount(4);
	await expect(lab.count('cl100k_base')).toHaveText('65');
	expect(await lab.drawnIds('cl100k_base')).toHaveLength(65);

	await page.goto('./train/');
	await expect(headline).toHaveText('BPE merges the most frequent pair, again and again.');
	await expect(page.getByText('9 times, so 9 fewer tokens.')).toBeVisible();
	await expect(page.getByText('A tie: 2 pairs occur 9 times.')).toBeVisible();
	// The corpus contains "newest" six times and "widest" three times.
	await expect(page.locator('[aria-label="The corpus at this merge"] .made')).toHaveText(
		Array.from({ length: 9 }, () => ['e', 's']).flat()
	);

	await page.goto('./strawberry/');
	await expect(headline).toHaveText(
		'“strawberry” has three r’s. Instead of letters, GPT-4 gets the number 73700.'
	);
	await expect(new StrawberryPage(page).letterCount).toHaveAttribute('data-letter-count', '3');
	await expect(
		page.getByText('2 of 30 tokenizers split it like that; after a space, 6 of 30 do.')
	).toBeVisible();
	const ids = (id: string) => new StrawberryPage(page).ids(id, 'alone');
	expect(await ids('cl100k_base')).toEqual([496, 675, 15717]);
	await expect(page.locator('[data-merges]')).toContainText('rank 496');

	await page.goto('./vocabulary/');
	await expect(headline).toContainText('a list of 200,000');
	const unreachable = page.getByRole('region', { name: 'Tokens that never occur' });
	await expect(unreachable.getByRole('listitem')).toHaveCount(10);
	await expect(page.getByRole('button', { name: /^Cyrillic/ })).toContainText('14,209');

	await page.goto('./inflation/');
	const inflation = new InflationPage(page);
	await expect(page.locator('[data-language][data-tokenizer]')).toHaveCount(24);
	expect((await inflation.ratio('tur', 'cl100k_base')).toFixed(2)).toBe('2.02');
	await expect(headline).toHaveText(
		'The same text takes 15.7 times as many tokens in Burmese as in English with GPT-4’s tokenizer, and 4.2 times as many with GPT-4o’s.'
	);

	await page.goto('./drift/diff/');
	const diff = new DiffPage(page);
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
	await expect(page.getByTestId('text-findings')).toContainText('are split differently');
	await expect(diff.check('self-encode')).toContainText('23,171');
	await expect(page.locator('[data-token-id="9335"]')).toBeVisible();

	await page.goto('./drift/');
	await expect(page.getByTestId('story-damage')).toHaveText(
		/^On a long test text, correct next-token predictions fall from \d+\.\d% to \d+\.\d% ↓$/
	);
	const first = page.locator('[data-case="llama3-without-its-pre-tokenizer"]');
	await expect(first.getByRole('heading')).toBeVisible();
	await expect(first).not.toHaveAttribute('data-case-status');
	await page.context().close();
});
