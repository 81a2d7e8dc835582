import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';
import { DEFAULTS, idsOf, textOf } from './oracle-rows';
import { holdableWorkers } from './slow-workers';

test('shows a finished example before any script runs', async ({ browser, baseURL }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
	const lab = new LabPage(await context.newPage());
	await lab.page.goto('./');
	for (const id of DEFAULTS) await expect(lab.card(id)).toHaveAttribute('data-status', 'ready');
	await expect(lab.count('cl100k_base')).toHaveText('37');
	expect(await lab.drawnIds('cl100k_base')).toHaveLength(37);
	await context.close();
});

test('counts typed text like the reference', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	for (const name of ['en', 'emoji-zwj', 'contr-curly', 'digits', 'nel', 'rand-ws']) {
		await lab.text.fill('');
		await lab.paste(textOf(name));
		await lab.ready();
		for (const id of DEFAULTS) {
			expect(await lab.drawnIds(id), `${id}, ${name}`).toEqual(idsOf(id, name));
			await expect(lab.count(id)).toHaveText(String(idsOf(id, name).length));
		}
	}
});

test('counts a dropped file with its CR line ends', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.drop('crlf.txt', [...Buffer.from(textOf('crlf'))]);
	await expect(page.locator('#input-facts')).toContainText('has CR line endings');
	await lab.ready();
	for (const id of DEFAULTS) expect(await lab.drawnIds(id)).toEqual(idsOf(id, 'crlf'));
});

test('covers the text with the drawn tokens, byte by byte', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.showExample('A bit of everything');
	await lab.ready();
	const spans = await lab
		.card('o200k_base')
		.locator('[data-token-id]')
		.evaluateAll((tokens) =>
			tokens.map((token) => [
				Number(token.getAttribute('data-byte-start')),
				Number(token.getAttribute('data-byte-end'))
			])
		);
	let byte = 0;
	for (const [start, end] of spans) {
		expect(start).toBe(byte);
		byte = end;
	}
	expect(byte).toBe(158);
});

test('adds, reorders and removes tokenizers, and finds them by model', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('hello world');
	await page.getByTestId('tokenizer-picker').click();
	await page.getByRole('searchbox').fill('deepseek r1');
	await page.getByRole('checkbox', { name: /deepseek-v3/ }).click();
	await page.getByRole('searchbox').fill('claude');
	await expect(page.getByRole('checkbox', { name: /Claude.*3/ }).first()).toBeDisabled();
	await page.getByRole('button', { name: 'Done' }).click();
	await expect(lab.card('deepseek-v3')).toHaveAttribute('data-status', 'ready');
	await expect(page).toHaveURL(/\?t=cl100k_base,o200k_base,gemma3,yours,deepseek-v3/);

	const back = page.getByRole('button', { name: 'Move deepseek-v3 back' });
	await back.click();
	await expect(back).toBeFocused();
	await page.getByRole('button', { name: 'Remove cl100k_base' }).click();
	await expect(page.getByRole('button', { name: 'Remove o200k_base' })).toBeFocused();
	await expect(page.locator('[data-tokenizer]')).toHaveCount(4);
	const order = await page
		.locator('[data-tokenizer]')
		.evaluateAll((cards) => cards.map((card) => card.getAttribute('data-tokenizer')));
	expect(order).toEqual(['o200k_base', 'gemma3', 'deepseek-v3', 'yours']);
});

test('decodes pasted ids in each tokenizer, and names one out of range', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await page.getByText('Ids', { exact: true }).first().click();
	await lab.text.fill('[9906, 1917, 262144]');
	await lab.ready();
	await expect(lab.card('cl100k_base')).toContainText('262144 (position 3)');
	await expect(lab.count('cl100k_base')).toHaveText('2');
	await expect(lab.card('cl100k_base').locator('[data-token-id="9906"]')).toContainText('Hello');
	await expect(lab.count('gemma3')).toHaveText('3');
	await lab.text.fill('12 apples');
	await expect(page.getByText(/apples/).last()).toBeVisible();
});

