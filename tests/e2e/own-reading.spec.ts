import { writeFileSync } from 'node:fs';
import { expect, test, type Page, type Worker } from '@playwright/test';
import { dropPaths, tokenizerJson } from './dropped-files';
import { LabPage } from './lab-page';
import { holdLargeFiles } from './slow-workers';

/** A file that takes long to read, or that kills the worker that reads it. */

const said = (page: Page) => page.locator('.announcement');

/** Ways to open a file of this machine. A dropped one is recognized first. */
const WAYS: readonly (readonly [
	name: string,
	open: (page: Page, path: string) => Promise<void>
])[] = [
	['dropped', (page, path) => dropPaths(page, path)],
	[
		'chosen',
		async (page, path) => {
			await page.getByTestId('tokenizer-picker').click();
			await page.locator('main').getByLabel('Tokenizer files').setInputFiles(path);
		}
	]
];

const LARGE_BYTES = 1e6;

/**
 * Opens Compare with a text, and then a large file, which a worker never reads to its end.
 * @returns a function that waits for a worker that reads it, and returns it. On a busy machine, the page may give one up that
 * starts too slowly, and ask another.
 */
async function openLarge(page: Page, open: (typeof WAYS)[number][1]) {
	const held = await holdLargeFiles(page, LARGE_BYTES);
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2');
	await lab.text.fill('my text');
	const path = test.info().outputPath('large.json');
	writeFileSync(path, tokenizerJson() + ' '.repeat(LARGE_BYTES));
	await open(page, path);
	return held;
}

const expectEnded = (page: Page, worker: Worker): Promise<void> =>
	expect.poll(() => page.workers().includes(worker)).toBe(false);

/** Everything is as before, and the next file is opened. */
async function expectUntouched(page: Page, open: (typeof WAYS)[number][1]): Promise<void> {
	const lab = new LabPage(page);
	await expect(lab.text).toHaveValue('my text');
	await expect(page.locator('[data-tokenizer]')).toHaveCount(1);
	await expect(lab.card('gpt2')).toHaveAttribute('data-status', 'ready');
	await expect(lab.count('gpt2')).toHaveText('2');
	const path = test.info().outputPath('next.json');
	writeFileSync(path, tokenizerJson());
	await open(page, path);
	await expect(said(page)).toContainText('next is a tokenizer with 5 ids');
	await expect(page.locator('[data-tokenizer]')).toHaveCount(2);
}

/** Ways in which a worker ends while it reads a file, and the page's message, with the seconds until it appears. */
const ENDS: readonly (readonly [
	name: string,
	kill: (worker: Worker) => void,
	says: RegExp,
	seconds: number
])[] = [
	[
		'kills its worker',
		(worker) =>
			void worker.evaluate(() => {
				setTimeout(() => {
					throw new RangeError('Array buffer allocation failed');
				});
			}),
		/^large\.json: What reads the file stopped working: .*Array buffer allocation failed/,
		0
	],
	[
		'blocks its worker for ever',
		(worker) =>
			void worker
				.evaluate(() => {
					for (;;);
				})
				// It ends with the worker.
				.catch(() => undefined),
		/^large\.json: What reads the file gave up: no progress for 20 seconds\./,
		20
	]
];

for (const [way, open] of WAYS) {
	test(`Stop ends the reading of a large file that was ${way}`, async ({ page }) => {
		const reading = await openLarge(page, open);
		const worker = await reading();
		await expect(said(page).getByRole('status')).toContainText('Opening large.json …');
		await said(page).getByRole('button', { name: 'Stop' }).click();
		await expect(said(page).getByRole('button')).toHaveCount(0);
		await expectEnded(page, worker);
		await expectUntouched(page, open);
	});

	for (const [name, kill, says, seconds] of ENDS)
		test(`a file that was ${way} and ${name} is named`, async ({ page }) => {
			if (seconds > 0) await page.clock.install();
			const reading = await openLarge(page, open);
			const alert = said(page).getByRole('alert');
			await expect(async () => {
				kill(await reading());
				if (seconds > 0) await page.clock.runFor(1000 * seconds);
				await expect(alert).toHaveText(says, { timeout: 10_000 });
			}).toPass();
			await expectUntouched(page, open);
		});
}

test('another file ends the reading of a large one', async ({ page }) => {
	const [[, open]] = WAYS;
	const reading = await openLarge(page, open);
	const worker = await reading();
	await expect(said(page).getByRole('status')).toContainText('Opening large.json …');
	await expectUntouched(page, open);
	await expectEnded(page, worker);
});
