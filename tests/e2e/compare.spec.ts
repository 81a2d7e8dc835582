import { expect, test } from '@playwright/test';
import { idsOf, textOf } from '../support/oracle';
import { dropOn } from './dropped-files';
import { cardsOf, chooseItem, LabPage, openOptions, saveFile } from './lab-page';
import { expectDimmed, watchFigures } from './seen-frames';
import { holdableWorkers, slowWorkers } from './slow-workers';

/** The default tokenizers that have a reference. */
const DEFAULTS = ['cl100k_base', 'o200k_base', 'gemma3'];

test('counts what is typed, and a dropped file with its CR line ends, like the reference', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open();
	for (const name of ['emoji-zwj', 'contr-curly', 'nel', 'crlf']) {
		if (name === 'crlf') await dropOn(lab.text, { name: 'crlf.txt', content: textOf(name) });
		else await lab.paste(textOf(name));
		await lab.ready();
		for (const id of DEFAULTS) {
			await expect(lab.count(id), `${id}, ${name}`).toHaveText(String(idsOf(id, name).length));
			expect(await lab.drawnIds(id), `${id}, ${name}`).toEqual(idsOf(id, name));
		}
	}
	await expect(page.locator('#input-facts')).toContainText('has CR characters');
});

test('walks the differences, and links the bytes under the pointer across tokenizers', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open();
	await chooseItem(page, 'Examples', 'A bit of everything');
	await expect(
		page.getByText('15 differences in how 3 tokenizers split the text', { exact: true })
	).toBeVisible();
	await page.getByRole('button', { name: 'Next difference' }).click();
	await expect(page.getByText('Difference 1 of 15')).toBeVisible();
	for (const [key, at] of [
		['n', 2],
		['p', 1],
		['p', 15]
	] as const) {
		await page.keyboard.press(key);
		await expect(page.getByText(`Difference ${at} of 15`)).toBeVisible();
	}
	// Show only differences from one tokenizer, then go back to differences between any two.
	const base = lab.card('gemma3').getByRole('button', { name: /reference/i });
	await base.click();
	await expect(page.getByText('15 differences from gemma3', { exact: true })).toBeVisible();
	await expect(page).toHaveURL(/base=gemma3/);
	await base.click();
	await expect(
		page.getByText('15 differences in how 3 tokenizers split the text', { exact: true })
	).toBeVisible();

	await lab.card('cl100k_base').locator('[data-token-id="73700"]').hover();
	const linked = lab.card('gemma3').locator('[aria-selected="true"]');
	await expect(linked).toHaveText(/strawberry/);
});

test('adds, reorders and removes tokenizers, finds them by model, and takes a removal back', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open();
	await page.getByTestId('tokenizer-picker').click();
	await expect(page.getByRole('searchbox')).toBeFocused();
	await page.keyboard.type('deepseek r1');
	await page.keyboard.press('Enter');
	await expect(lab.card('deepseek-v3')).toHaveAttribute('data-status', 'ready');
	await page.getByRole('searchbox').fill('claude');
	await expect(page.getByRole('checkbox', { name: /Claude.*3/ }).first()).toBeDisabled();
	// The first Escape clears the search.
	for (let i = 0; i < 2; i++) await page.keyboard.press('Escape');
	await expect(page.getByTestId('tokenizer-picker')).toBeFocused();
	await expect(page).toHaveURL(/\?t=cl100k_base,o200k_base,gemma3,yours,deepseek-v3/);
	await expect(lab.card('deepseek-v3').getByRole('heading').getByRole('link')).toHaveAttribute(
		'href',
		/vocabulary\/?\?tokenizer=deepseek-v3$/
	);

	await page.getByRole('button', { name: 'Remove cl100k_base' }).click();
	await expect(page.getByRole('button', { name: 'Remove o200k_base' })).toBeFocused();
	await expect(page.getByText('Removed cl100k_base.')).toBeVisible();
	expect(await cardsOf(page)).toEqual(['o200k_base', 'gemma3', 'yours', 'deepseek-v3']);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(lab.card('cl100k_base')).toBeVisible();
	expect((await cardsOf(page))[0]).toBe('cl100k_base');
});