test('reads the ids of a log by their label, and says why the live tokenizer is hidden', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open();
	await page.getByText('Ids', { exact: true }).first().click();
	await lab.text.fill('token_id=9906 logprob=-0.13\ntoken_id=1917 logprob=-1.5');
	await lab.ready();
	await expect(lab.count('cl100k_base')).toHaveText('2');
	await expect(page.getByText('2 ids in 3 tokenizers.')).toBeVisible();
	await expect(page.getByText('Read the numbers labelled “token_id”.')).toBeVisible();
	await expect(page.getByText(/^The live tokenizer is hidden/)).toBeVisible();
	await lab.text.fill('llama 3 generated 40 tok/s');
	await lab.ready();
	await expect(lab.count('cl100k_base')).toHaveText('0');
	await expect(page.getByText(/^Found no list of ids\..* Skipped “3”, “40”\.$/)).toBeVisible();
});

test('the live tokenizer counts neither for the fewest tokens nor for equal splits', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2,yours&corpus=text');
	await lab.text.fill('strawberry '.repeat(100));
	await lab.ready();
	const [gpt2, live] = await Promise.all(
		['gpt2', 'yours'].map(async (id) => Number(await lab.count(id).textContent()))
	);
	expect(live).toBeLessThan(gpt2);
	await expect(lab.card('yours')).not.toContainText('fewest');
	await expect(lab.card('gpt2')).not.toContainText('%');
	await expect(
		page.getByText('The same text in 1 tokenizer. Also in a small one trained in this page.')
	).toBeVisible();

	await lab.choose('cl100k_base');
	await lab.text.fill('a');
	await lab.ready();
	await expect(page.getByText('The others split this text alike')).toBeVisible();
});

test('a link restores special tokens, view, marks and figures in another browser', async ({
	page,
	browser
}) => {
	const lab = new LabPage(page);
	await lab.open('./?t=llama3,cl100k_base');
	await lab.text.fill('<|begin_of_text|>Hi');
	await page.getByLabel('Special tokens').selectOption('parse');
	await page.getByLabel('whitespace marks').uncheck();
	await page.getByLabel('colour every token').check();
	await page.getByRole('radio', { name: 'Bytes' }).check({ force: true });
	const row = page.getByRole('row', { name: /cl100k_base/ });
	await row.getByLabel(/US dollars/).fill('123');
	await row.getByLabel(/Context window/).fill('77');
	await lab.ready();
	await expect(lab.count('llama3')).toHaveText('2');
	await expect(page).toHaveURL(/special=parse.*window=cl100k_base:77.*#v1/);

	const context = await browser.newContext();
	const opened = new LabPage(await context.newPage());
	await opened.open(page.url());
	await opened.ready();
	await expect(opened.count('llama3')).toHaveText('2');
	await expect(opened.page.getByLabel('Special tokens')).toHaveValue('parse');
	await expect(opened.page.getByLabel('whitespace marks')).not.toBeChecked();
	await expect(opened.page.getByLabel('colour every token')).toBeChecked();
	await expect(opened.page.getByRole('radio', { name: 'Bytes' })).toBeChecked();
	const openedRow = opened.page.getByRole('row', { name: /cl100k_base/ });
	await expect(openedRow.getByLabel(/US dollars/)).toHaveValue('123');
	await expect(openedRow.getByLabel(/Context window/)).toHaveValue('77');
	await context.close();
});

test('counts a special token as text, and as one id if it is parsed', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('<|endoftext|>');
	await lab.ready();
	await expect(lab.count('cl100k_base')).toHaveText('7');
	await page.getByLabel('Special tokens').selectOption('parse');
	await expect(lab.count('cl100k_base')).toHaveText('1');
	await expect(lab.card('gemma3').getByText('1 start token (BOS) not counted')).toBeVisible();
});

test('walks the differences, by key and by button', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.showExample('A bit of everything');
	await expect(page.getByText('15 differences', { exact: true })).toBeVisible();
	await page.getByRole('button', { name: 'Next difference' }).click();
	await expect(page.getByText('Difference 1 of 15')).toBeVisible();
	await page.keyboard.press('n');
	await expect(page.getByText('Difference 2 of 15')).toBeVisible();
	await page.keyboard.press('p');
	await page.keyboard.press('p');
	await expect(page.getByText('Difference 15 of 15')).toBeVisible();
});

test('links the bytes under the pointer across tokenizers', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.showExample('A bit of everything');
	await lab.card('cl100k_base').locator('[data-token-id="73700"]').hover();
	await expect(lab.card('gemma3').locator('[aria-selected="true"]')).toHaveCount(1);
	await expect(lab.card('gemma3').locator('[aria-selected="true"]')).toContainText('strawberry');
});

