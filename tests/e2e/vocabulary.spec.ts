import { expect, test, type Page } from './shared';
import { chooseItem, LabPage, saveFile } from './lab-page';

async function open(page: Page, search: string) {
	await new LabPage(page).open(`./vocabulary/${search}`);
	const main = page.locator('main');
	await expect(main).toHaveAttribute('data-status', 'ready');
	const grid = page.getByRole('grid');
	return {
		main,
		grid,
		search: page.getByRole('searchbox', { name: 'Search tokens' }),
		status: main.getByTestId('found'),
		token: page.locator('[data-described]'),
		/** Cells of a drawn row, from left to right. */
		row: (at: number) => grid.locator(`[aria-rowindex="${at + 2}"] [role="gridcell"]`),
		detail: (name: string) => page.locator(`[data-described] [data-detail="${name}"]`)
	};
}

test('finds a token by text, exports it, and says that nothing matches', async ({ page }) => {
	const { search, status, row } = await open(page, '?tokenizer=cl100k_base');
	// Case matters only with "Match case". Both spellings are tokens in tiktoken: "Berry" is 93119.
	await search.fill('berry');
	await expect(status).toContainText('10 tokens');
	await page.getByTestId('options').click();
	await page.getByRole('checkbox', { name: 'Match case' }).check();
	await expect(status).toContainText('7 tokens');
	// tiktoken.get_encoding("cl100k_base").encode_single_token(" strawberry")
	await search.fill(' strawberry');
	await expect(status).toContainText('1 exact');
	await expect(row(0).first()).toHaveText('73700');
	const { name, text } = await saveFile(page, () =>
		chooseItem(page, 'Export', 'Listed tokens as CSV')
	);
	expect(name).toBe('cl100k_base-tokens.csv');
	expect(text.split('\r\n').slice(0, 2)).toEqual([
		'id,bytes,text,kind,script',
		'73700,2073747261776265727279," strawberry",ordinary,Latin'
	]);
	await search.fill('no such token');
	await expect(page.getByText('No token matches “no such token”.')).toBeVisible();
	await page.getByRole('button', { name: 'Back to the overview' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('a list of 100,261');
	await page.getByRole('button', { name: 'List all tokens', exact: true }).click();
	await expect(status).toContainText('100,261 tokens');
});

test('lists tokens worth seeing, all of a script or kind, the longest, and those that no text encodes to', async ({
	page
}) => {
	const { main, status, row } = await open(page, '');
	// The overview of the first tokenizer is prerendered. For other vocabularies, unreachable tokens are found by checking
	// all tokens.
	const unreachable = main.getByRole('region', { name: 'Tokens that never occur' });
	// Bytes that never occur in UTF-8.
	await expect(unreachable.getByRole('listitem')).toHaveCount(10);
	await page.getByTestId('tokenizer').selectOption('gpt2');
	await expect(unreachable.getByRole('button', { name: 'List all 13' })).toBeVisible();
	await unreachable.getByRole('button', { name: 'List all 13' }).click();
	await expect(status).toContainText('13 tokens');
	await expect(page.getByText('Land and Bartolo')).toBeVisible();
	await page.getByRole('button', { name: 'Back to the overview' }).click();

	await page.getByTestId('options').click();
	await page.getByRole('combobox', { name: 'Order' }).selectOption('characters');
	// The longest token in characters consists of 66 hyphens. The longest in bytes has 64 characters of two bytes each.
	await expect(row(0).nth(2)).toHaveText('66');
	await page.getByRole('combobox', { name: 'Kind' }).selectOption('special');
	await expect(status).toContainText('1 token');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Back to the overview' }).click();

	await main.getByRole('button', { name: /^Greek/ }).click();
	await expect(status).toContainText('21 tokens');

	// The script filter's name stays visible even if the vocabulary has no tokens in that script.
	await open(page, '?tokenizer=llama3&script=Thai');
	await page.getByTestId('tokenizer').selectOption('gpt2');
	await expect(status).toContainText('0 tokens');
	await expect(page.getByText('in Thai script')).toBeVisible();
});

test('a permalink describes a token, whose neighbours keys and the chat template reach, too', async ({
	page
}) => {
	const { main, token, detail, row, grid, search } = await open(
		page,
		'?tokenizer=llama3&id=15717&all=1'
	);
	await expect(token).toHaveAttribute('data-described', '15717');
	await expect(detail('bytes')).toHaveText('62 65 72 72 79');
	await expect(detail('rank')).toHaveText('42,164');
	await grid.focus();
	await page.keyboard.press('ArrowDown');
	await expect(token).toHaveAttribute('data-described', '15718');
	for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowUp');
	await expect(token).toHaveAttribute('data-described', '15716');
	await expect(page).toHaveURL(/tokenizer=llama3&id=15716&all=1$/);

	// When a check ends without affecting the list, the list keeps its scroll position.
	const list = page.getByRole('region', { name: 'Tokens of llama3' });
	await list.evaluate((element) => element.scrollTo(0, 0));
	await expect(row(0)).not.toHaveCount(0);
	await token.getByRole('button', { name: 'Check all tokens' }).click();
	await expect(detail('reach')).toHaveText('yes: its own text encodes to it');
	expect(await list.evaluate((element) => element.scrollTop)).toBe(0);

	// Reach the end of 128,256 ids with the keyboard alone.
	await search.focus();
	await page.keyboard.type('berry');
	await page.keyboard.press('Enter');
	await expect(grid).toBeFocused();
	const first = (await token.getAttribute('data-described')) ?? '';
	await page.keyboard.press('ArrowDown');
	await expect(token).not.toHaveAttribute('data-described', first);
	await page.keyboard.press('Home');
	await expect(token).toHaveAttribute('data-described', first);
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog')).toContainText('Previous, next token');
	await page.keyboard.press('Escape');
	await search.fill('');
	await grid.focus();
	await page.keyboard.press('End');
	await expect(token).toHaveAttribute('data-described', '128255');
	await expect(grid.locator('[aria-selected="true"]')).toBeInViewport();
	expect(await grid.getByRole('row').count()).toBeLessThan(60);

	await main.getByText('Chat template', { exact: true }).click();
	const text = main.getByRole('region', { name: 'Chat template' });
	await expect(text).toContainText('<|start_header_id|>');
	await main.getByRole('link', { name: '128009 <|eot_id|>' }).click();
	await expect(token).toHaveAttribute('data-described', '128009');
	await text.getByRole('link', { name: '<|start_header_id|>' }).first().click();
	await expect(token).toHaveAttribute('data-described', '128006');
	await expect(text).toBeVisible();
});
