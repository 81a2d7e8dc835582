import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';

const WORKERS = /\/workers\//;

/** Each page with something to do in workers when it opens. */
const ADDRESSES = [
	'./?t=gpt2,cl100k_base',
	'./train/?size=300',
	'./strawberry/?t=p50k_edit',
	'./inflation/?t=p50k_edit',
	'./drift/',
	'./drift/diff/?a=gpt2&b=llama2'
];

for (const address of ADDRESSES) {
	test(`${address} says that workers cannot be started, and does not start them for ever`, async ({
		page
	}) => {
		await page.clock.install();
		await page.addInitScript(() => {
			const NativeWorker = window.Worker;
			window.Worker = class extends NativeWorker {
				constructor(script: string | URL, options?: WorkerOptions) {
					super(script, options);
					const { dataset } = document.documentElement;
					dataset.workers = String(Number(dataset.workers ?? 0) + 1);
				}
			};
		});
		await page.route(WORKERS, (route) => route.abort());
		await new LabPage(page).open(address);
		// The figures of the first word are prerendered.
		if (address.includes('strawberry')) await page.getByTestId('word-input').fill('unreachable');
		await page.clock.runFor(5_000);
		await expect(page.getByText('could not be started').first()).toBeVisible();
		const started = () =>
			page.locator('html').evaluate((html) => Number(html.dataset.workers ?? 0));
		const before = await started();
		await page.clock.runFor(10_000);
		expect(await started()).toBe(before);
		expect(before).toBeLessThanOrEqual(12);
	});
}

test('answers when workers can be started again, and keeps the text', async ({ page }) => {
	const lab = new LabPage(page);
	await page.route(WORKERS, (route) => route.abort());
	await lab.open('./?t=cl100k_base');
	await lab.text.fill('short again');
	await expect(lab.card('cl100k_base')).toHaveAttribute('data-status', 'error');
	await page.unroute(WORKERS);
	await lab.card('cl100k_base').getByRole('button', { name: 'Try again' }).click();
	await expect(lab.card('cl100k_base')).toHaveAttribute('data-status', 'ready');
	await expect(lab.count('cl100k_base')).toHaveText('2');
	await expect(lab.text).toHaveValue('short again');
});
