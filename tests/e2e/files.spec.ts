import { expect, test, type Page } from './shared';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sized } from '../support/size';
import { drop, dropPaths, tokenizerJson } from './dropped-files';
import {
	cardsOf,
	chooseItem,
	LabPage,
	openOptions,
	savedCard,
	announcement,
	saveFile
} from './lab-page';

/** Waits until the page's URL no longer changes, then returns the URL. */
async function addressOf(page: Page): Promise<string> {
	const read = () => page.url().replace(/\/(?=[?#]|$)/, '');
	let address = '';
	await expect
		.poll(
			() => {
				const before = address;
				address = read();
				return before === address;
			},
			{ intervals: [700] }
		)
		.toBe(true);
	return address;
}

/** Token count that Compare shows for the entire text, even if the field shows only part of the text. */
const countOf = (lab: LabPage) => lab.count('cl100k_base').textContent();

test('a text dropped anywhere is opened, and Undo brings the page back', async ({ page }) => {
	const lab = new LabPage(page);
	const others = ['strawberry?t=gpt2,llama2', 'inflation?t=gpt2&lang=fin'];
	// Written the way pages write their URLs, because the test compares URLs before the drop and after Undo.
	const addresses = ['./?t=gpt2,llama3&special=parse', 'train?corpus=english&size=300', 'drift'];
	for (const path of [...addresses, ...sized([], [...others, 'drift/diff?a=gpt2&b=llama3'])]) {
		await lab.open(path);
		const before = await addressOf(page);
		await drop(page, { name: 'notes.md', content: 'Dropped text, 42 letters or so.\r\n' });
		await expect(announcement(page)).toContainText('Opened notes.md as text');
		const isShown = () =>
			page.evaluate(() => {
				const values = [...document.querySelectorAll('textarea')].map(({ value }) => value);
				return [document.querySelector('main')?.innerText ?? '', ...values].some((text) =>
					text.includes('Dropped text, 42')
				);
			});
		await expect.poll(isShown, path).toBe(true);
		await announcement(page).getByRole('button', { name: 'Undo' }).click();
		await expect.poll(isShown, path).toBe(false);
		await expect.poll(() => addressOf(page)).toBe(before);
	}
});

test('a tokenizer.json opens under any name, in Diff or as text if one wants that', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('abc before');
	await drop(page, { name: 'mine.txt', content: tokenizerJson() });
	await expect(announcement(page)).toContainText('is a tokenizer with 5 ids');
	await lab.ready();
	// The tokenizer has tokens for only a, b and c.
	await expect(savedCard(page).getByTestId('dropped')).toContainText('drops 6 of 10 bytes (60%)');
	await announcement(page).getByRole('button', { name: 'Show the differences' }).click();
	await expect(page).toHaveURL(/drift\/diff\/?\?a=cl100k_base&b=own-/);
	await expect(page.getByTestId('tokenizer-b').locator('option:checked')).toHaveText('mine.txt');
	await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', /crash|silent/);
	await lab.open();
	await lab.text.fill('abc before');
	await drop(page, { name: 'again.txt', content: tokenizerJson() });
	await announcement(page).getByRole('button', { name: 'Open it as text' }).click();
	await expect(announcement(page)).toContainText('Opened again.txt as text');
	await expect(lab.text).toHaveValue(tokenizerJson());
	await lab.ready();
	await page.getByTestId('tokenizer-picker').click();
	await expect(page.getByRole('checkbox', { name: /again/ })).toHaveCount(0);
});

test('counts in shards and a table of counts become the corpus on Train', async ({ page }) => {
	const folder = test.info().outputPath('my-counts');
	mkdirSync(folder, { recursive: true });
	const packed = gzipSync('"ab"\t5\n"abc"\t3\n"b"\t1\n');
	const name = 'counts-00000.tsv.gz';
	const sha256 = createHash('sha256').update(packed).digest('hex');
	const manifest = {
		format: 'bpe-lab-counts',
		version: 1,
		pattern: 'o200k',
		feed: 'lines',
		records: 9,
		bytes: 20,
		pretokens: 9,
		shards: [{ name, lines: 3, total: 9, sha256 }]
	};
	writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
	const lab = new LabPage(page);
	await lab.open('strawberry');
	await dropPaths(page, folder);
	await expect(announcement(page).getByRole('alert')).toContainText('counts-00000.tsv.gz');
	await expect(page).toHaveURL(/\/strawberry/);
	writeFileSync(join(folder, name), packed);
	await dropPaths(page, folder);
	await expect(announcement(page)).toContainText(
		'my-counts contains the pre-token counts of a corpus'
	);
	await expect(page).toHaveURL(/\/train.*o200k/);
	await page.getByTestId('train').click();
	await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
	await expect(page.locator('main')).toContainText('merge 2');
	await announcement(page).getByRole('button', { name: 'Undo' }).click();
	await expect(page).toHaveURL(/\/strawberry/);

	// A single table is recognised by its content, regardless of its name.
	await drop(page, { name: 'table.txt', content: '"ab"\t5\n"abc"\t3\n"b"\t1\n' });
	await expect(announcement(page)).toContainText(
		'table.txt contains the pre-token counts of a corpus'
	);
	await expect(page).toHaveURL(/\/train/);
	await expect(page.locator('main')).toContainText('table.txt');
});

test('what cannot be opened is said, and the text stays', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('my text');
	for (const [name, content, says] of [
		['latin1.txt', [0x63, 0xe9, 0x0a], /latin1\.txt is not UTF-8: byte 1/],
		['cut.bpelab.json', '{"format":"bpe-lab session","version":1,"page":"train"}', /damaged/],
		['model.gguf', 'GGUF\u0003', /^model\.gguf: /]
	] as const) {
		await drop(page, { name, content });
		await expect(announcement(page).getByRole('alert')).toHaveText(says);
	}
	const empty = test.info().outputPath('empty');
	mkdirSync(empty);
	await dropPaths(page, empty);
	await expect(announcement(page).getByRole('alert')).toHaveText(
		/^empty: got no files, expected a folder with a tokenizer$/
	);
	await expect(lab.text).toHaveValue('my text');
	expect(await cardsOf(page)).toHaveLength(4);
	await lab.open('inflation');
	await drop(page, { name: 'fine.txt', content: 'ev' }, { name: 'other.txt', content: 'x' });
	await expect(announcement(page)).toContainText(
		'Opened fine.txt as text on Compare, the first of 2 files'
	);
	await expect(lab.text).toHaveValue('ev');
});

/** Text that doesn't fit in a link, because it barely compresses. */
const LONG = Array.from({ length: 8000 }, (_, i) => Math.imul(i, 2654435761).toString(36)).join(
	'\r\n'
);

test('a session file restores page, text, settings and saved tokenizers in another browser', async ({
	page,
	browser
}) => {
	const lab = new LabPage(page);
	await lab.open();
	await drop(page, { name: 'mine.json', content: tokenizerJson() });
	const own = savedCard(page);
	const id = (await own.getAttribute('data-tokenizer')) ?? '';
	await lab.open(`./?t=${id},cl100k_base&special=parse&view=ids`);
	await drop(page, { name: 'long.txt', content: `abcab ${LONG}<|endoftext|>` });
	await expect(announcement(page)).toContainText('Opened long.txt');
	await lab.ready();
	const counts = [await lab.count(id).textContent(), await countOf(lab)];
	await expect(page.getByText('Your saved tokenizers are only in this browser')).toBeVisible();
	const { name, text: content } = await saveFile(page, () =>
		chooseItem(page, 'Open or save', 'Save this page as a file')
	);
	expect(name).toBe('compare.bpelab.json');

	const context = await browser.newContext();
	const fresh = new LabPage(await context.newPage());
	await fresh.open(new URL('train', page.url()).href);
	await drop(fresh.page, { name: 'renamed.json', content });
	await expect(announcement(fresh.page)).toContainText('Restored the page saved in renamed.json.');
	await expect.poll(() => fresh.count(id).textContent()).toBe(counts[0]);
	await expect.poll(() => countOf(fresh)).toBe(counts[1]);
	await openOptions(fresh.page);
	await expect(fresh.page.getByTestId('special-tokens')).toHaveValue('parse');
	await announcement(fresh.page).getByRole('button', { name: 'Undo' }).click();
	await expect(fresh.page).toHaveURL(/\/train/);
	await context.close();
});
