import { expect, test, type Locator, type Page } from './shared';
import { chosenFile, tokenizerJson } from './dropped-files';
import { cardsOf, LabPage, openMyTokenizers, savedCard, saveFile } from './lab-page';
import { nativeIds, TrainPage } from './train-page';

/** Tokenizers of one's own: what is known about them, and links that name them. */

const TEXT = 'She sells sea shells by the sea shore.\n';

/** Trains a tokenizer and saves it. */
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

/** Saves the tokenizer of a list as a tokenizer.json. */
const exported = (page: Page, list: Locator) =>
	saveFile(page, async () => {
		await list.getByRole('button', { name: 'Export' }).click();
		await page.getByRole('menuitem', { name: 'tokenizer.json' }).click();
	});

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

	const { name, text } = await exported(page, dialog);
	expect(name).toBe('sea shells.json');
	expect(await nativeIds(text, TEXT)).toEqual(ids);

	// Another format says first what it cannot hold.
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
	await expect(dialog.getByRole('status')).toHaveText('Deleted sea shells.');
	await dialog.getByRole('button', { name: 'Undo' }).click();
	await expect(dialog.getByRole('heading', { name: 'sea shells' })).toBeVisible();
	await page.reload();
	await expect(
		(await openMyTokenizers(page)).getByRole('heading', { name: 'sea shells' })
	).toBeVisible();
});

test('a link opened elsewhere keeps the place of the tokenizer and takes only its file', async ({
	page,
	browser
}) => {
	await trainAndSave(page, 'shells');
	const dialog = await openMyTokenizers(page);
	const { text: file } = await exported(page, dialog);
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2');
	await lab.choose('shells');
	await lab.choose('llama2');
	const own = savedCard(page);
	await expect(own).toHaveAttribute('data-status', 'ready');
	await expect(page).toHaveURL(
		/t=gpt2,own-\w+,llama2.*#v1\?own=own-\w+,[\w-]+:[0-9a-f]{64},,shells/
	);
	const url = page.url();
	const count = (await own.locator('[data-token-count]').textContent()) ?? '';
	const id = (await own.getAttribute('data-tokenizer')) ?? '';
	// A link without a description still opens on this machine.
	await lab.open(`./?t=gpt2,${id}`);
	await expect(own).toHaveAttribute('data-status', 'ready');

	const other = await (await browser.newContext()).newPage();
	const elsewhere = new LabPage(other);
	await elsewhere.open(url);
	await expect(elsewhere.card('gpt2')).toHaveAttribute('data-status', 'ready');
	const missing = elsewhere.card(id);
	await expect(missing).toContainText('“shells” is not in this browser. Open its file.');
	await expect(other).toHaveURL(url);
	const open = (name: string, text: string) =>
		missing.getByLabel('Tokenizer files').setInputFiles(chosenFile(name, text));
	await open('other.json', tokenizerJson());
	await expect(missing).toContainText(
		/This file is another tokenizer: fingerprint bpe-lab-drift-v2:/
	);
	await expect(missing.getByRole('button', { name: 'Use other as well' })).toBeVisible();
	await open('mine.json', file);
	await expect(missing).toHaveAttribute('data-status', 'ready');
	await expect(missing.getByRole('heading', { name: 'shells' })).toBeVisible();
	await other.reload();
	await expect(missing.locator('[data-token-count]')).toHaveText(count);
	expect(await cardsOf(other)).toEqual(['gpt2', id, 'llama2']);
	await other.context().close();
});

const FINGERPRINT = `bpe-lab-drift-v1:${'0'.repeat(64)}`;
const OWN = `own=own-00000000,${FINGERPRINT},,theirs`;

/** A link of each page that names a tokenizer which is not here, and what it shows of the others. */
const LINKS = [
	['./strawberry/?t=gpt2,own-00000000', (page: Page) => page.locator('[data-tokenizer="gpt2"]')],
	['./inflation/?t=gpt2,own-00000000', (page: Page) => page.locator('[data-tokenizer="gpt2"]')],
	['./vocabulary/?tokenizer=own-00000000', (page: Page) => page.getByTestId('tokenizer')],
	['./train/?size=300&beside=own-00000000', (page: Page) => page.getByTestId('vocab-size')],
	['./drift/diff/?a=gpt2&b=own-00000000', (page: Page) => page.getByTestId('tokenizer-a')]
] as const;

test('a link of each page says that its tokenizer is not here, and shows the rest', async ({
	page
}) => {
	for (const [address, other] of LINKS) {
		await new LabPage(page).open(`${address}&${OWN}`);
		await expect(
			page.getByText('“theirs” is not in this browser. Open its file.').first()
		).toBeVisible();
		await expect(page.getByRole('button', { name: 'Open its file…' }).first()).toBeVisible();
		await expect(
			page.getByText(`The link expects the fingerprint ${FINGERPRINT}.`).first()
		).toBeVisible();
		await expect(other(page).first()).toBeVisible();
		await expect(page).toHaveURL(/own-00000000,bpe-lab-drift-v1/);
	}
});
