import { expect, test, type Page } from './shared';
import { mkdirSync, writeFileSync } from 'node:fs';
import { convertToGguf } from '../support/tokenizer-files';
import { parseTokenizerJson, toByteLevel } from '../../src/lib/engine';
import { sized } from '../support/size';
import { byteLevelJson, chosenFile, drop, dropPaths, tokenizerJson } from './dropped-files';
import { LabPage, savedCard, announcement } from './lab-page';
import { holdLargeFiles } from './slow-workers';
import { StrawberryPage } from './strawberry-page';

const chosen = (page: Page, side: 'a' | 'b') =>
	page.getByTestId(`tokenizer-${side}`).locator('option:checked');
const verdict = (page: Page) => page.getByTestId('verdict');

test('ranks without a pattern are opened with one that the user chooses', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2');
	await lab.text.fill('abc');
	const ranks = Array.from({ length: 256 }, (_, byte) => [Buffer.of(byte), byte] as const);
	const lines = [...ranks, [Buffer.from('ab'), 256] as const].map(
		([bytes, id]) => `${bytes.toString('base64')} ${id}`
	);
	await drop(page, { name: 'mine.tiktoken', content: `${lines.join('\n')}\n` });
	await expect(announcement(page).getByRole('alert')).toContainText('choose a pattern');
	await announcement(page).getByRole('button', { name: 'Split as cl100k' }).click();
	await expect(announcement(page)).toContainText('mine is a tokenizer with 257 ids');
	const card = savedCard(page);
	await expect(card).toHaveAttribute('data-status', 'ready');
	expect(await lab.drawnIds((await card.getAttribute('data-tokenizer')) ?? '')).toEqual([256, 99]);
	await announcement(page).getByRole('button', { name: 'Undo' }).click();
	await expect(card).toHaveCount(0);
	await expect(lab.text).toHaveValue('abc');
});

test('a tokenizer that is dropped on a page is shown there, and Undo brings the page back', async ({
	page
}) => {
	const lab = new LabPage(page);
	// Other tests drop files on Compare and Diff.
	for (const path of ['strawberry', 'inflation', 'vocabulary', 'train']) {
		await lab.open(path);
		const before = await page.getByRole('main').locator('select').first().inputValue();
		// Use a different name on each page, because the test may leave a page before Undo has deleted its tokenizer.
		const name = `of-${path}`;
		await drop(page, { name: `${name}.json`, content: tokenizerJson() });
		await expect(announcement(page)).toContainText(`${name} is a tokenizer with 5 ids`);
		await expect(page).toHaveURL(new RegExp(`/${path}`));
		await expect
			.poll(() =>
				page.evaluate((name) => {
					const chosen = [...document.querySelectorAll('select')].map(
						(select) => select.selectedOptions[0]?.text
					);
					return chosen.includes(name) || document.body.innerText.includes(`${name}\n`);
				}, name)
			)
			.toBe(true);
		if (path === 'strawberry') {
			const strawberry = new StrawberryPage(page);
			await strawberry.word.fill('abcab');
			const card = savedCard(page);
			const id = (await card.getAttribute('data-tokenizer')) ?? '';
			await expect.poll(() => strawberry.ids(id, 'alone')).toEqual([4, 3]);
		}
		await announcement(page).getByRole('button', { name: 'Undo' }).click();
		await expect(page.locator('option', { hasText: name })).toHaveCount(0);
		await expect(page.getByRole('main').locator('select').first()).toHaveValue(before);
	}
});

test('the header opens a tokenizer by keyboard where no page takes it', async ({ page }) => {
	const lab = new LabPage(page);
	// Listen from the start, because a listener added later may be registered only after the key press is handled.
	page.on('filechooser', () => undefined);
	for (const path of sized(['about'], ['drift', 'drift/lineages', 'about'])) {
		await lab.open(path);
		const header = page.getByRole('banner');
		await header.getByRole('button', { name: 'Open or save' }).press('Enter');
		await expect(header.getByRole('menuitem').first()).toBeFocused();
		const choosing = page.waitForEvent('filechooser');
		await page.keyboard.press('Enter');
		const name = path.replace('drift/', '');
		await (await choosing).setFiles([chosenFile(`${name}.json`, tokenizerJson())]);
		await expect(announcement(page)).toContainText(`${name} is a tokenizer with 5 ids`);
	}
});

test('a GGUF file and a tokenizer.json show whether the conversion was right', async ({ page }) => {
	// GPT-2's pattern allows four digits in a pre-token; Llama 3's allows at most three.
	const bytes = Array.from({ length: 256 }, (_, byte) => toByteLevel(Uint8Array.of(byte)));
	const vocabulary = [...bytes, '12', '123', '1234'].map((token, id) => [token, id] as const);
	const json = byteLevelJson(Object.fromEntries(vocabulary), ['1 2', '12 3', '123 4']);
	await new LabPage(page).open('drift/diff?a=lab-a&b=lab-b');
	await page
		.locator('main')
		.getByLabel('Tokenizer files')
		.setInputFiles([
			// The GGUF file becomes B, regardless of the order in which the files are opened.
			chosenFile('wrong.gguf', convertToGguf(parseTokenizerJson(JSON.parse(json)), 'llama-bpe')),
			chosenFile('original.json', json)
		]);
	const question = page.getByText('B is the GGUF file as llama.cpp reads it.');
	await expect(question).toBeVisible();
	await expect(chosen(page, 'a')).toHaveText('original');
	await expect(chosen(page, 'b')).toHaveText('wrong');
	await expect(verdict(page)).toHaveAttribute('data-verdict', 'silent');
	await page.reload();
	await expect(question).toBeVisible();
});

