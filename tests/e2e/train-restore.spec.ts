import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';
import { TrainPage } from './train-page';

const OWN = 'She sells sea shells by the sea shore.\n';
/** Kept as a file. */
const LARGE = 'a line of text\n'.repeat(100_000);

test('an example that replaced the user’s corpus can be undone, with rules and step', async ({
	page
}) => {
	const lab = new TrainPage(page);
	await lab.open();
	await lab.train(OWN, '262');
	await lab.page.getByRole('button', { name: 'Back' }).click();
	await expect(lab.main).toHaveAttribute('data-step', '5');
	const ids = await lab.ids();
	await lab.chooseExample('aaabdaaabac');
	await expect(lab.corpus).toHaveValue('aaabdaaabac');
	await expect(lab.size).toHaveValue('259');
	await expect(lab.main).toHaveAttribute('data-step', '3');
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(lab.corpus).toHaveValue(OWN);
	await expect(lab.size).toHaveValue('262');
	await expect(lab.main).toHaveAttribute('data-step', '5');
	await lab.settle();
	expect(await lab.ids()).toEqual(ids);
	// A worker holds the training again.
	await page.getByRole('button', { name: 'Forward' }).click();
	await expect(lab.main).toHaveAttribute('data-step', '6');
	await expect(page.locator('[data-merge="6"] [aria-busy="false"]')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Save in this browser' })).toBeEnabled();
});

test('a deleted tokenizer can be restored, also where it was chosen', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open();
	await lab.train('aaabdaaabac', '259');
	await page.getByLabel('Save the tokenizer as').fill('letters');
	await page.getByRole('button', { name: 'Save in this browser' }).click();
	await expect(page.getByText('Saved as “letters”')).toBeVisible();
	const other = page.getByLabel('Tokenizer to compare with');
	await other.selectOption('letters');
	await page.getByRole('link', { name: 'Compare' }).click();
	await new LabPage(page).choose('letters');
	await page.getByRole('link', { name: 'Train' }).click();

	await page.getByRole('button', { name: 'Delete letters' }).click();
	await expect(other).toHaveValue('cl100k_base');
	await expect(page.getByText('Saved as “letters”')).toHaveCount(0);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(other.locator('option:checked')).toHaveText('letters');
	await page.getByRole('link', { name: 'Compare' }).click();
	await expect(page.locator('[data-tokenizer^="own-"]')).toHaveAttribute('data-status', 'ready');
});

