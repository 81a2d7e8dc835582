import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';

/** " tokens" is 11460 in cl100k_base: tiktoken.get_encoding("cl100k_base").encode(" tokens"). */
const ID = '11460';

test('a token shows its details under the pointer, by key and by click, and leads to its vocabulary', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base,gpt2,yours');
	await lab.ready();
	const card = lab.card('cl100k_base');
	const token = card.locator(`[data-token-id="${ID}"]`);
	const details = card.locator('[data-token-popover]');
	await token.hover();
	await expect(details.locator('[data-detail="rank"]')).toHaveText('11,460');
	await page.mouse.move(0, 0);
	await expect(details).toHaveCount(0);

	await token.focus();
	await page.keyboard.press('Enter');
	await details.getByText(/^Show merges/).click();
	// tiktoken's rank of " tokens", and those of the two tokens that it is merged from.
	await expect(details.getByText('rank 11,460', { exact: true })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(token).toBeFocused();
	await token.click();
	await expect(page).toHaveURL(/pin=/);
	await lab.text.fill('Language models read tokens');
	await expect(details).toHaveCount(0);
	await expect(page).not.toHaveURL(/pin=/);

	const nameOf = (id: string) => lab.card(id).getByRole('heading').getByRole('link');
	await expect(nameOf('cl100k_base')).toHaveAttribute(
		'href',
		/vocabulary\/?\?tokenizer=cl100k_base$/
	);
	await expect(nameOf('yours')).toHaveCount(0);
	await token.click();
	await page.getByRole('link', { name: 'Find in vocabulary' }).click();
	await expect(page.locator('[data-described]')).toHaveAttribute('data-described', ID);
	await expect(page.getByRole('combobox', { name: 'Tokenizer' })).toHaveValue('cl100k_base');
});
