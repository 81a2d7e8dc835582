import { readFile } from 'node:fs/promises';
import { expect, type Download, type Page } from '@playwright/test';
import { encodeTextHash } from '../../src/lib/session/links/link-codec';
import { DiffPage } from './diff-page';
import { said, test } from './hub-page';
import { InflationPage } from './inflation-page';
import { LabPage } from './lab-page';
import {
	FORMATS,
	readTiktoken,
	readTokenizerJson,
	readVocabMerges,
	TEXTS,
	type Encode,
	type OpenedFormat,
	WORD
} from './own-formats';
import { StrawberryPage } from './strawberry-page';

/** Each format: opened, used on four pages, there after a reload, exported, and read by other programs with the same ids. */

const [TEXT] = TEXTS;

for (const opened of FORMATS)
	test(`${opened.format}: used on four pages, kept, and exported with the ids of its own program`, async ({
		page,
		hub
	}) => {
		const { encode, open } = opened;
		const lab = new LabPage(page);
		await lab.open();
		await lab.text.fill(TEXT);
		await open(page, hub);
		await expect(said(page)).toContainText('saved in this browser');
		const card = page.locator('[data-tokenizer^="own-"]');
		await expect(card).toHaveAttribute('data-status', 'ready');
		const id = (await card.getAttribute('data-tokenizer')) ?? '';
		expect(await lab.drawnIds(id)).toEqual(await encode(TEXT));
		await expect(lab.text).toHaveValue(TEXT);

		await said(page).getByRole('button', { name: 'What was read' }).click();
		const dialog = page.getByRole('dialog', { name: 'What was read' });
		await expect(dialog).toContainText(/gives the same ids for/);
		await dialog.getByRole('button', { name: 'Close' }).click();

		// The link names it, and the file is in this browser.
		await expect(page).toHaveURL(new RegExp(id));
		await page.reload();
		await expect(card).toHaveAttribute('data-status', 'ready');
		expect(await lab.drawnIds(id)).toEqual(await encode(TEXT));

		await checkStrawberry(page, id, opened);
		await checkInflation(page, id, opened);
		await checkDiff(page, id, opened);
		await checkExports(page, opened);
	});

async function checkStrawberry(page: Page, id: string, { encode }: OpenedFormat): Promise<void> {
	const strawberry = new StrawberryPage(page);
	await strawberry.open(`?t=${id}`);
	await expect(strawberry.card(id)).toHaveAttribute('data-status', 'ready');
	await expect(strawberry.word).toHaveValue(WORD);
	expect(await strawberry.ids(id, 'alone')).toEqual(await encode(WORD));
}

async function checkInflation(
	page: Page,
	id: string,
	{ countDeclaration }: OpenedFormat
): Promise<void> {
	const inflation = new InflationPage(page);
	await inflation.open(`?t=${id}`);
	const [turkish, english] = await Promise.all(['tur', 'eng'].map(countDeclaration));
	await expect(inflation.mark('tur', id)).toBeVisible();
	expect(await inflation.ratio('tur', id)).toBeCloseTo(turkish / english, 12);
}

async function checkDiff(page: Page, id: string, { encode }: OpenedFormat): Promise<void> {
	const diff = new DiffPage(page);
	const hash = await encodeTextHash({ kind: 'text', value: TEXT });
	await diff.open(`?a=llama2&b=${id}#${hash}`);
	await expect(diff.verdict).toHaveAttribute('data-verdict', /crash|silent/);
	const rows = page.locator('.row');
	// Llama 2 gives no token of it the same id, so that all are drawn.
	await expect(page.getByText('identical token')).toHaveCount(0);
	const ids = await rows
		.locator(':scope > :nth-child(2) [data-token-id]')
		.evaluateAll((tokens) => tokens.map((token) => Number(token.getAttribute('data-token-id'))));
	expect(ids).toEqual(await encode(TEXT));
}

async function checkExports(
	page: Page,
	{ encode, pattern, refusals = {} }: OpenedFormat
): Promise<void> {
	await page.getByRole('contentinfo').getByRole('button', { name: 'My tokenizers' }).click();
	const dialog = page.getByRole('dialog', { name: 'My tokenizers' });
	const read: Record<string, (files: readonly string[]) => Encode | Promise<Encode>> = {
		'tokenizer.json': ([json]) => readTokenizerJson(json),
		'.tiktoken': ([ranks]) => readTiktoken(ranks, pattern ?? ''),
		'vocab.json and merges.txt': ([vocab, merges]) => readVocabMerges(vocab, merges, pattern ?? '')
	};
	for (const [format, readFiles] of Object.entries(read)) {
		await dialog.getByRole('button', { name: 'Export' }).click();
		const downloads: Download[] = [];
		const note = (download: Download) => void downloads.push(download);
		page.on('download', note);
		await page.getByRole('menuitem', { name: format, exact: false }).first().click();
		if (format in refusals) {
			await expect(dialog.getByRole('alert')).toContainText(refusals[format]);
			await dialog.getByRole('button', { name: 'Dismiss' }).click();
			expect(downloads).toEqual([]);
			continue;
		}
		const anyway = dialog.getByRole('button', { name: 'Download anyway' });
		const count = format.includes(' and ') ? 2 : 1;
		await expect
			.poll(async () => downloads.length === count || (await anyway.isVisible()))
			.toBe(true);
		if (downloads.length === 0) await anyway.click();
		await expect.poll(() => downloads.length).toBe(count);
		page.off('download', note);
		const exported = await readFiles(
			await Promise.all(downloads.map(async (file) => readFile(await file.path(), 'utf8')))
		);
		for (const text of TEXTS)
			expect.soft(await exported(text), `${format}: ${text}`).toEqual(await encode(text));
	}
}
