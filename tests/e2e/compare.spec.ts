import { expect, test } from '@playwright/test';
import { dropOn } from './dropped-files';
import { cardsOf, chooseItem, LabPage, saveFile } from './lab-page';
import { DEFAULTS, idsOf, textOf } from './oracle-rows';
import { expectDimmed, watchFigures } from './seen-frames';
import { holdableWorkers, slowWorkers } from './slow-workers';

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
	await expect(page.locator('#input-facts')).toContainText('has CR line endings');
});

test('walks the differences, and links the bytes under the pointer across tokenizers', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open();
	await chooseItem(page, 'Examples', 'A bit of everything');
	await expect(page.getByText('15 differences', { exact: true })).toBeVisible();
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
	await lab.card('cl100k_base').locator('[data-token-id="73700"]').hover();
	const linked = lab.card('gemma3').locator('[aria-selected="true"]');
	await expect(linked).toHaveText(/strawberry/);

	// The drawn tokens cover the text byte by byte.
	const spans = await lab
		.card('o200k_base')
		.locator('[data-token-id]')
		.evaluateAll((all: HTMLElement[]) =>
			all.map(({ dataset }) => [Number(dataset.byteStart), Number(dataset.byteEnd)])
		);
	const ends = spans.map(([, end]) => end);
	expect(spans.map(([start]) => start)).toEqual([0, ...ends.slice(0, -1)]);
	expect(ends.at(-1)).toBe(158);
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
	// First Escape clears the search.
	for (let i = 0; i < 2; i++) await page.keyboard.press('Escape');
	await expect(page.getByTestId('tokenizer-picker')).toBeFocused();
	await expect(page).toHaveURL(/\?t=cl100k_base,o200k_base,gemma3,yours,deepseek-v3/);

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
	const fits = page.getByTestId('ids-fit');
	await lab.text.fill('mine');
	await page.getByText('Ids', { exact: true }).first().click();
	await lab.text.fill('[9906, 1917, 262144]');
	await lab.ready();
	await expect(lab.card('cl100k_base')).toContainText('262144 (position 3)');
	await expect(lab.count('cl100k_base')).toHaveText('2');
	await expect(lab.card('cl100k_base').locator('[data-token-id="9906"]')).toContainText('Hello');
	await expect(lab.count('gemma3')).toHaveText('3');
	await expect(page.getByText(/^The live tokenizer is hidden/)).toBeVisible();
	for (const id of DEFAULTS) {
		await lab.text.fill(JSON.stringify(idsOf(id, 'digits')));
		await expect(fits).toContainText(`These ids fit ${id} only, of 3`);
		await expect(lab.card(id)).toContainText('Fits: encoding this text again gives the same ids.');
	}
	const log = 'token_id=9906 logprob=-0.13\ntoken_id=1917 logprob=-1.5';
	await lab.text.fill(log);
	await expect(lab.count('cl100k_base')).toHaveText('2');
	await expect(page.getByText('Read the numbers labelled “token_id”.')).toBeVisible();

	await chooseItem(page, 'Examples', /^Turkish/);
	await expect(lab.text).toHaveValue(/^Evlerimizdekilerden/);
	const undo = page.getByRole('button', { name: 'Undo' });
	await undo.click();
	await expect(lab.text).toHaveValue(log);
	await page.getByText('Text', { exact: true }).first().click();
	await expect(lab.text).toHaveValue('mine');
	await chooseItem(page, 'Examples', /^Turkish/);
	await expect(undo).toBeVisible();
	// An edit of the example would be lost.
	await lab.text.press('End');
	await lab.text.pressSequentially('!');
	await expect(undo).toHaveCount(0);
});

test('figures are edited, sorted, exported, and shared by a link', async ({
	page,
	context,
	browser
}) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.clock.setFixedTime('2026-11-30');
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base,o200k_base,gemma3');
	await lab.text.fill('hello world');
	await lab.ready();
	const names = () => page.getByRole('rowheader').allTextContents();
	const sort = page.getByRole('button', { name: '1,000 calls' });
	await sort.click();
	expect(await names()).toEqual(['o200k_base', 'gemma3', 'cl100k_base']);
	await sort.click();
	// The model of cl100k_base makes embeddings, and is in a group of its own.
	expect(await names()).toEqual(['gemma3', 'o200k_base', 'cl100k_base']);

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
	expect(header).toMatch(/^tokenizer,tokens,model,\$ per M,price,"1,000 calls",window,share/);
	expect(first).toMatch(/^gemma3,2,Gemini 2.5 Flash-Lite,0.1,2e-7,0.0002,1048576,/);
	expect(await copied('Copy the figures as Markdown', 'Copied the figures.')).toContain(
		'| gemma3 | 2 | Gemini 2.5 Flash-Lite | 0.1 | $0.000000200 | $0.000200 | 1,048,576 |'
	);
	expect((await exported('Tokens as CSV'))[1]).toBe('cl100k_base,0,15339,0,5,68656c6c6f,hello');
	expect(await copied('Copy ids of cl100k_base', 'Copied the ids of cl100k_base.')).toBe(
		'[15339, 1917]'
	);

	const row = page.getByRole('row', { name: /o200k_base/ });
	await row.getByLabel(/US dollars/).fill('1000000');
	await row.getByLabel(/Context window/).fill('4');
	await page.getByLabel('whitespace marks').uncheck();
	await page.getByLabel('colour every token').check();
	await page.getByRole('radio', { name: 'Bytes' }).check({ force: true });
	for (const shown of ['$2.00', '$2,000', '50 %']) await expect(row).toContainText(shown);
	await expect(page).toHaveURL(/view=bytes.*window=o200k_base:4.*sort=-price-of-calls#v1/);
	const other = new LabPage(await (await browser.newContext()).newPage());
	await other.open(page.url());
	await expect(other.text).toHaveValue('hello world');
	await expect(other.page.getByLabel('whitespace marks')).not.toBeChecked();
	await expect(other.page.getByLabel('colour every token')).toBeChecked();
	await expect(other.page.getByRole('radio', { name: 'Bytes' })).toBeChecked();
	await expect(other.page.getByRole('row', { name: /o200k_base/ })).toContainText('$2,000');
	await other.page.context().close();
});

