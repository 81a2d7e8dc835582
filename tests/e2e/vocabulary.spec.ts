import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { LabPage } from './lab-page';
import { holdableWorkers } from './slow-workers';
import { TrainPage } from './train-page';

async function open(page: Page, search = '') {
	await new LabPage(page).open(`./vocabulary/${search}`);
	const main = page.locator('main');
	await expect(main).toHaveAttribute('data-status', 'ready');
	const grid = page.getByRole('grid');
	return {
		main,
		grid,
		search: page.getByRole('searchbox', { name: 'Search tokens' }),
		status: main.getByRole('status').first(),
		token: page.locator('[data-described]'),
		/** Cells of a drawn row, in reading order. */
		row: (at: number) => grid.locator(`[aria-rowindex="${at + 2}"] [role="gridcell"]`),
		detail: (name: string) => page.locator(`[data-described] [data-detail="${name}"]`)
	};
}

test('shows the first tokens and all figures before any script runs', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto('./vocabulary/');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('200,000 tokens');
	await expect(page.getByRole('grid').getByText('single byte').first()).toBeVisible();
	await expect(page.getByRole('button', { name: /^Cyrillic/ })).toContainText('14,209');
	await context.close();
});

test('finds a token by text, by id and by bytes', async ({ page }) => {
	const { search, status, row } = await open(page, '?tokenizer=cl100k_base');
	// tiktoken.get_encoding("cl100k_base").encode_single_token(" strawberry")
	await search.fill('strawberry');
	await expect(status).toContainText('exact');
	await expect(row(0).nth(1)).toHaveText('·strawberry');
	await expect(row(0).first()).toHaveText('73700');
	await search.fill('73700');
	await expect(row(0).nth(1)).toHaveText('·strawberry');
	// U+2010 in tiktoken is [378, 238]: "e2 80" and "90".
	await search.fill('e2 80');
	await expect(row(0).first()).toHaveText('378');
	await search.fill('no such token');
	await expect(page.getByText('No token matches “no such token”.')).toBeVisible();
	await page.getByRole('button', { name: 'Clear the search' }).click();
	await expect(status).toHaveText('100,261 tokens');
});

test('says what is wrong with a search', async ({ page }) => {
	const { search } = await open(page, '?tokenizer=gpt2');
	await page.getByRole('combobox', { name: 'Search in' }).selectOption('id');
	await search.fill('berry');
	await expect(page.getByText('“berry” is not an id.')).toBeVisible();
	await page.getByRole('combobox', { name: 'Search in' }).selectOption('bytes');
	await expect(page.getByText('“berry” is not a list of bytes.')).toBeVisible();
});

test('a bar lists the tokens of its script or kind', async ({ page }) => {
	const { status } = await open(page, '?tokenizer=gpt2');
	const bar = page.getByRole('button', { name: /^Greek/ });
	await bar.click();
	await expect(bar).toHaveAttribute('aria-pressed', 'true');
	await expect(status).toContainText('21 tokens');
	await expect(page.getByRole('combobox', { name: 'Writing system' })).toHaveValue('Greek');
	await bar.click();
	await page.getByRole('radiogroup', { name: 'By' }).getByText('Kind').click();
	await page.getByRole('button', { name: /^special/ }).click();
	await expect(status).toContainText('1 token');
});

test('finds the longest tokens, and those that no text encodes to', async ({ page }) => {
	const { status, row } = await open(page, '?tokenizer=gpt2');
	await page.getByRole('button', { name: 'Longest' }).click();
	// 66 hyphens; in bytes, 64 characters of two bytes are longer.
	await expect(row(0).nth(2)).toHaveText('66');
	await page.getByRole('combobox', { name: 'Order' }).selectOption('bytes');
	await expect(row(0).nth(2)).toHaveText('128');
	await page.getByRole('button', { name: 'Unreachable', exact: true }).click();
	// The bytes that UTF-8 does not use.
	await expect(status).toContainText('13 tokens');
	await expect(page.getByText('Land and Bartolo')).toBeVisible();
});

test('the check of reachability can be stopped', async ({ page }) => {
	const workers = await holdableWorkers(page);
	const { status } = await open(page, '?tokenizer=gpt2');
	await workers.hold();
	await page.getByRole('button', { name: 'Unreachable', exact: true }).click();
	await expect(status).toContainText('Encoding every token');
	await expect(page.getByRole('grid')).toHaveCount(0);
	await status.getByRole('button', { name: 'Stop' }).click();
	await expect(status).toHaveText('50,257 tokens');
	await workers.release();
	await expect(status).toHaveText('50,257 tokens');
	await expect(page.getByRole('combobox', { name: 'Kind' })).toHaveValue('');
});

