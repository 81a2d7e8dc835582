import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { DiffPage } from './diff-page';

async function saved(page: Page, kind: 'PNG' | 'SVG'): Promise<Buffer> {
	await page.getByRole('button', { name: 'Picture' }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: `Picture as ${kind}` }).click();
	return readFileSync(await (await download).path());
}

test('the picture of Diff holds the text in both sides', async ({ page }) => {
	await new DiffPage(page).open();
	const svg = (await saved(page, 'SVG')).toString();
	expect(svg).toContain('>4 differences between A and B<');
	expect(svg).toContain('>A · llama3<');
	expect(svg).toContain('>B · llama3, pre-tokenizer: ByteLevel<');
	for (const tokens of [37, 40]) expect(svg).toContain(`>${tokens} tokens<`);
	const png = await saved(page, 'PNG');
	expect(png.subarray(1, 4).toString()).toBe('PNG');
});

test('a picture that cannot be loaded says so', async ({ page, context }) => {
	await new DiffPage(page).open();
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Picture' }).click();
	await page.getByRole('menuitem', { name: 'Picture as SVG' }).click();
	await expect(
		page.getByText('could not be loaded. Check the connection and reload the page.')
	).toBeVisible();
});