test('ranks all models, on whatever day the page is read', async ({ page }) => {
	await page.clock.setFixedTime('2026-12-11');
	const lab = new LabPage(page);
	await lab.open('./?t=o200k_base,mistral-tekken');
	await lab.ready();
	await page.getByRole('button', { name: /^Show all \d+ models/ }).click();
	const rows = page.getByRole('region', { name: 'Figures' }).locator('tbody tr');
	await expect(rows.first()).toContainText('GPT-4o mini cheapest chat model');
	const lines = await rows.allTextContents();
	const isBelow = (name: string) =>
		lines.findIndex((line) => line.includes(name)) > lines.indexOf('Retired models');
	expect(lines).toContain('Retired models');
	expect(['GPT-5.6 Sol', 'GPT-5 nano', 'Mistral Nemo'].map(isBelow)).toEqual([false, true, true]);
	await expect(page).toHaveURL(/models=1&sort=price/);

	// On a phone, the last column can be reached, and the names stay in view and leave room for the figures.
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

test('special tokens are text or parsed, and a budget or the window of a model truncates the text', async ({
	page
}) => {
	const lab = new LabPage(page);
	const special = page.getByTestId('special-tokens');
	const gemma = lab.card('gemma3');
	await lab.open('./?t=gemma3,cl100k_base,o200k_base');
	await lab.text.fill('<|endoftext|>');
	await expect(lab.count('cl100k_base')).toHaveText('7');
	await special.selectOption('parse');
	await expect(lab.count('cl100k_base')).toHaveText('1');
	await lab.text.fill('<bos>Hi');
	const hint = gemma.getByRole('button', { name: 'BOS is in the text' });
	await hint.press('Enter');
	await expect(gemma.getByText('the model reads two')).toBeVisible();
	await hint.press('Escape');
	await expect(gemma.getByText('the model reads two')).toBeHidden();
	await special.selectOption('text');
	await expect(gemma.getByRole('button', { name: '“<bos>” is text' })).toBeVisible();

	await lab.text.fill('hello 👩 world');
	await lab.ready();
	const beyond = lab.card('cl100k_base').locator('.beyond');
	const budget = page.getByTestId('budget-tokens');
	await expect(beyond).toHaveCount(0);
	await budget.fill('2');
	// js-tiktoken: "hello", " " with f0 9f 91, a9, " world" in cl100k_base.
	await expect(lab.card('cl100k_base').getByTestId('budget')).toContainText(
		'The boundary splits “👩”: 3 of its 4 bytes fit.'
	);
	await expect(beyond).toHaveCount(2);
	await budget.fill('4');
	await expect(beyond).toHaveCount(0);
	await page.getByLabel('Model for o200k_base').selectOption('GPT-4o');
	await page.getByLabel('the model’s window').check();
	await expect(lab.card('o200k_base').getByTestId('budget')).toContainText('128,000 tokens');
	await page.getByLabel('Context window in tokens for o200k_base').fill('1');
	await expect(lab.card('o200k_base').locator('.beyond').first()).toBeVisible();
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
	const check = page.getByRole('button', { name: 'Check with js-tiktoken' });
	await workers.hold();
	await check.click();
	await expect.poll(() => page.workers().length).toBe(before + 1);
	await page.getByRole('button', { name: 'Stop' }).click();
	await ended();
	await workers.release();
	await check.click();
	const size = (700 * (textOf('en').length + 1)).toLocaleString('en');
	await expect(page.getByText(/^Checked by js-tiktoken 1/)).toHaveText(
		`Checked by js-tiktoken 1.0.21 on the whole text (${size} bytes): the same ids in cl100k_base and gpt2.`
	);
	await ended();
	await lab.text.fill('changed');
	await lab.ready();
	await expect(page.getByText(/^Checked by/)).toHaveCount(0);
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
	const others = ['[data-tokenizer="gpt2"] header .accent', '.result [role="status"].tabular'];
	await watchFigures(page, count, tokens, 'main tbody td', '[data-testid="budget"]', ...others);
	await lab.text.fill(`Işıl ${textOf('emoji-zwj')} <|endoftext|>`);
	await lab.ready();
	await expectDimmed(page);
	await watchFigures(page, count);
	await page.getByTestId('special-tokens').selectOption('parse');
	await lab.ready();
	await expectDimmed(page);
});