test('decodes ids of a list or a log in each tokenizer, and an example that replaces them can be undone', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open();
	const claim = page.getByRole('heading', { level: 1 });
	await lab.text.fill('mine');
	await page.getByText('Ids', { exact: true }).first().click();
	await lab.text.fill('[9906, 1917, 262144]');
	await lab.ready();
	await expect(lab.card('cl100k_base')).toContainText('262144 (position 3)');
	await expect(lab.count('cl100k_base')).toHaveText('2');
	await expect(lab.card('cl100k_base').locator('[data-token-id="9906"]')).toContainText('Hello');
	await expect(lab.count('gemma3')).toHaveText('3');
	await expect(page.getByText(/^The tokenizer trained here is hidden/)).toBeVisible();
	for (const id of DEFAULTS) {
		await lab.text.fill(JSON.stringify(idsOf(id, 'digits')));
		await expect(claim).toHaveText(`These ids fit ${id} only, of 3 tokenizers.`);
		await expect(lab.card(id)).toContainText('Fits: encoding this text again gives the same ids.');
	}
	// The ids spell “hell” and “o”, but the tokenizer encodes that text as “hello”.
	await lab.text.fill('[57195, 78, 1917, 11, 1917, 11]');
	await expect(lab.card('cl100k_base')).toContainText(
		'at position 1 (marked), the list has 57195, but encoding this text again gives 15339.'
	);
	await expect(lab.card('cl100k_base').locator('.marked')).toHaveText('hell');
	const log = 'token_id=9906 logprob=-0.13\ntoken_id=1917 logprob=-1.5';
	await lab.text.fill(log);
	await expect(lab.count('cl100k_base')).toHaveText('2');
	await expect(page.getByText('Used only the numbers labelled “token_id”.')).toBeVisible();

	await chooseItem(page, 'Examples', /^Turkish/);
	await expect(lab.text).toHaveValue(/^Evlerimizdekilerden/);
	const undo = page.getByRole('button', { name: 'Undo' });
	await undo.click();
	await expect(lab.text).toHaveValue(log);
	await page.getByText('Text', { exact: true }).first().click();
	await expect(lab.text).toHaveValue('mine');
	await chooseItem(page, 'Examples', /^Turkish/);
	await expect(undo).toBeVisible();
	// Undo disappears, because it would discard an edit to the example.
	await lab.text.press('End');
	await lab.text.pressSequentially('!');
	await expect(undo).toHaveCount(0);
});

