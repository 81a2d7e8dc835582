import { expect, test } from '@playwright/test';
import { DiffPage } from './diff-page';
import { LabPage } from './lab-page';

test.describe('the gallery', () => {
	test('tells its story and its cases before any script runs', async ({ browser, baseURL }) => {
		const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
		const page = await context.newPage();
		await page.goto('./drift/');
		await expect(page.getByText('Same book, same rules, same size')).toBeVisible();
		await expect(page.getByTestId('story-damage')).toContainText('bits per byte');
		const first = page.locator('[data-case="llama3-without-its-pre-tokenizer"]');
		await expect(first.locator('[data-token-id="8765"]')).toBeVisible();
		await expect(first).not.toHaveAttribute('data-case-status');
		await context.close();
	});

	test('counts its cases by label, as many as there are cards with each', async ({ page }) => {
		await new LabPage(page).open('./drift/');
		const cards = await page.locator('[data-case]').count();
		let counted = 0;
		for (const evidence of ['published-ids', 'mechanism', 'found-here']) {
			const labelled = await page.locator(`[data-case] [data-evidence="${evidence}"]`).count();
			expect(labelled).toBeGreaterThan(0);
			await expect(page.locator(`[data-evidence-count="${evidence}"] b`)).toHaveText(`${labelled}`);
			counted += labelled;
		}
		expect(counted).toBe(cards);
	});

	test('fetches no more than the story needs until a case comes into sight', async ({ page }) => {
		const asked: string[] = [];
		page.on('request', (request) => asked.push(new URL(request.url()).pathname));
		await new LabPage(page).open('./drift/');
		await expect(page.getByText('computed here just now')).toBeVisible();
		const vocabularies = asked.filter((path) => path.endsWith('.bin'));
		expect(
			vocabularies.every((path) => /lab-[ab]/.test(path)),
			vocabularies.join()
		).toBe(true);

		const first = page.locator('[data-case="llama3-without-its-pre-tokenizer"]');
		await first.scrollIntoViewIfNeeded();
		await expect(first).toHaveAttribute('data-case-status', 'reproduced');
	});

	test('measures the story’s damage again, here', async ({ page }) => {
		await new LabPage(page).open('./drift/');
		const built = await page.locator('[data-damage]').getAttribute('data-damage');
		await page.getByRole('button', { name: 'Measure again here' }).click();
		await expect(page.getByText('measured here just now')).toBeVisible();
		expect(await page.locator('[data-damage]').getAttribute('data-damage')).toBe(built);
	});

	for (const width of [1280, 360]) {
		test(`the button that computes all stays where it is while a case goes on, ${width} px wide`, async ({
			page
		}) => {
			await page.setViewportSize({ width, height: 800 });
			// No vocabulary arrives, so the first case goes on for ever.
			let asked = 0;
			await page.route(/llama3-.*\.bin$/, () => {
				asked++;
			});
			await new LabPage(page).open('./drift/');
			await expect(page.getByText('computed here just now')).toBeVisible();
			const all = page.getByRole('button', { name: 'Compute all' });
			await all.evaluate((button) => button.scrollIntoView({ block: 'end' }));
			await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
			const before = await all.evaluate((button) => {
				const { left, top } = button.getBoundingClientRect();
				return { left, top: top + scrollY };
			});
			await page.locator('[data-case]').first().scrollIntoViewIfNeeded();
			await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
			await expect.poll(() => asked).toBe(1);
			const after = await all.evaluate((button) => {
				const { left, top } = button.getBoundingClientRect();
				return { left, top: top + scrollY };
			});
			expect(after).toEqual(before);
			await all.click();
			await expect(page.getByText(/to go$/)).toHaveText(/^0 of \d+ computed, \d\d to go$/);
		});
	}

	test('reproduces every case in the browser', async ({ page }) => {
		test.slow();
		await new LabPage(page).open('./drift/');
		await page.getByRole('button', { name: 'Compute all' }).click();
		const cases = page.locator('[data-case]');
		const count = await cases.count();
		expect(count).toBeGreaterThanOrEqual(50);
		await expect(page.locator('[data-case-status]')).toHaveCount(count, { timeout: 120_000 });
		const others = await page
			.locator('[data-case]:not([data-case-status="reproduced"])')
			.evaluateAll((items) => items.map((item) => item.getAttribute('data-case')));
		expect(others).toEqual([]);
		await expect(page.getByRole('heading', { level: 1 })).toContainText(
			`${count} of ${count} cases reproduced`
		);
	});

	test('opens a case in the diff with its input, and with the text that is there', async ({
		page
	}) => {
		const lab = new LabPage(page);
		await lab.open('./drift/');
		const item = page.locator('[data-case="ignore-merges-lost"]');
		const diff = new DiffPage(page);
		await item.getByRole('link', { name: 'Open in the diff', exact: true }).click();
		await diff.ready();
		await expect(page.getByLabel('Change', { exact: true })).toHaveValue('ignore-merges');
		await expect(diff.check('self-encode')).toContainText('588');
		await expect(page.locator('[data-token-id="101798"]').first()).toBeVisible();
		await expect(page.locator('[data-token-id="11655"]').first()).toBeVisible();

		await page.getByRole('link', { name: 'Compare', exact: true }).click();
		await lab.text.fill('What is 3333+777?');
		await page.getByRole('link', { name: 'Drift' }).click();
		await item.getByRole('link', { name: 'Open in the diff with your text' }).click();
		await diff.ready();
		await expect(page.locator('[data-token-id="101798"]').first()).toBeVisible();
		await page.getByText('Change the text').click();
		await expect(lab.text).toHaveValue(' Việt\n\nWhat is 3333+777?');
		// The user's text is still there, and the next case takes only it along.
		await page.goBack();
		const other = page.locator('[data-case="prefix-space-of-gpt2"]');
		await other.getByRole('link', { name: 'Open in the diff with your text' }).click();
		await diff.ready();
		await page.getByText('Change the text').click();
		await expect(lab.text).toHaveValue('Banana is a word.\n\nWhat is 3333+777?');
	});

	test('opens a case of a library in Compare, where the library is asked as well', async ({
		page
	}) => {
		await new LabPage(page).open('./drift/');
		const item = page.locator('[data-case="next-line-is-no-space"]');
		await item.getByRole('link', { name: 'Open in Compare' }).click();
		await expect(page.locator('[data-tokenizer="cl100k_base"]')).toContainText('js-tiktoken');
		await expect(page.locator('[data-tokenizer]')).toHaveCount(1);
	});
});
