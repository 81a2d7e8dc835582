import { expect, test, type Page } from './shared';
import { LabPage, openMyTokenizers, saveFile } from './lab-page';
import { nativeIds, TrainPage } from './train-page';

const TEXT = 'She sells sea shells by the sea shore.\n';

async function trainAndSave(page: Page, name: string): Promise<TrainPage> {
	const lab = new TrainPage(page);
	await lab.open();
	await lab.train(TEXT, '262');
	await page.getByLabel('Save the tokenizer as').fill(name);
	await page.getByRole('button', { name: 'Save in this browser' }).click();
	const bar = page.getByRole('region', { name: 'Save or export' });
	await expect(bar.getByRole('status')).not.toBeEmpty();
	return lab;
}

test('a saved tokenizer says what is known about it, is renamed, exported without silent losses, deleted and put back', async ({
	page
}) => {
	const lab = await trainAndSave(page, 'shells');
	const ids = await lab.ids();
	const dialog = await openMyTokenizers(page);
	const entry = dialog.getByRole('listitem');
	await expect(entry).toContainText('Trained here');
	await expect(entry).toContainText('262 ids');
	await expect(entry).toContainText(/Fingerprint bpe-lab-drift-v2:[0-9a-f]{64}/);
	await expect(dialog).toContainText(/1 tokenizer in this browser: .* of at most/);

	await dialog.getByRole('button', { name: 'Rename' }).click();
	await dialog.getByLabel('New name of shells').fill('sea shells');
	await dialog.getByLabel('New name of shells').press('Enter');
	await expect(dialog.getByRole('heading', { name: 'sea shells' })).toBeVisible();

	const { name, text } = await saveFile(page, async () => {
		await dialog.getByRole('button', { name: 'Export' }).click();
		await page.getByRole('menuitem', { name: 'tokenizer.json' }).click();
	});
	expect(name).toBe('sea shells.json');
	expect(await nativeIds(text, TEXT)).toEqual(ids);

	// Before an export to a different format, the dialog says what the format can't express.
	let downloads = 0;
	page.on('download', () => downloads++);
	await dialog.getByRole('button', { name: 'Export' }).click();
	await page.getByRole('menuitem', { name: '.tiktoken' }).click();
	await expect(dialog.getByRole('alert')).toContainText('.tiktoken cannot hold the pattern /');
	expect(downloads).toBe(0);
	const download = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Download anyway' }).click();
	expect((await download).suggestedFilename()).toBe('sea shells.tiktoken');

	await dialog.getByRole('button', { name: 'Delete' }).click();
	await expect(dialog.getByRole('status')).toContainText('Deleted sea shells.');
	await dialog.getByRole('button', { name: 'Done' }).click();
	const other = await page.context().newPage();
	await other.goto('./');
	await page.locator('.announcement').getByRole('button', { name: 'Undo' }).click();
	// Other tabs are notified once the tokenizer is stored again.
	for (const tab of [other, page]) {
		if (tab === page) await page.reload();
		await expect(
			(await openMyTokenizers(tab)).getByRole('heading', { name: 'sea shells' })
		).toBeVisible();
	}
});

const OWN = 'own-00000000';
const NOT_HERE = `The link asks for the tokenizer “${OWN}”, which is neither in the catalogue nor saved in this browser. A link refers to saved tokenizers but does not contain them. Ask the sender to save the page as a file.`;

/** Links that refer to a tokenizer missing from this browser, with the element that each page shows instead. */
const LINKS = [
	[`./strawberry/?t=gpt2,${OWN}`, (page: Page) => page.locator('[data-tokenizer="gpt2"]')],
	[`./inflation/?t=gpt2,${OWN}`, (page: Page) => page.locator('[data-tokenizer="gpt2"]')],
	[`./vocabulary/?tokenizer=${OWN}`, (page: Page) => page.getByTestId('tokenizer')],
	[`./train/?size=300&beside=${OWN}`, (page: Page) => page.getByTestId('vocab-size')],
	[`./drift/diff/?a=gpt2&b=${OWN}`, (page: Page) => page.getByTestId('tokenizer-a')]
] as const;

test('a link of each page says that its tokenizer is not here, and shows the rest', async ({
	page
}) => {
	for (const [address, other] of LINKS) {
		await new LabPage(page).open(address);
		await expect(page.getByText(NOT_HERE).first()).toBeVisible();
		await expect(other(page).first()).toBeVisible();
	}
});