test('shows prices that can be edited', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	const row = page.getByRole('row', { name: /o200k_base/ });
	await expect(row).toContainText('37');
	await row.getByLabel(/US dollars/).fill('1000000');
	await expect(row).toContainText('$37.0');
	await expect(row.getByText('$37,000')).toBeVisible();
	await row.getByLabel(/Context window/).fill('74');
	await expect(row).toContainText('50 %');
});

test('sorts the figures by any column, and exports them in that order', async ({
	page,
	context
}) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.clock.setFixedTime('2026-11-30');
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base,o200k_base,gemma3');
	await lab.text.fill('hello world');
	await lab.ready();
	const names = () => page.getByRole('rowheader').allTextContents();
	await page.getByRole('button', { name: '1,000 calls' }).click();
	expect(await names()).toEqual(['o200k_base', 'gemma3', 'cl100k_base']);
	await expect(page).toHaveURL(/sort=price-of-calls/);
	await page.getByRole('button', { name: '1,000 calls' }).click();
	// The model of cl100k_base makes embeddings, and is in a group of its own.
	expect(await names()).toEqual(['gemma3', 'o200k_base', 'cl100k_base']);
	await page.getByRole('button', { name: 'window', exact: true }).click();
	await page.getByRole('button', { name: 'window', exact: true }).click();
	expect((await names())[0]).toBe('gemma3');
	await expect(page.getByLabel('Context window in tokens for gemma3')).toHaveValue('1,048,576');

	await page.getByRole('button', { name: 'Export' }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: 'Figures as CSV' }).click();
	const lines = readFileSync(await (await download).path(), 'utf8').split('\r\n');
	expect(lines[0]).toMatch(/^tokenizer,tokens,model,\$ per M,price,"1,000 calls",window,share/);
	expect(lines[1]).toMatch(/^gemma3,2,Gemini 2.5 Flash-Lite,0.1,2e-7,0.0002,1048576,/);
	await page.getByRole('button', { name: 'Export' }).click();
	await page.getByRole('menuitem', { name: 'Copy the figures as Markdown' }).click();
	await expect(page.getByText('Copied the figures.')).toBeAttached();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
		'| gemma3 | 2 | Gemini 2.5 Flash-Lite | 0.1 | $0.000000200 | $0.000200 | 1,048,576 |'
	);
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
});

/** How much of an element's width or height is out of view. A share of the area fails on fractions of a pixel. */
const hiddenDevicePixels = (element: Element) =>
	new Promise<number>((resolve) => {
		new IntersectionObserver(
			([{ boundingClientRect: whole, intersectionRect: seen }], observer) => {
				observer.disconnect();
				const hidden = Math.max(whole.width - seen.width, whole.height - seen.height);
				resolve(hidden * devicePixelRatio);
			}
		).observe(element);
	});

test('reaches every column of the figures on a phone', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	const lab = new LabPage(page);
	await lab.open();
	await lab.ready();
	const region = page.getByRole('region', { name: 'Figures' });
	await region.scrollIntoViewIfNeeded();
	await region.evaluate((element) => (element.scrollLeft = element.scrollWidth));
	const columns = region.getByRole('columnheader');
	await expect.poll(() => columns.last().evaluate(hiddenDevicePixels)).toBeLessThan(1);
	// The names stay in view, and leave room for the figures.
	const name = region.getByRole('rowheader', { name: 'cl100k_base' });
	const [box, outer] = [await name.boundingBox(), await region.boundingBox()];
	expect(Math.abs((box?.x ?? -9) - (outer?.x ?? 0))).toBeLessThan(3);
	expect(box?.width).toBeLessThan((outer?.width ?? 0) / 2.5);
});

test('draws where a budget truncates the text, also inside a character', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base,gpt2');
	await lab.text.fill('hello 👩 world');
	await lab.ready();
	const beyond = (id: string) => lab.card(id).locator('.beyond').count();
	expect(await beyond('cl100k_base')).toBe(0);
	await page.getByTestId('budget-tokens').fill('2');
	// js-tiktoken: "hello", " " with f0 9f 91, a9, " world" in cl100k_base.
	const shown = lab.card('cl100k_base').getByTestId('budget');
	await expect(shown).toHaveText(
		'2 tokens = 6 characters, 46 % of the text. The boundary splits “👩”: 3 of its 4 bytes fit.'
	);
	expect(await beyond('cl100k_base')).toBe(2);
	await expect(lab.card('cl100k_base').locator('.limit')).toHaveAttribute('data-token', '2');
	await expect(page).toHaveURL(/budget=2/);
	await page.getByTestId('budget-tokens').fill('4');
	await expect(shown).toHaveText('4 tokens: the whole text fits.');
	expect(await beyond('cl100k_base')).toBe(0);
});

