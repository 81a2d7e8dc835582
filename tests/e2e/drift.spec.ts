import { expect, test } from '@playwright/test';
import { DiffPage } from './diff-page';
import { LabPage } from './lab-page';

test.describe('the gallery', () => {
	test('tells its story and lists its cases before any script runs', async ({
		browser,
		baseURL
	}) => {
		const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
		const page = await context.newPage();
		await page.goto('./drift/');
		await expect(page.getByText('The model reads')).toBeVisible();
		await expect(page.getByTestId('story-damage')).toHaveText(/^\d+\.\d % → \d+\.\d %$/);
		const first = page.locator('[data-case="llama3-without-its-pre-tokenizer"]');
		await expect(first.getByRole('heading')).toBeVisible();
		await expect(first).not.toHaveAttribute('data-case-status');
		await context.close();
	});

	test('opens with at most 1,500 elements and 3,500 px', async ({ page }) => {
		await new LabPage(page).open('./drift/');
		const [elements, height] = await page.evaluate(() => [
			document.querySelectorAll('*').length,
			document.documentElement.scrollHeight
		]);
		expect(elements).toBeLessThanOrEqual(1500);
		expect(height).toBeLessThanOrEqual(3500);
	});

	test('counts its cases by label, as many as there are cards with each', async ({ page }) => {
		await new LabPage(page).open('./drift/');
		const cards = await page.locator('[data-case]').count();
		let counted = 0;
		for (const evidence of ['published-ids', 'mechanism', 'found-here']) {
			await page.getByLabel('Evidence').selectOption(evidence);
			const labelled = await page.locator('[data-case]').count();
			expect(labelled).toBeGreaterThan(0);
			await expect(page.locator(`[data-evidence-count="${evidence}"] b`)).toHaveText(`${labelled}`);
			counted += labelled;
		}
		expect(counted).toBe(cards);
	});

	test('fetches no more than the story needs until a case comes into sight', async ({ page }) => {
		const asked: string[] = [];
		page.on('request', (request) => asked.push(new URL(request.url()).pathname));
		await page.setViewportSize({ width: 1280, height: 480 });
		await new LabPage(page).open('./drift/');
		await expect(page.getByText('computed in this browser just now')).toBeVisible();
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
		await page.getByText('How this came about').click();
		const built = await page.locator('[data-damage]').getAttribute('data-damage');
		await page.getByRole('button', { name: 'Measure again here' }).click();
		await expect(page.getByText('measured in this browser just now')).toBeVisible();
		expect(await page.locator('[data-damage]').getAttribute('data-damage')).toBe(built);
	});

	for (const width of [1280, 360]) {
		test(`the button that checks all stays where it is while a case goes on, ${width} px wide`, async ({
			page
		}) => {
			await page.setViewportSize({ width, height: 400 });
			// No vocabulary arrives, so the first case goes on for ever.
			let asked = 0;
			await page.route(/llama3[.].*\.bin$/, () => {
				asked++;
			});
			await new LabPage(page).open('./drift/');
			await expect(page.getByText('computed in this browser just now')).toBeVisible();
			const all = page.getByRole('button', { name: 'Check all' });
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
			await expect(page.getByText(/^Checking 1 of/)).toHaveText(
				/^Checking 1 of \d\d in your browser …$/
			);
		});
	}

	test('reproduces every case in the browser', async ({ page }) => {
		test.slow();
		await new LabPage(page).open('./drift/');
		await page.getByRole('button', { name: 'Check all' }).click();
		const cases = page.locator('[data-case]');
		const count = await cases.count();
		expect(count).toBeGreaterThanOrEqual(50);
		await expect(page.locator('[data-case-status]')).toHaveCount(count, { timeout: 120_000 });
		const others = await page
			.locator('[data-case]:not([data-case-status="reproduced"])')
			.evaluateAll((items) => items.map((item) => item.getAttribute('data-case')));
		expect(others).toEqual([]);
		await expect(page.getByText(`${count} bugs confirmed in this page.`)).toBeVisible();
	});

	test('shows both sides and which checks catch a case, by keyboard alone', async ({ page }) => {
		await new LabPage(page).open('./drift/');
		const item = page.locator('[data-case="ignore-merges-lost"]');
		await item.locator('summary').focus();
		await page.keyboard.press('Enter');
		await expect(item.getByTestId('answer')).toContainText('Self-encode');
		// Published in llama.cpp#7193.
		await expect(item.locator('[data-token-id="101798"]')).toBeVisible();
		await expect(item.locator('[data-token-id="11655"]')).toBeVisible();
	});

	test('finds cases by search and filters, and counts them', async ({ page }) => {
		await new LabPage(page).open('./drift/');
		const cases = page.locator('[data-case]');
		const all = await cases.count();
		await page.getByLabel('Search').fill('leftmost');
		await expect(cases).toHaveCount(2);
		await expect(page.getByText(`2 of ${all} cases shown.`)).toBeVisible();
		await page.getByLabel('Library').selectOption('llama.cpp');
		await expect(cases).toHaveCount(1);
		await expect(page).toHaveURL(/\?library=llama\.cpp#v1\?q=leftmost$/);
		await page.getByRole('button', { name: 'Show all' }).click();
		await expect(cases).toHaveCount(all);
		await expect(page.getByLabel('Search')).toHaveValue('');
		await page.getByLabel('Search').fill('no case has these words');
		await expect(page.getByText(`None of ${all} cases matches.`)).toBeVisible();
	});

	test('copies a link that opens a case', async ({ page, context }) => {
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await new LabPage(page).open('./drift/?q=BOS');
		const item = page.locator('[data-case="two-bos"]');
		await item.locator('summary').click();
		await item.getByRole('button', { name: 'Copy link' }).click();
		await expect(item.getByText('Copied the link.')).toBeVisible();
		const link = await page.evaluate(() => navigator.clipboard.readText());
		expect(link).toMatch(/\/drift\/?\?case=two-bos$/);

		const other = await context.newPage();
		await other.goto(link);
		const opened = other.locator('[data-case="two-bos"]');
		await expect(opened.getByTestId('answer')).toBeVisible();
		await expect(opened.locator('summary')).toBeInViewport();
		await expect(other.locator('[data-case] details[open]')).toHaveCount(1);
	});

	test('shows one case alone in an embedded page', async ({ page }) => {
		await new LabPage(page).open('./drift/?embed&case=two-bos');
		await expect(page.locator('[data-case="two-bos"]').getByTestId('answer')).toBeVisible();
		await expect(page.locator('[data-case]').filter({ visible: true })).toHaveCount(1);
		await expect(page.getByText('The model reads')).toBeHidden();
		await expect(page.getByLabel('Search')).toBeHidden();
	});

	test('opens a case by link without moving what is seen', async ({ page }) => {
		await page.addInitScript(() => {
			new PerformanceObserver((list) => {
				const shifts = list.getEntries() as unknown as { readonly value: number }[];
				const { dataset } = document.documentElement;
				const before = Number(dataset.shift ?? 0);
				dataset.shift = String(shifts.reduce((sum, { value }) => sum + value, before));
			}).observe({ type: 'layout-shift', buffered: true });
		});
		await new LabPage(page).open('./drift/?open=ignore-merges-lost');
		const item = page.locator('[data-case="ignore-merges-lost"]');
		await expect(item).toHaveAttribute('data-case-status', 'reproduced');
		await expect(item.locator('summary')).toBeInViewport();
		expect(
			await page.evaluate(() => Number(document.documentElement.dataset.shift ?? 0))
		).toBeLessThanOrEqual(0.02);
	});

	test('opens a case in the diff with its input, and with the text that is there', async ({
		page
	}) => {
		const lab = new LabPage(page);
		await lab.open('./drift/');
		const item = page.locator('[data-case="ignore-merges-lost"]');
		const diff = new DiffPage(page);
		await item.locator('summary').click();
		await item.getByRole('link', { name: /^See A and B side by side ?:/ }).click();
		await diff.ready();
		await expect(page.getByLabel('Change', { exact: true })).toHaveValue('ignore-merges');
		await expect(diff.check('self-encode')).toContainText('588');
		await expect(page.locator('[data-token-id="101798"]').first()).toBeVisible();
		await expect(page.locator('[data-token-id="11655"]').first()).toBeVisible();

		await page.getByRole('link', { name: 'Compare', exact: true }).click();
		await lab.text.fill('What is 3333+777?');
		await page.getByRole('link', { name: 'Drift' }).click();
		await item.getByRole('link', { name: 'See A and B side by side with your text' }).click();
		await diff.ready();
		await expect(page.locator('[data-token-id="101798"]').first()).toBeVisible();
		await page.getByText('Change the text').click();
		await expect(lab.text).toHaveValue(' Việt Arthropoda\n\nWhat is 3333+777?');
		// The user's text is still there, and the next case takes only it along.
		await page.goBack();
		const other = page.locator('[data-case="prefix-space-of-gpt2"]');
		await other.locator('summary').click();
		await other.getByRole('link', { name: 'See A and B side by side with your text' }).click();
		await diff.ready();
		await page.getByText('Change the text').click();
		await expect(lab.text).toHaveValue('Banana is a word.\n\nWhat is 3333+777?');
	});

	test('opens a case of a library in Compare, where the library is asked as well', async ({
		page
	}) => {
		await new LabPage(page).open('./drift/');
		const item = page.locator('[data-case="next-line-is-no-space"]');
		await item.locator('summary').click();
		await item.getByRole('link', { name: 'Open in Compare' }).click();
		await expect(page.locator('[data-tokenizer="cl100k_base"]')).toContainText('js-tiktoken');
		await expect(page.locator('[data-tokenizer]')).toHaveCount(1);
	});
});
