import { expect, test, type Page } from '@playwright/test';
import { encodeTextHash } from '../../src/lib/session/links/link-codec';
import { holdableWorkers } from './slow-workers';

/** Largest sum of the layout shifts of a page, 0 to 1. */
const MAX_SHIFT = 0.02;

const LONG = `#${(await encodeTextHash({ kind: 'text', value: 'Çalışkan öğrenciler gezdi. '.repeat(20) })) ?? ''}`;
const HOSTILE = `#${(await encodeTextHash({ kind: 'text', value: `${'a'.repeat(5000)}z${'\u0301'.repeat(3000)}\u202e\0<|endoftext|>${'\t'.repeat(500)}` })) ?? ''}`;
const WORD = `#${(await encodeTextHash({ kind: 'text', value: 'Donaudampfschiff' })) ?? ''}`;

declare global {
	interface Window {
		/** Takes the layout shifts up to now that no input explains: value and the elements that moved. */
		takeShifts: () => { value: number; moved: string[] }[];
	}
}

interface Visit {
	readonly address: string;
	/** Matches nothing once the page has come to rest. */
	readonly busy?: string;
	/** Text of a status that says so. */
	readonly status?: RegExp;
	/** Number of alerts that stay; 0 if absent. */
	readonly alerts?: number;
}

const cards = '[data-tokenizer]:not([data-status=ready])';
const main = 'main:not([data-status=ready])';

const VISITS: readonly Visit[] = [
	{ address: '', busy: cards },
	{ address: '?t=gpt2,llama3', busy: cards },
	{ address: '?t=llama3,gemma3,o200k_base,cl100k_base', busy: cards },
	{ address: LONG, busy: cards },
	{ address: HOSTILE, busy: cards },
	{ address: 'train/', busy: main },
	{ address: 'train/?size=600&step=100', busy: main },
	{ address: `train/?size=300${LONG}`, busy: main },
	{ address: 'strawberry/', busy: main },
	{ address: `strawberry/?letter=f${WORD}`, busy: main },
	{ address: 'inflation/', status: /12 languages shown.*Measured in this browser/ },
	{ address: 'inflation/?all=1', status: /521 languages shown.*Measured in this browser/ },
	{ address: 'inflation/?t=cl100k_base&base=deu_1996', status: /Measured in this browser/ },
	{ address: 'drift/' },
	{ address: 'drift/?case=two-bos' },
	{ address: 'drift/?case=unknown', alerts: 1 },
	{ address: 'drift/lineages/' },
	{ address: 'drift/lineages/#mistral' },
	{ address: 'drift/diff/', busy: main },
	{ address: 'drift/diff/?a=gpt2&b=llama3', busy: main },
	{ address: `drift/diff/${LONG}`, busy: main },
	{ address: 'vocabulary/', busy: main },
	{ address: 'vocabulary/?tokenizer=gpt2&id=15717&q=a', busy: main },
	{ address: 'about/' },
	{ address: '?embed', busy: cards },
	{ address: 'train/?embed', busy: main },
	{ address: 'strawberry/?embed', busy: main },
	{ address: 'inflation/?embed', status: /12 languages shown.*Measured in this browser/ },
	{ address: 'drift/?embed' },
	{ address: 'drift/?embed&case=two-bos' }
];

/** Number of cases in view without an outcome. */
const waitingCases = (page: Page) =>
	page.locator('[data-case]:not([data-case-status])').evaluateAll(
		(cases) =>
			cases.filter((item) => {
				const { top, bottom, height } = item.getBoundingClientRect();
				return height > 0 && bottom > 0 && top < innerHeight;
			}).length
	);

async function watchShifts(page: Page): Promise<void> {
	await page.addInitScript(() => {
		// On a busy machine, answers may take longer than the 5 s that a page waits for them before it shows a link.
		const setTimer = window.setTimeout.bind(window);
		window.setTimeout = ((run: () => void, ms?: number) =>
			setTimer(run, ms === 5000 ? 600_000 : ms)) as typeof setTimeout;
		const shifts: PerformanceEntry[] = [];
		const observer = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
		observer.observe({ type: 'layout-shift', buffered: true });
		window.takeShifts = () =>
			[...shifts.splice(0), ...observer.takeRecords()].flatMap((entry) => {
				// Not in TypeScript's library yet.
				const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
					value: number;
					hadRecentInput: boolean;
					sources: readonly { node: Node | null }[];
				};
				const moved = sources.map(({ node }) => (node?.textContent ?? '').trim().slice(0, 60));
				return hadRecentInput ? [] : [{ value, moved }];
			});
	});
}

/** Expects that hardly anything moved since the last time. */
async function expectStill(page: Page): Promise<void> {
	await page.evaluate(
		() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
	);
	const shifts = await page.evaluate(() => window.takeShifts());
	const total = shifts.reduce((sum, { value }) => sum + value, 0);
	expect(total, JSON.stringify(shifts)).toBeLessThanOrEqual(MAX_SHIFT);
}

for (const width of [1280, 390, 360]) {
	for (const { address, busy, status, alerts = 0 } of VISITS) {
		test(`opens /${address.slice(0, 50)} without moving anything, ${width} px wide`, async ({
			page
		}) => {
			await page.setViewportSize({ width, height: 800 });
			await watchShifts(page);
			await page.goto(`./${address}`);
			await expect(page.locator('html[data-hydrated]:not([data-link])')).toHaveCount(1);
			if (busy) await expect(page.locator(busy)).toHaveCount(0);
			if (status) await expect(page.locator('.status')).toContainText(status);
			if (address.startsWith('drift/')) await expect.poll(() => waitingCases(page)).toBe(0);
			await expect(page.getByRole('alert')).toHaveCount(alerts);
			await expectStill(page);
		});
	}
}

for (const width of [1280, 360]) {
	test(`another tokenizer on Diff moves nothing, ${width} px wide`, async ({ page }) => {
		await page.setViewportSize({ width, height: 800 });
		await watchShifts(page);
		await page.goto('./drift/diff/?a=llama3&b=o200k_base');
		await expect(page.locator('html[data-hydrated]:not([data-link])')).toHaveCount(1);
		await expect(page.locator(main)).toHaveCount(0);
		await page.evaluate(() => window.takeShifts());
		await page.getByTestId('tokenizer-b').selectOption('gpt2');
		await expect(page.getByRole('status').filter({ hasText: 'B 50,257' })).toBeVisible();
		await expect(page.locator(main)).toHaveCount(0);
		await expectStill(page);
	});
}

test('training moves nothing on a phone, however long it takes', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 800 });
	await watchShifts(page);
	const workers = await holdableWorkers(page);
	await page.goto('./train/');
	await expect(page.getByRole('button', { name: 'Save in this browser' })).toBeEnabled();
	await page.getByTestId('vocab-size').fill('400');
	await page.evaluate(() => window.takeShifts());
	await workers.hold();
	await page.getByTestId('train').click();
	await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
	await workers.release();
	await expect(page.getByRole('status').filter({ hasText: '= 400 tokens' })).toBeVisible();
	await expectStill(page);
});