test('draws what fits into the window of a model, and how much of it is usable', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open('./?t=o200k_base,cl100k_base');
	await page.getByLabel('Model for o200k_base').selectOption('GPT-4o');
	await lab.text.fill('hello world');
	await page.getByLabel('the model’s window').check();
	await lab.ready();
	const shown = lab.card('o200k_base').getByTestId('budget');
	await expect(shown).toContainText('128,000 tokens, GPT-4o’s advertised window: the whole text');
	await expect(shown.getByRole('link')).toHaveText(
		'Usable: about 8,000 tokens, says NoLiMa (2025).'
	);
	await page.getByLabel('Context window in tokens for o200k_base').fill('1');
	await expect(lab.card('o200k_base').locator('.beyond')).toHaveCount(1);
});

test('adds the first tokenizer of a search by Enter, and a family at once', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2');
	await page.getByTestId('tokenizer-picker').click();
	await expect(page.getByRole('searchbox')).toBeFocused();
	for (const [query, id] of [
		['ChatGPT', 'o200k_base'],
		['Llama 3.1', 'llama3']
	]) {
		await page.keyboard.type(query);
		await page.keyboard.press('Enter');
		await expect(lab.card(id)).toBeAttached();
	}
	await page.getByRole('searchbox').fill('mistral');
	await page.getByRole('button', { name: 'Add all: mistral', exact: true }).click();
	await expect(page.locator('[data-tokenizer^="mistral"]')).toHaveCount(3);
	await page.getByRole('button', { name: 'Remove all: Mistral AI' }).click();
	await expect(page.locator('[data-tokenizer]')).toHaveCount(3);
	await page.keyboard.press('Escape');
	await expect(page.getByTestId('tokenizer-picker')).toBeFocused();
});

test('restores text and tokenizers of a link, and reports a damaged one', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2,qwen3');
	await lab.paste('a\r\nb \u{1f469}');
	await expect(page).toHaveURL(/#v1\.t=/);
	const address = page.url();
	await page.goto('about:blank');
	await lab.open(address);
	await lab.ready();
	await expect(page.locator('#input-facts')).toContainText('6 characters');
	await expect(page.locator('#input-facts')).toContainText('CR line endings');
	await expect(lab.count('gpt2')).toHaveText(/^\d+$/);

	await page.goto('about:blank');
	await lab.open('./?t=cl100k_base,nonsense#v1.t=AAAA');
	await expect(page.locator('main').getByRole('alert')).toContainText('nonsense');
	await expect(lab.text).toHaveValue(/^Language models read/);
});

test('exports tokens, and copies ids', async ({ page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const lab = new LabPage(page);
	await lab.open();
	await lab.text.fill('hello world');
	await lab.ready();
	await page.getByRole('button', { name: 'Export' }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: 'Tokens as CSV' }).click();
	const csv = readFileSync(await (await download).path(), 'utf8');
	expect(csv.split('\r\n')[1]).toBe('cl100k_base,0,15339,0,5,68656c6c6f,hello');
	await page.getByRole('button', { name: 'Export' }).click();
	await page.getByRole('menuitem', { name: 'Copy ids of cl100k_base' }).click();
	await expect(page.getByText('Copied the ids of cl100k_base.')).toBeAttached();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('[15339, 1917]');
});

test('names the tokenizer that made pasted ids, or says that none did', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2,cl100k_base,o200k_base,gemma3');
	await page.getByText('Ids', { exact: true }).first().click();
	for (const id of ['gpt2', 'cl100k_base', 'o200k_base', 'gemma3']) {
		await lab.text.fill(JSON.stringify(idsOf(id, 'digits')));
		await lab.ready();
		await expect(page.getByTestId('ids-fit')).toContainText(`These ids fit ${id} only, of 4`);
		await expect(lab.card(id)).toContainText('Fits: encoding this text again gives the same ids.');
	}
	await lab.text.fill('[71, 68, 75, 75, 262145]');
	await lab.ready();
	await expect(page.getByTestId('ids-fit')).toContainText('fit none of these 4 tokenizers');
});

