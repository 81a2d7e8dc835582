import { expect, test } from '@playwright/test';

test('opens a step by its link, and its diff computes the same figures', async ({ page }) => {
	await page.goto('./drift/lineages/#gpt2-p50k_base');
	const step = page.locator('[data-step="gpt2-p50k_base"]');
	await expect(step).toBeInViewport();
	await expect(step).toContainText('50,256 kept, 0 moved, 24 added, 0 removed');
	await expect(step).toContainText('Crash.');
	await step.getByRole('link', { name: 'Compute the diff' }).click();
	await expect(page).toHaveURL(/drift\/diff\/?\?a=gpt2&b=p50k_base/);
	await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'crash');
	await expect(page.locator('[data-check="vocabulary"]')).toContainText('24');
});

test('leads to the vocabularies of a step', async ({ page }) => {
	await page.goto('./drift/lineages/#gpt2-p50k_base');
	const step = page.locator('[data-step="gpt2-p50k_base"]');
	await step.getByRole('link', { name: 'p50k_base', exact: true }).click();
	await expect(page).toHaveURL(/vocabulary\/?\?tokenizer=p50k_base$/);
});

test('leads from the gallery to the families', async ({ page }) => {
	await page.goto('./drift/');
	await expect(page.getByText('o200k_base needs 71 % fewer tokens than cl100k_base')).toBeVisible();
	await page.getByRole('link', { name: /families version by version/ }).click();
	await page.getByRole('link', { name: 'Mistral', exact: true }).first().click();
	await expect(page).toHaveURL(/drift\/lineages\/?#mistral$/);
	await expect(page.getByRole('heading', { name: 'Mistral', exact: true })).toBeInViewport();
});

test('shows each text in every version, in figures too', async ({ page }) => {
	await page.goto('./drift/lineages/');
	const table = page.getByRole('region', { name: 'Tokens for the same text, OpenAI' });
	await expect(table.getByRole('row')).toHaveCount(13);
	await expect(table.getByRole('row', { name: /^Hindi/ })).toContainText('8,350 62 %2,421 18 %');
	await expect(page.getByRole('heading', { level: 2 })).toHaveCount(8);
});
