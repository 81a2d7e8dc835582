import { expect, test, type Locator, type Page } from './shared';
import { drop } from './dropped-files';
import { LabPage, openUnhydrated, announcement } from './lab-page';
import { addressOf } from './linked-pages';

const failures = new Map<Page, string[]>();
test.beforeEach(({ page }) => {
	const messages: string[] = [];
	failures.set(page, messages);
	page.on('pageerror', (error) => messages.push(error.message));
	page.on('console', (message) => {
		if (message.type() === 'error' || message.text().includes('hydration_mismatch')) {
			messages.push(message.text());
		}
	});
});
test.afterEach(({ page }) => {
	expect(failures.get(page)).toEqual([]);
});

test('Compare keeps what is typed, also instead of the text of a link, and a paste with its line endings', async ({
	page
}) => {
	const lab = new LabPage(page);
	const hydrate = await openUnhydrated(page, './');
	await lab.text.press('ControlOrMeta+a');
	await lab.text.pressSequentially('typed ');
	await lab.text.evaluate((field: HTMLTextAreaElement) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', 'a\r\nb');
		field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
		// eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else inserts text the way a user does
		document.execCommand('insertText', false, 'a\r\nb');
	});
	await lab.text.pressSequentially('!');
	await hydrate();
	await expect(lab.text).toHaveValue('typed a\nb!');
	await lab.ready();
	await expect(page.locator('#input-facts')).toContainText('11 characters');
	await expect(page.locator('#input-facts')).toContainText('CR characters');
	// Hydration doesn't move the cursor.
	await lab.text.pressSequentially('?');
	await expect(lab.text).toHaveValue('typed a\nb!?');

	// Text typed before hydration replaces the link's text.
	const link = await addressOf(['./?t=gpt2', { kind: 'text', value: 'from the link' }]);
	await page.goto('about:blank');
	const apply = await openUnhydrated(page, link);
	await lab.text.fill('typed');
	await apply();
	await expect(page.getByRole('alert')).toContainText('your input was kept');
	await expect(lab.text).toHaveValue('typed');
	await expect(page.locator('[data-tokenizer]')).toHaveCount(1);
});

test('a file dropped before the page is hydrated is opened', async ({ page }) => {
	const hydrate = await openUnhydrated(page, './');
	await drop(page, { name: 'early.txt', content: 'dropped early' });
	await hydrate();
	await expect(announcement(page)).toContainText('Opened early.txt as text');
	await expect(new LabPage(page).text).toHaveValue('dropped early');
});

test('the other pages keep what is typed, chosen or opened', async ({ page }) => {
	const keep = async (
		address: string,
		field: Locator,
		act: (field: Locator) => Promise<unknown>
	) => {
		const hydrate = await openUnhydrated(page, address);
		await act(field);
		const value = await field.inputValue();
		await hydrate();
		await expect(field).toHaveValue(value);
	};
	const size = page.getByTestId('vocab-size');
	await keep('./train/', size, async () => {
		await page.getByTestId('corpus-input').fill('aaabdaaabac');
		await size.fill('259');
		await size.press('Tab');
	});
	await expect(page.getByTestId('corpus-input')).toHaveValue('aaabdaaabac');
	await page.getByTestId('train').click();
	await expect(page.getByText(/of 3\b/).first()).toBeVisible();

	await keep('./strawberry/', page.getByTestId('word-input'), async (word) => {
		await word.fill('banana');
		await page.getByTestId('letter-input').fill('a');
	});
	await expect(page.getByTestId('letter-input')).toHaveValue('a');
	await expect(page.locator('[data-letter-count]')).toHaveAttribute('data-letter-count', '3');

	const explained = page.getByLabel('Tokenizer to explain');
	await keep('./inflation/', page.getByLabel('Search languages'), async (search) => {
		await search.fill('gaelic');
		await explained.selectOption('o200k_base');
	});
	await expect(explained).toHaveValue('o200k_base');
	await expect(page.getByText('Why 4.2 times as many tokens as English?')).toBeVisible();
	await expect(page.getByText(/^2 languages\./)).toBeVisible();

	// A click made before hydration is handled afterwards.
	const dialog = page.getByRole('dialog', { name: 'My tokenizers' });
	await keep('./drift/diff/', page.getByTestId('tokenizer-a'), async (a) => {
		await a.selectOption('gpt2');
		const mine = page.getByRole('button', { name: 'My tokenizers' });
		for (let i = 0; i < 2; i++) await mine.click();
		await expect(dialog).toBeHidden();
	});
	await expect(dialog).toBeVisible();
	await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
	await keep('./vocabulary/', page.getByLabel('Search tokens'), (field) => field.fill('berry'));
	await expect(page.getByRole('status').filter({ hasText: 'contain it' })).toBeVisible();

	const item = page.locator('[data-case="ignore-merges-lost"]');
	await keep('./drift/', page.getByLabel('Search'), async (field) => {
		await item.locator('summary').click();
		await field.fill('ignore_merges');
	});
	await expect(page.locator('[data-case]')).toHaveCount(1);
	await expect(item.getByTestId('answer')).toBeVisible();
});