test('a permalink describes a token in a fresh browser, with its neighbours', async ({ page }) => {
	const { token, detail, status } = await open(page, '?tokenizer=llama3&id=15717');
	await expect(token).toHaveAttribute('data-described', '15717');
	await expect(detail('bytes')).toHaveText('62 65 72 72 79');
	await expect(detail('rank')).toHaveText('42,164');
	await expect(status).toHaveText('128,256 tokens');
	await token.getByRole('button', { name: 'Next id' }).click();
	await expect(token).toHaveAttribute('data-described', '15718');
	await page.keyboard.press('ArrowLeft');
	await page.keyboard.press('ArrowLeft');
	await expect(token).toHaveAttribute('data-described', '15716');
	await expect(page).toHaveURL(/tokenizer=llama3&id=15716$/);
	await token.getByRole('button', { name: 'Check all tokens' }).click();
	await expect(detail('reach')).toHaveText('yes, its own text does');
});

test('the list stays where it is when a check ends that it does not need', async ({ page }) => {
	const { detail, row } = await open(page, '?tokenizer=gpt2&id=500');
	const list = page.getByRole('region', { name: 'Tokens of gpt2' });
	await list.evaluate((element) => element.scrollTo(0, 300_000));
	await expect(row(500)).toHaveCount(0);
	const scrolled = await list.evaluate((element) => element.scrollTop);
	await page.getByRole('button', { name: 'Check all tokens' }).click();
	await expect(detail('reach')).toHaveText('yes, its own text does');
	expect(await list.evaluate((element) => element.scrollTop)).toBe(scrolled);
});

test('a script filter is named in a vocabulary without that script', async ({ page }) => {
	const { status } = await open(page, '?tokenizer=llama3&script=Thai');
	const script = page.getByRole('combobox', { name: 'Writing system' });
	await expect(script).toHaveValue('Thai');
	await page.getByTestId('tokenizer').selectOption('gpt2');
	await expect(status).toContainText('0 tokens');
	await expect(script.locator('option:checked')).toHaveText('Thai (0)');
});

test('shows the chat template with links to its special tokens', async ({ page }) => {
	const { main, token } = await open(page, '?tokenizer=qwen3');
	await main.getByText('Chat template', { exact: true }).click();
	const text = main.getByRole('region', { name: 'Chat template' });
	await expect(text).toContainText("{{- '<|im_start|>system");
	await expect(page).toHaveURL(/template=1/);
	await main.getByRole('link', { name: '151645 <|im_end|>' }).click();
	await expect(token).toHaveAttribute('data-described', '151645');
	await text.getByRole('link', { name: '<|im_start|>' }).first().click();
	await expect(token).toHaveAttribute('data-described', '151644');
	await expect(text).toBeVisible();
	await page.getByRole('combobox', { name: 'Tokenizer', exact: true }).selectOption('llama4');
	await expect(main.getByText('It describes the format in prompt_format.md')).toBeVisible();
});

test('says plainly that a link names no token, or a tokenizer that is not here', async ({
	page
}) => {
	const { token } = await open(page, '?tokenizer=gpt2&id=60000');
	await expect(token).toContainText('gpt2 has no id 60000. Its largest is 50,256.');
	await page.goto('./vocabulary/?tokenizer=own-12345678&id=300');
	await expect(page.getByRole('alert')).toContainText(
		'“own-12345678”, which is neither in the catalogue nor saved in this browser.'
	);
	await expect(page.locator('[data-described]')).toHaveCount(0);
});

test('works with the keyboard alone', async ({ page }) => {
	const { grid, search, token } = await open(page, '?tokenizer=gpt2');
	await search.focus();
	await page.keyboard.type('berry');
	await page.keyboard.press('Enter');
	await expect(grid).toBeFocused();
	const first = await token.getAttribute('data-described');
	await page.keyboard.press('ArrowDown');
	await expect(token).not.toHaveAttribute('data-described', first ?? '');
	await page.keyboard.press('Home');
	await expect(token).toHaveAttribute('data-described', first ?? '');
	await expect(grid.locator('[aria-selected="true"]')).toHaveCount(1);
	await page.keyboard.press('End');
	await expect(grid.locator('[aria-selected="true"]')).toBeInViewport();
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog')).toContainText('Describe the previous or next token');
});

