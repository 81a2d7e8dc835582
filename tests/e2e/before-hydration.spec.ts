import { expect, test, type Page } from '@playwright/test';
import { LabPage } from './lab-page';

/** Opens a page whose scripts wait. @returns lets them load, and waits until the page is hydrated */
async function openUnhydrated(page: Page, address: string): Promise<() => Promise<void>> {
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	await page.route(/_app\/immutable\/.*\.js/, async (route) => {
		await released;
		await route.continue();
	});
	await page.goto(address, { waitUntil: 'commit' });
	// Hidden until a link is shown.
	await expect(page.locator('footer')).toBeAttached();
	await expect(page.locator('html[data-hydrated]')).toHaveCount(0);
	return async () => {
		release();
		await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
	};
}

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

test('Compare keeps what is typed, and a paste with its line endings', async ({ page }) => {
	const lab = new LabPage(page);
	const hydrate = await openUnhydrated(page, './');
	await lab.text.press('ControlOrMeta+a');
	await lab.text.pressSequentially('typed ');
	await lab.text.evaluate((field: HTMLTextAreaElement) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', 'a\r\nb');
		field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
		// eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else inserts as a user does
		document.execCommand('insertText', false, 'a\r\nb');
	});
	await lab.text.pressSequentially('!');
	await hydrate();
	await expect(lab.text).toHaveValue('typed a\nb!');
	await lab.ready();
	await expect(page.locator('#input-facts')).toContainText('11 characters');
	await expect(page.locator('#input-facts')).toContainText('CR line endings');
	// Typing continues where it was.
	await lab.text.pressSequentially('?');
	await expect(lab.text).toHaveValue('typed a\nb!?');
});

test('Compare keeps what is typed instead of the text of its link, and says so', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2');
	await lab.text.fill('from the link');
	await expect(page).toHaveURL(/#v1/);
	const link = page.url();
	await page.goto('about:blank');
	const hydrate = await openUnhydrated(page, link);
	await lab.text.fill('typed');
	await hydrate();
	await expect(page.getByRole('alert')).toContainText('your input was kept');
	await expect(lab.text).toHaveValue('typed');
	await expect(page.locator('[data-tokenizer]')).toHaveCount(1);
});

test('Train keeps the corpus and the vocabulary size', async ({ page }) => {
	const hydrate = await openUnhydrated(page, './train/');
	await page.getByTestId('corpus-input').fill('aaabdaaabac');
	await page.getByTestId('vocab-size').fill('259');
	await page.getByTestId('vocab-size').press('Tab');
	await hydrate();
	await expect(page.getByTestId('corpus-input')).toHaveValue('aaabdaaabac');
	await expect(page.getByTestId('vocab-size')).toHaveValue('259');
	await page.getByTestId('train').click();
	await expect(page.getByText(/of 3\b/).first()).toBeVisible();
});

test('a button that was pressed acts once the page is hydrated', async ({ page }) => {
	const hydrate = await openUnhydrated(page, './');
	const mine = page.getByRole('button', { name: 'My tokenizers' });
	await mine.click();
	await mine.click();
	const dialog = page.getByRole('dialog', { name: 'My tokenizers' });
	await expect(dialog).toBeHidden();
	await hydrate();
	await expect(dialog).toBeVisible();
});

test('an explanation that the browser opened by itself stays open', async ({ page }) => {
	const hydrate = await openUnhydrated(page, './inflation/');
	await page.getByRole('button', { name: 'Tokens per word' }).click();
	const explanation = page.locator('[popover]:popover-open');
	await expect(explanation).toBeVisible();
	await hydrate();
	await expect(explanation).toBeVisible();
});

test('Strawberry keeps word and letter', async ({ page }) => {
	const hydrate = await openUnhydrated(page, './strawberry/');
	await page.getByTestId('word-input').fill('banana');
	await page.getByTestId('letter-input').fill('a');
	await hydrate();
	await expect(page.getByTestId('word-input')).toHaveValue('banana');
	await expect(page.getByTestId('letter-input')).toHaveValue('a');
	await expect(page.locator('[data-letter-count]')).toHaveAttribute('data-letter-count', '3');
});

test('Inflation keeps the search for a baseline', async ({ page }) => {
	const hydrate = await openUnhydrated(page, './inflation/');
	const baseline = page.getByRole('combobox', { name: 'Baseline' });
	await baseline.fill('turkish');
	await hydrate();
	await expect(baseline).toHaveValue('turkish');
	await baseline.press('Enter');
	await expect(baseline).toHaveValue('Turkish');
	await expect(page.getByRole('listbox', { name: /over Turkish/ })).toBeVisible();
});

test('Diff keeps the chosen tokenizer', async ({ page }) => {
	const hydrate = await openUnhydrated(page, './drift/diff/');
	await page.getByTestId('tokenizer-a').selectOption('gpt2');
	await hydrate();
	await expect(page.getByTestId('tokenizer-a')).toHaveValue('gpt2');
	await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
});

test('Vocabulary keeps a search', async ({ page }) => {
	const hydrate = await openUnhydrated(page, './vocabulary/');
	const search = page.getByLabel('Search tokens');
	await search.fill('berry');
	await hydrate();
	await expect(search).toHaveValue('berry');
	await expect(page.getByRole('status').filter({ hasText: 'contain it' })).toBeVisible();
});

test('Drift keeps a search and an open case', async ({ page }) => {
	const hydrate = await openUnhydrated(page, './drift/');
	const item = page.locator('[data-case="ignore-merges-lost"]');
	await item.locator('summary').click();
	await page.getByLabel('Search').fill('ignore_merges');
	await hydrate();
	await expect(page.getByLabel('Search')).toHaveValue('ignore_merges');
	await expect(page.locator('[data-case]')).toHaveCount(1);
	await expect(item.getByTestId('answer')).toBeVisible();
});