test('figures are sorted, exported, and shared by a link', async ({ page, context, browser }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.clock.setFixedTime('2026-11-30');
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base,o200k_base,gemma3');
	await lab.text.fill('hello world');
	await lab.ready();
	const names = () => page.getByRole('rowheader').allInnerTexts();
	// Embedding models and retired models are hidden, and the cheapest models come first.
	expect((await names())[0]).toBe('GPT-5 nano cheapest chat model until 2026-12-11');
	const sort = page.getByRole('button', { name: '1,000 calls' });
	await sort.click();
	await sort.click();
	expect((await names())[0]).toMatch(/^GPT-5.5 /);

	const exported = async (item: string) => {
		const { text } = await saveFile(page, () => chooseItem(page, 'Export', item));
		return text.split('\r\n');
	};
	const copied = async (item: string, says: string) => {
		await chooseItem(page, 'Export', item);
		await expect(page.getByText(says)).toBeAttached();
		return page.evaluate(() => navigator.clipboard.readText());
	};
	const [header, first] = await exported('Figures as CSV');
	expect(header).toMatch(/^model,tokenizer,tokens,\$ per M,price,"1,000 calls",window,share,bytes/);
	expect(first).toMatch(/^GPT-5.5,o200k_base,2,5,0.00001,0.01,1050000,/);
	expect(await copied('Copy figures as Markdown', 'Copied the figures.')).toContain(
		'| Gemini 2.5 Flash-Lite | gemma3 | 2 | 0.1 | $0.000000200 | $0.000200 | 1,048,576 |'
	);
	expect((await exported('Tokens as CSV'))[1]).toBe('cl100k_base,0,15339,0,5,68656c6c6f,hello');
	expect(await copied('Copy ids of cl100k_base', 'Copied the ids of cl100k_base.')).toBe(
		'[15339, 1917]'
	);

	await openOptions(page);
	await page.getByLabel('Whitespace marks').uncheck();
	await page.getByLabel('Colour every token').check();
	await page.getByRole('radio', { name: 'Bytes' }).check({ force: true });
	await page.keyboard.press('Escape');
	await expect(page).toHaveURL(/view=bytes.*sort=-price-of-calls#v1/);
	const link = await copied('Copy link', 'Copied the link.');
	expect(link).toBe(page.url());
	const other = new LabPage(await (await browser.newContext()).newPage());
	await other.open(link);
	await expect(other.text).toHaveValue('hello world');
	await openOptions(other.page);
	await expect(other.page.getByLabel('Whitespace marks')).not.toBeChecked();
	await expect(other.page.getByLabel('Colour every token')).toBeChecked();
	await expect(other.page.getByRole('radio', { name: 'Bytes' })).toBeChecked();
	await other.page.context().close();
});

test('lists all models on request, on whatever day the page is read', async ({ page }) => {
	await page.clock.setFixedTime('2026-12-11');
	const lab = new LabPage(page);
	await lab.open('./?t=o200k_base,mistral-tekken');
	await lab.ready();
	const rows = page.getByRole('region', { name: 'Figures' }).locator('tbody tr');
	await expect(rows.first()).toContainText('GPT-4o mini cheapest chat model');
	await page.getByRole('button', { name: /^Show all \d+ models/ }).click();
	await expect(rows.filter({ hasText: 'Retired models' })).toHaveCount(1);
	await expect(page).toHaveURL(/models=1/);

	// On a phone, users can scroll to the last column while the names stay visible and the figures still fit.
	await page.setViewportSize({ width: 360, height: 740 });
	const region = page.getByRole('region', { name: 'Figures' });
	await region.evaluate((element) => (element.scrollLeft = element.scrollWidth));
	const [outer, name, last] = await Promise.all(
		[region, region.getByRole('rowheader').first(), region.getByRole('columnheader').last()].map(
			async (shown) => (await shown.boundingBox()) ?? { x: -9, width: 999 }
		)
	);
	expect(last.x + last.width).toBeLessThan(outer.x + outer.width + 1);
	expect(Math.abs(name.x - outer.x)).toBeLessThan(3);
	expect(name.width).toBeLessThan(outer.width / 2.5);
});

test('special tokens are text or parsed, and a limit or the window of a model truncates the text', async ({
	page
}) => {
	const lab = new LabPage(page);
	const special = page.getByTestId('special-tokens');
	const gemma = lab.card('gemma3');
	const choose = async (value: string) => {
		await openOptions(page);
		await special.selectOption(value);
	};
	await lab.open('./?t=gemma3,cl100k_base,o200k_base&for=o200k_base:GPT-4o');
	await lab.text.fill('<|endoftext|>');
	await expect(lab.count('cl100k_base')).toHaveText('7');
	await choose('parse');
	await expect(lab.count('cl100k_base')).toHaveText('1');
	await lab.text.fill('<bos>Hi');
	const hint = gemma.getByRole('button', { name: 'Text begins with BOS' });
	await hint.press('Enter');
	await expect(gemma.getByText('the model reads two')).toBeVisible();
	await hint.press('Escape');
	await expect(gemma.getByText('the model reads two')).toBeHidden();
	await choose('text');
	await expect(gemma.getByRole('button', { name: '“<bos>” is ordinary text' })).toBeVisible();

	await lab.text.fill('hello 👩 world');
	await lab.ready();
	const beyond = lab.card('cl100k_base').locator('.beyond');
	const budget = page.getByTestId('budget-tokens');
	await expect(beyond).toHaveCount(0);
	await openOptions(page);
	await budget.fill('2');
	// Tokens in js-tiktoken's cl100k_base: "hello", " " followed by the bytes f0 9f 91, the byte a9, and " world".
	await expect(lab.card('cl100k_base').getByTestId('budget')).toContainText(
		'The boundary splits “👩”: 3 of its 4 bytes fit.'
	);
	await expect(beyond).toHaveCount(2);
	await budget.fill('4');
	await expect(beyond).toHaveCount(0);
	await page.getByLabel('each model’s context window').check();
	await expect(lab.card('o200k_base').getByTestId('budget')).toContainText('128,000 tokens');
});

test('checks the whole text on request with a worker, which ends with the check or by Stop', async ({
	page
}) => {
	const workers = await holdableWorkers(page);
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base,gpt2');
	await lab.paste(`${textOf('en')}\n`.repeat(700));
	await lab.ready();
	const before = page.workers().length;
	const ended = () => expect.poll(() => page.workers().length).toBeLessThanOrEqual(before);
	const check = page.getByRole('button', { name: 'Check', exact: true });
	await workers.hold();
	await check.click();
	await expect.poll(() => page.workers().length).toBe(before + 1);
	await page.getByRole('button', { name: 'Stop' }).click();
	await ended();
	await workers.release();
	await check.click();
	const verdict = page.getByText('js-tiktoken gives the same ids as this page.');
	await expect(verdict).toBeVisible();
	await ended();
	await lab.text.fill('changed');
	await lab.ready();
	await expect(verdict).toHaveCount(0);
});

test('no figure of an earlier text or option is shown as one of the current input', async ({
	page
}) => {
	await slowWorkers(page, 100);
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base,gpt2&budget=1');
	await lab.text.fill('<|endoftext|> 👩');
	await lab.ready();
	const [count, tokens] = ['[data-token-count]', '[data-tokenizer] [role="listbox"]'];
	const others = ['ul[aria-label^="Tokens"] b', '.result [role="status"].tabular'];
	await watchFigures(
		page,
		count,
		tokens,
		'main tbody td:nth-child(3)',
		'[data-testid="budget"]',
		...others
	);
	await lab.text.fill(`Işıl ${textOf('emoji-zwj')} <|endoftext|>`);
	await lab.ready();
	await expectDimmed(page);
	await openOptions(page);
	await watchFigures(page, count);
	await page.getByTestId('special-tokens').selectOption('parse');
	await lab.ready();
	await expectDimmed(page);
});
