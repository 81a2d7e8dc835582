import { expect, test } from '@playwright/test';
import { IS_FULL, sized } from '../support/size';
import { fillStorage, LINKS, silenceStorage } from './broken-storage';
import { drop, tokenizerJson } from './dropped-files';
import { LabPage } from './lab-page';

if (IS_FULL)
	test('every page opens its link although the browser’s storage never answers, and says so', async ({
		page
	}) => {
		await silenceStorage(page);
		for (const [address, field, shown] of LINKS) {
			await new LabPage(page).open(address);
			const found = field(page).first();
			if (typeof shown === 'string') await expect(found).toHaveValue(shown);
			else await expect(found).toBeVisible();
		}
		const lab = new LabPage(page);
		await lab.open('./?t=own-1,gpt2');
		const waiting = 'Waiting for this browser’s storage';
		await expect(page.getByRole('alert').filter({ hasText: 'own-1' })).toContainText(waiting);
		await expect(lab.card('gpt2')).toHaveAttribute('data-status', 'ready');
		await page.getByTestId('tokenizer-picker').click();
		await expect(page.getByRole('dialog')).toContainText(waiting);
	});

/** Storage that takes no tokenizer, and what the page says. */
const STORAGES = [
	[
		'full',
		fillStorage,
		'This browser cannot save tokenizers (The quota has been exceeded.). They last until you close the page.'
	],
	['silent', silenceStorage, 'Waiting for this browser’s storage']
] as const;

for (const [name, spoil, says] of STORAGES.slice(0, sized(1, 2)))
	test(`a file opens with ${name} storage, which is said, and lasts for the visit`, async ({
		page
	}) => {
		await spoil(page);
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
