import { expect, test } from '@playwright/test';
import { DiffPage } from './diff-page';
import { LabPage } from './lab-page';

const WORKERS = /\/workers\//;

/** Pages that start work in workers when they open. */
const ADDRESSES = [
	'./?t=gpt2,cl100k_base',
	'./train/?size=300',
	'./strawberry/?t=p50k_edit',
	'./inflation/?t=p50k_edit',
	'./drift/',
	'./drift/diff/?a=gpt2&b=llama2'
];

/** Long enough for an idle page to start its own work, but shorter than a page's time limit for a worker. */
const IDLE_MS = 11_000;

test('every page says that workers cannot be started, and does not start them for ever', async ({
	page
}) => {
	await page.clock.install();
	await page.addInitScript(() => {
		const running = new Set<Worker>();
		let started = 0;
		const count = () => {
			document.documentElement.dataset.workers = JSON.stringify([started, running.size]);
		};
		const NativeWorker = window.Worker;
		window.Worker = class extends NativeWorker {
			constructor(script: string | URL, options?: WorkerOptions) {
				super(script, options);
				started++;
				running.add(this);
				count();
				this.addEventListener('error', () => this.#end());
			}
			override terminate() {
				super.terminate();
				this.#end();
			}
			#end() {
				running.delete(this);
				count();
			}
		};
	});
	await page.route(WORKERS, (route) => route.abort());
	const workers = () =>
		page
			.locator('html')
			.evaluate((html) => JSON.parse(html.dataset.workers ?? '[0, 0]') as [number, number]);
	/** Waits until no worker is running, and returns the number of workers started so far. */
	const startedInAll = async () => {
		await expect.poll(async () => (await workers())[1]).toBe(0);
		return (await workers())[0];
	};
	for (const address of ADDRESSES) {
		await new LabPage(page).open(address);
		// The figures for the first word are prerendered, so type a word that needs a worker.
		if (address.includes('strawberry')) await page.getByTestId('word-input').fill('unreachable');
		// The example above the cases is prerendered, so open a case, which needs a worker.
		if (address === './drift/') await page.locator('[data-case] summary').first().click();
		await expect(page.getByText('could not be started').first()).toBeVisible();

		// Work that a page starts by itself, such as the check on the Compare page, fails too.
		await startedInAll();
		await page.clock.runFor(IDLE_MS);
		const before = await startedInAll();
		await page.clock.runFor(IDLE_MS);
		expect(await startedInAll()).toBe(before);
		expect(before).toBeLessThanOrEqual(12);
	}
});

test('answers when workers can be started again, and keeps the text', async ({ page }) => {
	const lab = new LabPage(page);
	const diff = new DiffPage(page);
	let isBroken = true;
	await page.route(WORKERS, (route) => (isBroken ? route.abort() : route.continue()));
	await lab.open('./drift/diff/?a=gpt2&b=llama2');
	await expect(diff.main).toHaveAttribute('data-status', 'error');
	await expect(diff.verdict).toHaveText('No verdict: gpt2 and llama2 could not be compared.');
	isBroken = false;
	await diff.main.getByRole('button', { name: 'Try again' }).click();
	await diff.ready();
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');

	isBroken = true;
	await lab.open('./?t=cl100k_base');
	await lab.text.fill('short again');
	await expect(lab.card('cl100k_base')).toHaveAttribute('data-status', 'error');
	isBroken = false;
	await lab.card('cl100k_base').getByRole('button', { name: 'Try again' }).click();
	await expect(lab.count('cl100k_base')).toHaveText('2');
	await expect(lab.text).toHaveValue('short again');
});
