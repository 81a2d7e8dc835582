import { expect, test, type Page } from '@playwright/test';
import { LabPage } from './lab-page';

const value = (testId: string) => (page: Page) => page.getByTestId(testId);

const silenceStorage = (page: Page): Promise<unknown> =>
	page.addInitScript(() => {
		const { prototype } = IDBFactory;
		// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its factory
		const open = prototype.open;
		prototype.open = function (...args) {
			return Object.assign(open.apply(this, args), { addEventListener: () => undefined });
		};
	});

/** A link to each page, and the field that shows that it was applied. */
const LINKS = [
	['./?t=gpt2', (page: Page) => page.locator('[data-tokenizer="gpt2"] [data-token-count]'), /\d/],
	['./train/?size=300', value('vocab-size'), '300'],
	['./strawberry/?t=p50k_edit', (page: Page) => page.locator('[data-tokenizer="p50k_edit"]'), /./],
	[
		'./inflation/?t=gpt2',
		(page: Page) => page.locator('[data-language="tur"][data-tokenizer="gpt2"]'),
		/./
	],
	['./drift/diff/?a=gpt2&b=llama2', value('tokenizer-a'), 'gpt2']
] as const;

for (const [address, field, shown] of LINKS) {
	test(`opens ${address} although the browser's storage never answers`, async ({ page }) => {
		await silenceStorage(page);
		await new LabPage(page).open(address);
		const found = field(page).first();
		if (typeof shown === 'string') await expect(found).toHaveValue(shown);
		else await expect(found).toBeVisible();
	});
}

test('says that saved tokenizers are missing while the storage does not answer', async ({
	page
}) => {
	await silenceStorage(page);
	const lab = new LabPage(page);
	await lab.open('./?t=own-1,gpt2');
	await expect(page.getByRole('alert').filter({ hasText: 'own-1' })).toContainText(
		'Waiting for this browser’s storage'
	);
	await expect(lab.card('gpt2')).toHaveAttribute('data-status', 'ready');
	await page.getByTestId('tokenizer-picker').click();
	await expect(page.getByRole('dialog')).toContainText('Waiting for this browser’s storage');
});