test('checks the whole text on request, and gives the memory back', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base,gpt2');
	await lab.paste(`${textOf('en')}\n`.repeat(700));
	await lab.ready();
	const before = page.workers().length;
	await page.getByRole('button', { name: 'Check with js-tiktoken' }).click();
	await expect.poll(() => page.workers().length).toBe(before + 1);
	await expect(page.getByText(/^Checked by js-tiktoken 1/)).toHaveText(
		`Checked by js-tiktoken 1.0.21 on the whole text (${(700 * (textOf('en').length + 1)).toLocaleString('en')} bytes): the same ids in cl100k_base and gpt2.`
	);
	await expect.poll(() => page.workers().length).toBe(before);
	await lab.text.fill('changed');
	await lab.ready();
	await expect(page.getByText(/^Checked by/)).toHaveCount(0);
});

test('stops a check with its worker', async ({ page }) => {
	const workers = await holdableWorkers(page);
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base,gpt2');
	await lab.text.fill('one two');
	await lab.ready();
	const before = page.workers().length;
	await workers.hold();
	await page.getByRole('button', { name: 'Check with js-tiktoken' }).click();
	await expect.poll(() => page.workers().length).toBe(before + 1);
	await page.getByRole('button', { name: 'Stop' }).click();
	await expect.poll(() => page.workers().length).toBe(before);
	await expect(page.getByRole('button', { name: 'Check with js-tiktoken' })).toBeVisible();
});

test('a removed card and a replaced text come back', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2,cl100k_base,o200k_base');
	await lab.text.fill('mine');
	const order = () =>
		page
			.locator('[data-tokenizer]')
			.evaluateAll((cards) => cards.map((card) => card.getAttribute('data-tokenizer')));
	await page.getByRole('button', { name: 'Remove cl100k_base' }).click();
	expect(await order()).toEqual(['gpt2', 'o200k_base']);
	await expect(page.getByText('Removed cl100k_base.')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	expect(await order()).toEqual(['gpt2', 'cl100k_base', 'o200k_base']);

	await page.getByText('Ids', { exact: true }).first().click();
	await lab.text.fill('[1, 2]');
	await page.getByRole('button', { name: 'Examples' }).click();
	await page.getByRole('menuitem', { name: /^Turkish/ }).click();
	await expect(lab.text).toHaveValue(/^Evlerimizdekilerden/);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(lab.text).toHaveValue('[1, 2]');
	await page.getByText('Text', { exact: true }).first().click();
	await expect(lab.text).toHaveValue('mine');

	await page.getByRole('button', { name: 'Examples' }).click();
	await page.getByRole('menuitem', { name: /^Turkish/ }).click();
	await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
	// An edit of the example would be lost.
	await lab.text.press('End');
	await lab.text.pressSequentially('!');
	await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
});

test('says that the text begins with a BOS, for keyboards too', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gemma3,cl100k_base');
	await lab.text.fill('<bos>Hi');
	await lab.ready();
	await expect(lab.card('gemma3').getByRole('button', { name: '“<bos>” is text' })).toBeVisible();
	await page.getByTestId('special-tokens').selectOption('parse');
	await lab.ready();
	const hint = lab.card('gemma3').getByRole('button', { name: 'BOS is in the text' });
	await hint.press('Enter');
	await expect(lab.card('gemma3').getByText('the model reads two')).toBeVisible();
	await hint.press('Escape');
	await expect(lab.card('gemma3').getByText('the model reads two')).toBeHidden();
});

test('draws each paragraph in its own direction, in the input as in the cards', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2');
	await lab.text.fill('مرحبا بالعالم');
	await lab.ready();
	await expect(lab.text).toHaveAttribute('dir', 'auto');
	expect(await lab.text.evaluate((field) => getComputedStyle(field).direction)).toBe('rtl');
	const [first, last] = await lab
		.card('gpt2')
		.locator('[data-token-id]')
		.evaluateAll((tokens) =>
			[tokens[0], tokens[tokens.length - 1]].map((token) => token.getBoundingClientRect().x)
		);
	expect(first).toBeGreaterThan(last);
	await page.getByText('Ids', { exact: true }).first().click();
	await expect(lab.text).toHaveAttribute('dir', 'ltr');
});