/** Writes a model folder. @param path relative to the test's output folder */
function writeModel(path: string, json: string): string {
	const folder = test.info().outputPath(path);
	mkdirSync(folder, { recursive: true });
	writeFileSync(`${folder}/tokenizer.json`, json);
	writeFileSync(`${folder}/tokenizer_config.json`, '{"chat_template":"x"}');
	writeFileSync(`${folder}/model.safetensors`, '12345678{"a":1}');
	return folder;
}

test('a folder is one tokenizer with its settings, chosen, dropped, or inside of another', async ({
	page
}) => {
	const folder = writeModel('download/models/my-model', tokenizerJson());
	const field = page.locator('main').getByLabel('Folder with a tokenizer');
	for (const open of [
		async () => {
			await page.getByTestId('tokenizer-picker').click();
			await field.setInputFiles(folder);
		},
		() => dropPaths(page, folder),
		() => dropPaths(page, test.info().outputPath('download'))
	]) {
		await new LabPage(page).open('./?t=gpt2');
		await open();
		await expect(announcement(page)).toContainText(/my-model( \d)? is a tokenizer with 5 ids/);
		await announcement(page).getByRole('button', { name: 'What was read' }).click();
		await expect(page.getByRole('dialog', { name: 'What was read' })).toContainText(
			'tokenizer.json (tokenizer.json, tokenizer_config.json)'
		);
	}
});

test('a dropped folder with two models, and a folder with a file are compared', async ({
	page
}) => {
	writeModel('models/v9', tokenizerJson());
	const after = writeModel('models/v10', tokenizerJson(3, 4));
	const single = test.info().outputPath('v9.json');
	writeFileSync(single, tokenizerJson());
	for (const paths of [[test.info().outputPath('models')], [after, single]]) {
		await new LabPage(page).open('./?t=gpt2');
		await dropPaths(page, ...paths);
		await expect(announcement(page)).toContainText(
			/v9.* and v10.* are tokenizers\. Diff compares them\./
		);
		await expect(chosen(page, 'a')).toContainText('v9');
		await expect(chosen(page, 'b')).toContainText('v10');
		await expect(verdict(page)).toHaveAttribute('data-verdict', 'silent');
	}
});

test('two files that are dropped on Diff are compared in all they hold, unless one cannot be read', async ({
	page
}) => {
	await new LabPage(page).open('drift/diff?a=lab-a&b=lab-b');
	const a = { name: 'a.json', content: tokenizerJson() };
	await drop(page, a, { name: 'b.json', content: tokenizerJson().slice(0, -9) });
	await expect(page.locator('main').getByRole('alert')).toContainText('b.json: not JSON at line');
	await expect(chosen(page, 'a')).toHaveText('lab A');
	await expect(chosen(page, 'b')).toHaveText('lab B');

	await drop(page, a, { name: 'spaced.json', content: `${tokenizerJson()}\n` });
	await expect(verdict(page)).toHaveAttribute('data-verdict', 'formatting-only');

	const link = page.url();
	const refused = tokenizerJson().replace('"version":"1.0"', '"version":"2.0"');
	await drop(page, a, { name: 'refused.json', content: refused });
	await expect(chosen(page, 'b')).toHaveText('refused');
	await expect(verdict(page)).toHaveAttribute('data-verdict', 'crash');
	// The URL must change, so that opening it later shows the rejected file.
	await expect(page).not.toHaveURL(link);
	await page.reload();
	await expect(chosen(page, 'b')).toHaveText('refused');
	await expect(verdict(page)).toHaveAttribute('data-verdict', 'crash');
});

test('Stop and another file end the reading of a large one', async ({ page }) => {
	const reading = await holdLargeFiles(page, 1e6);
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2');
	await lab.text.fill('my text');
	const large = test.info().outputPath('large.json');
	writeFileSync(large, tokenizerJson() + ' '.repeat(1e6));
	await dropPaths(page, large);
	const worker = await reading();
	await expect(announcement(page).getByRole('status')).toContainText('Opening large.json…');
	await announcement(page).getByRole('button', { name: 'Stop' }).click();
	await expect(announcement(page).getByRole('button')).toHaveCount(0);
	await expect.poll(() => page.workers().includes(worker)).toBe(false);

	await dropPaths(page, large);
	const next = await reading();
	await drop(page, { name: 'next.json', content: tokenizerJson() });
	await expect(announcement(page)).toContainText('next is a tokenizer with 5 ids');
	await expect(page.locator('[data-tokenizer]')).toHaveCount(2);
	await expect(lab.text).toHaveValue('my text');
	await expect(lab.count('gpt2')).toHaveText('2');
	await expect.poll(() => page.workers().includes(next)).toBe(false);
});
