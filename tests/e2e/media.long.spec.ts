import { expect, test, type Locator } from '@playwright/test';
import { DiffPage, showDamage } from './diff-page';
import { LabPage } from './lab-page';

/** Size of an A4 sheet in CSS px. */
const SHEET = { width: 794, height: 1123 };

test.describe('on paper', () => {
	test.use({ viewport: SHEET });

	test('Diff leaves out what is folded, and cuts nothing off', async ({ page }) => {
		await new DiffPage(page).open();
		const folded = page.locator('details:not([open]) > .unfold');
		await expect(folded.filter({ visible: true }).first()).toBeVisible();
		await expect(page.getByRole('button', { name: 'Options' })).toBeVisible();

		await showDamage(page);
		await expect(page.getByTestId('damage')).toBeVisible();
		await page.emulateMedia({ media: 'print' });
		await expect(folded.filter({ visible: true })).toHaveCount(0);
		await expect(page.getByRole('button', { name: 'Options' })).toBeHidden();
		await expect(page.getByText('Damage not measured yet.')).toBeVisible();
		const [right, sheet] = await page
			.getByTestId('damage')
			.evaluate((table) => [
				table.getBoundingClientRect().right,
				document.documentElement.clientWidth
			]);
		expect(right).toBeLessThanOrEqual(sheet);
	});

	test('Inflation, Drift and a chat template are printed whole, without controls', async ({
		page
	}) => {
		await new LabPage(page).open('./inflation/');
		await page.emulateMedia({ media: 'print' });
		await expect(page.getByRole('heading', { name: 'What a longer prompt costs' })).toBeVisible();
		await expect(page.getByText('How we measured this')).toBeHidden();
		await expect(page.locator('.dot').first()).toHaveCSS('print-color-adjust', 'exact');

		await page.goto('./drift/');
		await expect(page.getByRole('heading', { name: 'tokenizer bugs' })).toBeVisible();
		await expect(page.getByText('A port lost the space that a text began with.')).toBeVisible();
		await expect(page.getByRole('searchbox')).toHaveCount(0);

		await page.emulateMedia({ media: 'screen' });
		await page.goto('./vocabulary/?tokenizer=qwen3');
		await page.getByText('Chat template', { exact: true }).click();
		const template = page.getByRole('region', { name: 'Chat template' });
		const hidden = () =>
			template.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
		await expect.poll(hidden).toBeGreaterThan(100);
		await page.emulateMedia({ media: 'print' });
		await expect.poll(hidden).toBe(0);
	});
});

for (const colorScheme of ['light', 'dark'] as const)
	test(`forced colours keep lines and marked words, and mark the chosen option, ${colorScheme}`, async ({
		page
	}) => {
		await page.emulateMedia({ forcedColors: 'active', colorScheme });
		await new LabPage(page).open('./inflation/');
		await expect(page.locator('.plot').first()).toHaveCSS('background-image', /linear-gradient/);
		const colour = (element: Locator, property: string) =>
			element
				.first()
				.evaluate((one, name) => getComputedStyle(one).getPropertyValue(name), property);
		const series = (selector: string) => colour(page.locator(selector), 'background-color');
		const legend = '.head.together i';
		expect(await series(`${legend}:not(.hollow)`)).not.toBe(await series(`${legend}.hollow`));
		expect(await series(`${legend}.hollow`)).toBe(await series('[data-tokenizer="o200k_base"]'));
		const row = page.getByRole('listbox', { name: /^Languages/ }).locator('[aria-selected="true"]');
		await expect(row).toHaveCSS('outline-style', 'solid');
		const pages = page.getByRole('navigation').getByRole('link');
		const [current, other] = ['Inflation', 'Drift'].map((name) =>
			colour(pages.filter({ hasText: name }), 'text-decoration-line')
		);
		expect(await current).not.toBe(await other);
		await new LabPage(page).open('./?t=cl100k_base');
		const token = page.locator('[data-token-id]').nth(1);
		await expect(token).toHaveCSS('border-left', /^1px solid (?!rgba\(0, 0, 0, 0\))/);
		await new LabPage(page).open('./drift/');
		expect(await colour(page.locator('mark'), 'color')).toBe(
			await colour(page.locator('main'), 'color')
		);

		await new LabPage(page).open();
		const chosen = page.getByRole('radiogroup', { name: 'Input' }).locator('.chosen');
		const [found, expected] = await chosen.evaluate((element) => {
			const sample = document.createElement('span');
			sample.style.cssText =
				'forced-color-adjust: none; color: HighlightText; background: Highlight';
			document.body.append(sample);
			return [element, sample].map((one) => {
				const { color, backgroundColor } = getComputedStyle(one);
				return [color, backgroundColor];
			});
		});
		expect(found).toEqual(expected);
	});