test('a link restores the text that is shown, with the corpus or an example', async ({
	page,
	context
}) => {
	const lab = new TrainPage(page);
	await lab.open('?corpus=letters&size=259');
	await lab.settle();
	await page.getByText('Change your text').click();
	await lab.text.fill('a banana');
	await expect(page).toHaveURL(/corpus=letters.*open=text.*#v1\.t=.+&s=/);
	await lab.settle();
	const count = await lab.trainedCount.innerText();
	for (const corpus of ['aaabdaaabac', OWN]) {
		if (corpus === OWN) {
			await lab.corpus.fill(OWN);
			await expect(page).not.toHaveURL(/corpus=/);
			await lab.settle();
		}
		const other = new TrainPage(await context.newPage());
		await other.page.goto(page.url());
		await expect(other.corpus).toHaveValue(corpus);
		await expect(other.text).toHaveValue('a banana');
		await expect(other.trainedCount).toHaveText(await lab.trainedCount.innerText());
		// It is the text of all pages.
		await other.page.getByRole('link', { name: 'Compare' }).click();
		await expect(new LabPage(other.page).text).toHaveValue('a banana');
	}
	expect(count).toBe('8');
	await lab.text.fill('long '.repeat(500));
	await expect(page.getByText('Your text does not fit into the link.')).toBeVisible();
	await expect(page).not.toHaveURL(/&s=/);
});

test('bad values in a link are each reported in one sentence, and the rest is restored', async ({
	page
}) => {
	const lab = new TrainPage(page);
	await lab.open('?corpus=letters&size=259&step=9&speed=warp&open=rules+maps');
	await expect(lab.corpus).toHaveValue('aaabdaaabac');
	await expect(lab.main.getByRole('alert')).toHaveText(
		/^The link has “open=maps”; expected rules, curve, text or vocabulary. The link has “speed=warp”; expected slow, normal, fast or fastest./
	);
	await page.getByRole('button', { name: 'Dismiss' }).click();
	await expect(lab.main.getByRole('alert')).toHaveText(
		/^The link asks for merge 9, but training ended after 3 merges./
	);
	await page.getByRole('button', { name: 'Dismiss' }).click();
	await expect(lab.main.getByRole('alert')).toHaveCount(0);
	await expect(page.getByLabel('Pattern')).toBeVisible();
});

test('a file with an error leaves corpus and training as they were', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open();
	await lab.train(OWN, '262');
	const ids = await lab.ids();
	const notUtf8 = Buffer.concat([Buffer.alloc(2_000_000, 'a'), Buffer.of(0xff)]);
	const files: readonly (readonly [string, string | Buffer, string])[] = [
		['a.txt', notUtf8, 'a.txt is not UTF-8: byte 2,000,000 is 0xFF.'],
		['b.txt', '', 'b.txt is empty.'],
		['c.tsv', '"a"\t1\n"b"\tmany\n', 'c.tsv: line 2: got "many", expected a whole number']
	];
	for (const [name, content, message] of files) {
		await lab.openFile(name, content);
		await expect(lab.main.getByRole('alert')).toContainText(message);
		await expect(lab.corpus).toHaveValue(OWN);
		await lab.settle();
		expect(await lab.ids()).toEqual(ids);
	}
	// A sound table of another corpus replaces it, and that can be undone.
	await lab.openFile('d.tsv', '"ab"\t9\n');
	await expect(page.getByText('The corpus is d.tsv.')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(lab.corpus).toHaveValue(OWN);
	await lab.settle();
	expect(await lab.ids()).toEqual(ids);
});

test('a large file that is dropped on the corpus can be undone', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open();
	await lab.train(OWN, '262');
	const ids = await lab.ids();
	await lab.drop('large.txt', LARGE);
	await expect(page.getByText('The corpus is large.txt.')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(lab.corpus).toHaveValue(OWN);
	await lab.settle();
	expect(await lab.ids()).toEqual(ids);
});

test('a small text that is dropped on a corpus that is a file or an example can be undone', async ({
	page
}) => {
	const lab = new TrainPage(page);
	await lab.open('?corpus=letters&size=259');
	await lab.settle();
	await lab.drop('small.txt', OWN);
	await expect(lab.corpus).toHaveValue(OWN);
	await expect(page).not.toHaveURL(/corpus=letters/);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(lab.corpus).toHaveValue('aaabdaaabac');
	await expect(page).toHaveURL(/corpus=letters/);

	await lab.drop('large.txt', LARGE);
	await expect(page.getByText('The corpus is large.txt.')).toBeVisible();
	await lab.drop('small.txt', OWN);
	await expect(lab.corpus).toHaveValue(OWN);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(lab.corpus).toHaveValue('');
	await expect(page.getByText('The corpus is large.txt.')).toBeVisible();
});

for (const [place, selector] of [
	['on the corpus', '[data-testid="corpus-input"]'],
	['next to it', 'header']
])
	test(`a large file that is dropped ${place} never replaces a later edit`, async ({ page }) => {
		const lab = new TrainPage(page);
		await lab.open();
		await page.evaluate(() => {
			const released = new Promise((resolve) => Object.assign(window, { release: resolve }));
			Blob.prototype.arrayBuffer = async function () {
				// Not the start of the file, which tells its format.
				if (this.size > 200_000) await released;
				return new Response(this).arrayBuffer();
			};
		});
		await lab.drop('large.txt', LARGE, selector);
		const reading = page.getByText('Reading large.txt …');
		await expect(reading).toBeAttached();
		await lab.corpus.fill(OWN);
		await page.evaluate(() => (window as unknown as { release(): void }).release());
		await expect(reading).toHaveCount(0);
		await expect(lab.corpus).toHaveValue(OWN);
		await lab.settle();
		await expect(lab.shown).toContainText(OWN.trim());
	});

test('says that the text is not in the link if the corpus leaves it no room', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open('?open=text');
	let seed = 1;
	const noise = (length: number) =>
		Array.from({ length }, () => ((seed = (seed * 48271) % 2147483647) % 36).toString(36)).join('');
	await lab.text.fill(noise(1_900));
	await expect(page).toHaveURL(/&s=/);
	await lab.corpus.fill(noise(26_500));
	await expect(
		page.getByText('Your text does not fit into the link. The address keeps everything else.')
	).toBeVisible();
	await expect(page).toHaveURL(/#v1\.t=[\w-]+$/);
	await lab.drop('large.txt', LARGE);
	await expect(page.getByText('The link holds neither the corpus nor your text.')).toBeVisible();
});

for (const corpus of [OWN, null])
	test(`a reload keeps a text that is too long for the link, next to ${corpus === null ? 'an example' : 'a corpus in the link'}`, async ({
		page
	}) => {
		const lab = new TrainPage(page);
		await lab.open('?open=text');
		if (corpus !== null) await lab.train(corpus, '262');
		const written = await lab.corpus.inputValue();
		const text = 'a long text '.repeat(300);
		await lab.text.fill(text);
		await expect(page.getByText('Your text does not fit into the link.')).toBeVisible();
		await lab.settle();
		const count = await lab.trainedCount.innerText();
		await page.reload();
		await expect(lab.text).toHaveValue(text);
		await expect(lab.corpus).toHaveValue(written);
		await expect(lab.trainedCount).toHaveText(count);
		// A text that fits takes its place, also after a reload.
		await lab.text.fill('a banana');
		await expect(page).toHaveURL(/&s=/);
		await page.reload();
		await expect(lab.text).toHaveValue('a banana');
	});

test('an export up to the shown merge, opened again, is what the page shows', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open();
	await lab.train(OWN, '262');
	await page.getByRole('button', { name: 'Back' }).click();
	await expect(lab.main).toHaveAttribute('data-step', '5');
	const ids = await lab.ids();
	await page.getByText('Up to merge 5').click();
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export' }).click();
	await page.getByRole('menuitem', { name: /tokenizer\.json/ }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe('bpe-gpt2-261.json');
	const { model } = JSON.parse(readFileSync(await file.path(), 'utf8')) as {
		model: { vocab: Record<string, number>; merges: unknown[] };
	};
	expect(model.merges).toHaveLength(5);
	expect(Object.keys(model.vocab)).toHaveLength(261);
	// The counts that are exported train the same merges again.
	const counts = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export' }).click();
	await page.getByRole('menuitem', { name: /Pre-token counts/ }).click();
	await lab.openFile('again.tsv', readFileSync(await (await counts).path(), 'utf8'));
	await page.getByTestId('train').click();
	await lab.settle();
	const text = page.getByText('Change your text');
	await text.click();
	await lab.text.fill(OWN);
	await page.getByRole('button', { name: 'Back' }).click();
	await lab.settle();
	const drawn = lab.card.locator('[data-token-id]');
	await expect(drawn).toHaveCount(ids.length);
	const again = await drawn.evaluateAll((tokens) =>
		tokens.map((token) => Number(token.getAttribute('data-token-id')))
	);
	expect(again).toEqual(ids);
});
