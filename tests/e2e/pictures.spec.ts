import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { DiffPage } from './diff-page';
import { TrainPage } from './train-page';

async function saved(page: Page, kind: 'PNG' | 'SVG'): Promise<Buffer> {
	await page.getByRole('button', { name: 'Picture' }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: `Picture as ${kind}` }).click();
	return readFileSync(await (await download).path());
}

test('the picture of Train holds the merge and the corpus after it', async ({ page }) => {
	await new TrainPage(page).open();
	const svg = (await saved(page, 'SVG')).toString();
	expect(svg).toContain('Merge 40 of 585: 5,220 tokens in the corpus');
	expect(svg).toContain('>35 times<');
	expect(svg).toContain('>bytes 0–688 of 8,277<');
	// The product, and its two occurrences in view: four edges each.
	expect(svg.match(/stroke-width="2.5"/g)).toHaveLength(12);
	const png = await saved(page, 'PNG');
	expect(png.subarray(1, 4).toString()).toBe('PNG');
});

test('there is no picture of a training that is out of date', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open();
	await lab.size.fill('300');
	await lab.size.blur();
	await expect(page.getByRole('button', { name: 'Picture' })).toHaveAccessibleDescription(
		'The page still shows the previous training.'
	);
});

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
	await new TrainPage(page).open();
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Picture' }).click();
	await page.getByRole('menuitem', { name: 'Picture as SVG' }).click();
	await expect(
		page.getByText('could not be loaded. Check the connection and reload the page.')
	).toBeVisible();
});
