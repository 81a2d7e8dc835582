import { expect, test } from './shared';
import { fillStorage } from './broken-storage';
import { drop, tokenizerJson } from './dropped-files';
import { LabPage } from './lab-page';

test('a file opens with full storage, which is said, and lasts for the visit', async ({ page }) => {
	const says =
		'This browser cannot save tokenizers (The quota has been exceeded.). They last until you close the page.';
	await fillStorage(page);
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2');
	await lab.text.fill('abcab');
	const said = page.locator('.announcement').getByRole('status');
	const cards = page.locator('[data-tokenizer^="own-"]');
	for (const [i, file] of ['one', 'two'].entries()) {
		await drop(page, { name: `${file}.json`, content: tokenizerJson() });
		await expect(said).toContainText(`${file} is a tokenizer with 5 ids. ${says}`);
		await expect(said).not.toContainText('saved in this browser');
		await expect(cards).toHaveCount(i + 1);
	}
	await lab.ready();
	await expect(lab.text).toHaveValue('abcab');
	for (const card of await cards.all())
		await expect(card.locator('[data-token-count]')).toHaveText('2');

	// On another page, and in the list that exports them.
	await page.getByRole('link', { name: 'Vocabulary' }).click();
	await page.getByTestId('tokenizer').selectOption({ label: 'one' });
	await expect(page.getByRole('main')).toContainText('abc');
	await page.getByRole('contentinfo').getByRole('button', { name: 'My tokenizers' }).click();
	const dialog = page.getByRole('dialog', { name: 'My tokenizers' });
	await expect(dialog.getByRole('alert').first()).toContainText(says);
	await expect(dialog.getByText('It lasts until you close the page.')).toHaveCount(2);
});
