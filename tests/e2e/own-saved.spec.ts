import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { drop, tokenizerJson } from './dropped-files';
import { LabPage } from './lab-page';
import { TrainPage } from './train-page';

/** Tokenizers of one's own: what is known about them, links that name them, other tabs, a full disk. */

const native = createRequire(import.meta.url)('tokenizers');

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

async function openMyTokenizers(page: Page) {
	await page.getByRole('contentinfo').getByRole('button', { name: 'My tokenizers' }).click();
	const dialog = page.getByRole('dialog', { name: 'My tokenizers' });
	await expect(dialog).toBeVisible();
	return dialog;
}

const exportButton = (dialog: Locator) => dialog.getByRole('button', { name: 'Export' });

/** @param menu button that opens the list of formats */
async function exportedAs(page: Page, menu: Locator, format: string) {
	await menu.click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: format }).click();
	const file = await download;
	return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('a saved tokenizer says what is known about it, is renamed, exported, deleted and put back', async ({
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

	const { name, text } = await exportedAs(page, exportButton(dialog), 'tokenizer.json');
	expect(name).toBe('sea shells.json');
	const tokenizer = native.Tokenizer.fromString(text);
	expect((await tokenizer.encode(TEXT)).getIds()).toEqual(ids);

	await dialog.getByRole('button', { name: 'Delete' }).click();
	await expect(dialog.getByRole('status')).toHaveText('Deleted sea shells.');
	await dialog.getByRole('button', { name: 'Undo' }).click();
	await expect(dialog.getByRole('heading', { name: 'sea shells' })).toBeVisible();
	await page.reload();
	await expect(
		(await openMyTokenizers(page)).getByRole('heading', { name: 'sea shells' })
	).toBeVisible();
});

test('an export says first what the format cannot hold', async ({ page }) => {
	await trainAndSave(page, 'shells');
	const dialog = await openMyTokenizers(page);
	const names: string[] = [];
	page.on('download', (download) => names.push(download.suggestedFilename()));
	await dialog.getByRole('button', { name: 'Export' }).click();
	await page.getByRole('menuitem', { name: '.tiktoken' }).click();
	await expect(dialog.getByRole('alert')).toContainText('.tiktoken cannot hold the pattern /');
	expect(names).toEqual([]);
	const download = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Download anyway' }).click();
	expect((await download).suggestedFilename()).toBe('shells.tiktoken');
});

test('a vocabulary is exported from its page', async ({ page }) => {
	await new LabPage(page).open('./vocabulary/?tokenizer=gpt2');
	const { name, text } = await exportedAs(
		page,
		page.getByRole('button', { name: 'Export tokenizer' }),
		'tokenizer.json'
	);
	expect(name).toBe('gpt2.json');
	const tokenizer = native.Tokenizer.fromString(text);
	// As OpenAI's encoder prints them.
	expect((await tokenizer.encode('Hello world')).getIds()).toEqual([15496, 995]);
});

test('what one tab saves and deletes, the other follows', async ({ page, context }) => {
	const other = await context.newPage();
	await new LabPage(other).open();
	const dialog = await openMyTokenizers(other);
	await expect(dialog).toContainText('You have none yet');
	await trainAndSave(page, 'shells');
	await expect(dialog.getByRole('heading', { name: 'shells' })).toBeVisible();
	await dialog.getByRole('button', { name: 'Done' }).click();
	await new LabPage(other).choose('shells');
	const card = other.locator('[data-tokenizer^="own-"]');
	await expect(card).toHaveAttribute('data-status', 'ready');

	await page.getByRole('button', { name: 'Delete shells' }).click();
	await expect(card).toHaveCount(0);
	await expect(other.getByText('Another tab deleted shells.')).toBeVisible();
	await other.getByRole('button', { name: 'Undo' }).click();
	await expect(card).toHaveAttribute('data-status', 'ready');
	await expect(page.getByRole('button', { name: 'Delete shells' })).toBeVisible();
});

test('a full disk is said, and the tokenizer lasts for the visit', async ({ page }) => {
	await page.addInitScript(() => {
		IDBObjectStore.prototype.put = () => {
			throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
		};
	});
	await trainAndSave(page, 'shells');
	const dialog = await openMyTokenizers(page);
	await expect(dialog.getByRole('alert')).toContainText('This browser cannot save tokenizers');
	await expect(dialog.getByRole('listitem')).toContainText('It lasts until you close the page.');
	expect((await exportedAs(page, exportButton(dialog), 'tokenizer.json')).name).toBe('shells.json');
	await dialog.getByRole('button', { name: 'Done' }).click();
	await page.getByRole('link', { name: 'Compare' }).click();
	await new LabPage(page).choose('shells');
	await expect(page.locator('[data-tokenizer^="own-"]')).toHaveAttribute('data-status', 'ready');
});

/** A link to Compare with a tokenizer between two others, and the file of the tokenizer. */
async function linkWithFile(browser: Browser) {
	const page = await (await browser.newContext()).newPage();
	await trainAndSave(page, 'shells');
	const dialog = await openMyTokenizers(page);
	const { text: file } = await exportedAs(page, exportButton(dialog), 'tokenizer.json');
	await page.getByRole('button', { name: 'Done' }).click();
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2');
	await lab.choose('shells');
	await lab.choose('llama2');
	const own = page.locator('[data-tokenizer^="own-"]');
	await expect(own).toHaveAttribute('data-status', 'ready');
	await expect(page).toHaveURL(
		/t=gpt2,own-\w+,llama2.*#v1\?own=own-\w+,[\w-]+:[0-9a-f]{64},,shells/
	);
	const url = page.url();
	const count = await own.locator('[data-token-count]').textContent();
	const id = (await own.getAttribute('data-tokenizer')) ?? '';
	// A link without a description still opens on this machine.
	await lab.open(`./?t=gpt2,${id}`);
	await expect(own).toHaveAttribute('data-status', 'ready');
	await page.context().close();
	return { url, id, file, count };
}

test('a link opened elsewhere keeps the place of the tokenizer and takes only its file', async ({
	browser
}) => {
	const { url, id, file, count } = await linkWithFile(browser);
	const page = await (await browser.newContext()).newPage();
	const lab = new LabPage(page);
	await lab.open(url);
	const cards = page.locator('[data-tokenizer]');
	await expect(lab.card('gpt2')).toHaveAttribute('data-status', 'ready');
	await expect(lab.card('llama2')).toHaveAttribute('data-status', 'ready');
	const order = () =>
		cards.evaluateAll((all) => all.map((card) => card.getAttribute('data-tokenizer')));
	expect(await order()).toEqual(['gpt2', id, 'llama2']);
	const missing = lab.card(id);
	await expect(missing).toContainText('“shells” is not in this browser. Open its file.');
	await expect(page).toHaveURL(url);

	const open = (name: string, text: string) =>
		missing
			.getByLabel('Tokenizer files')
			.setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
	await open('other.json', tokenizerJson());
	await expect(missing).toContainText(
		/This file is another tokenizer: fingerprint bpe-lab-drift-v2:/
	);
	await expect(missing.getByRole('button', { name: 'Use other as well' })).toBeVisible();

	await open('mine.json', file);
	await expect(missing).toHaveAttribute('data-status', 'ready');
	await expect(missing.getByRole('heading', { name: 'shells' })).toBeVisible();
	await expect(missing.locator('[data-token-count]')).toHaveText(count ?? '');
	expect(await order()).toEqual(['gpt2', id, 'llama2']);
	await page.reload();
	await expect(missing.locator('[data-token-count]')).toHaveText(count ?? '');
	await page.context().close();
});

const FINGERPRINT = `bpe-lab-drift-v1:${'0'.repeat(64)}`;
const OWN = `own=own-00000000,${FINGERPRINT},,theirs`;

/** A link of each page that names a tokenizer which is not here, and what it shows of the others. */
const LINKS = [
	['./strawberry/?t=gpt2,own-00000000', (page: Page) => page.locator('[data-tokenizer="gpt2"]')],
	['./inflation/?t=gpt2,own-00000000', (page: Page) => page.locator('[data-tokenizer="gpt2"]')],
	['./vocabulary/?tokenizer=own-00000000', (page: Page) => page.getByTestId('tokenizer')],
	[
		'./train/?size=300&open=text&beside=own-00000000',
		(page: Page) => page.getByTestId('vocab-size')
	],
	['./drift/diff/?a=gpt2&b=own-00000000', (page: Page) => page.getByTestId('tokenizer-a')],
	['./drift/diff/?a=own-00000000&b=gpt2', (page: Page) => page.getByTestId('tokenizer-b')]
] as const;

for (const [address, other] of LINKS) {
	test(`${address} says that the tokenizer is not here, and shows the rest`, async ({ page }) => {
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
	});
}

test('a library checks the dropped file itself, and its answer is still there after a reload', async ({
	page
}) => {
	await new LabPage(page).open();
	await drop(page, { name: 'small.json', content: tokenizerJson() });
	await page.getByRole('button', { name: 'What was read' }).click();
	const dialog = page.getByRole('dialog', { name: 'What was read' });
	const answer = dialog.getByText('read the original small.json by itself. It gives the same ids');
	await expect(answer).toBeVisible();
	const words = await answer.textContent();
	await page.reload();
	const mine = await openMyTokenizers(page);
	await mine.getByRole('button', { name: 'What was read' }).click();
	await expect(answer).toHaveText(words ?? '');
});

test('a file that was not checked before a reload is checked as it was saved, and that is said', async ({
	page
}) => {
	await new LabPage(page).open();
	await drop(page, { name: 'small.json', content: tokenizerJson() });
	await expect(page.getByText('small is a tokenizer')).toBeVisible();
	await page.reload();
	const mine = await openMyTokenizers(page);
	await mine.getByRole('button', { name: 'What was read' }).click();
	const dialog = page.getByRole('dialog', { name: 'What was read' });
	await expect(dialog).toContainText('ran the lab’s own conversion, not the original.');
	await expect(dialog).toContainText('Open it again to check the file itself.');
});