test('the end of 262,145 ids is one key away', async ({ page }) => {
	const { grid, token } = await open(page, '?tokenizer=gemma3');
	await grid.focus();
	await page.keyboard.press('End');
	await expect(token).toHaveAttribute('data-described', '262144');
	await expect(grid.locator('[aria-selected="true"]')).toBeInViewport();
	expect(await grid.locator('[role="row"]').count()).toBeLessThan(60);
});

test('says that the vocabulary could not be loaded, and tries again', async ({ page }) => {
	await page.route(/gpt2[.].*\.bin$/, (route) => route.abort());
	await new LabPage(page).open('./vocabulary/?tokenizer=gpt2');
	await expect(page.locator('main')).toHaveAttribute('data-status', 'error');
	await page.unroute(/gpt2[.].*\.bin$/);
	await page.getByRole('button', { name: 'Try again' }).click();
	await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
});

test('a tokenizer’s name and a token’s details lead here', async ({ page }) => {
	await new LabPage(page).open('./?t=cl100k_base,yours');
	const card = page.locator('[data-tokenizer="cl100k_base"]');
	await expect(card).toHaveAttribute('data-status', 'ready');
	await expect(card.getByRole('heading').getByRole('link')).toHaveAttribute(
		'href',
		/vocabulary\/?\?tokenizer=cl100k_base$/
	);
	await expect(
		page.locator('[data-tokenizer="yours"]').getByRole('heading').getByRole('link')
	).toHaveCount(0);
	const drawn = card.locator('[data-token-id]').nth(3);
	const id = (await drawn.getAttribute('data-token-id')) ?? '';
	await drawn.click();
	await page.getByRole('link', { name: 'Find in vocabulary' }).click();
	await expect(page.locator('[data-described]')).toHaveAttribute('data-described', id);
	await expect(page.getByRole('combobox', { name: 'Tokenizer' })).toHaveValue('cl100k_base');
});

test('the listed tokens are exported as CSV', async ({ page }) => {
	const { search, status } = await open(page, '?tokenizer=cl100k_base');
	await search.fill(' strawberry');
	await expect(status).toContainText('1 exact');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export as CSV' }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe('cl100k_base-tokens.csv');
	const [header, first] = readFileSync(await file.path(), 'utf8').split('\r\n');
	expect(header).toBe('id,bytes,text,kind,script');
	// tiktoken.get_encoding("cl100k_base").encode_single_token(" strawberry")
	expect(first).toBe('73700,2073747261776265727279," strawberry",ordinary,Latin');
});

test('a saved tokenizer is looked through like the others', async ({ page }) => {
	const train = new TrainPage(page);
	await train.open();
	await train.train('aaabdaaabac', '259');
	await page.getByLabel('Save the tokenizer as').fill('letters');
	await page.getByRole('button', { name: 'Save in this browser' }).click();
	await expect(page.getByText('Saved as “letters”')).toBeVisible();
	await page.getByRole('link', { name: 'Vocabulary', exact: true }).click();
	await page.getByRole('combobox', { name: 'Tokenizer', exact: true }).selectOption('letters');
	// Every byte and three merges: the example of Gage's paper and Wikipedia's article.
	await expect(page.getByRole('heading', { level: 1 })).toContainText('letters has 259 tokens');
	await expect(page).toHaveURL(/tokenizer=own-/);
	await page.getByRole('searchbox', { name: 'Search tokens' }).fill('aaab');
	await expect(page.locator('main').getByRole('status').first()).toContainText('1 exact');
	await page.reload();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('letters has 259 tokens');
	await page.getByText('How it works').click();
	await expect(page.getByText('trained here')).toBeVisible();
});

test('the picture is saved as SVG with every group', async ({ page }) => {
	await open(page, '?tokenizer=gpt2');
	await page.getByRole('button', { name: 'Picture' }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: 'Picture as SVG' }).click();
	const svg = readFileSync(await (await download).path(), 'utf8');
	expect(svg).toContain('gpt2: tokens by script');
	for (const name of ['Latin', 'Katakana', 'Greek']) expect(svg).toContain(`>${name}<`);
});
