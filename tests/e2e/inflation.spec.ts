import { expect, test } from './shared';
import { InflationPage } from './inflation-page';
import { controlsBefore, LabPage } from './lab-page';
import { holdableWorkers } from './slow-workers';

test('another baseline is found by name, by keyboard and by pointer, and changes every premium', async ({
	page
}) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	const stops = await controlsBefore(page, '[role="listbox"], .scroll');
	expect(stops.length, stops.join('\n')).toBeLessThanOrEqual(7);

	const field = page.getByRole('combobox', { name: 'Baseline' });
	const list = page.getByRole('listbox', { name: 'Baseline' });
	await field.click();
	// The most likely one first, the others by plain name: not "(Bataknese)".
	await expect(list.getByRole('option').first()).toHaveText(/^English/);
	await expect(list.getByRole('option').nth(1)).toHaveText(/^A/);
	const turkish = await inflation.ratio('tur', 'cl100k_base');
	await field.fill('turk');
	await field.press('Enter');
	await expect(inflation.mark('tur', 'cl100k_base')).toHaveAttribute('data-ratio', '1');
	expect(await inflation.ratio('eng', 'cl100k_base')).toBeCloseTo(1 / turkish, 12);
	await expect(inflation.headline).toContainText('tokens in Burmese as in Turkish.');
	await expect(inflation.verdict).toContainText('Finnish and Hungarian take');

	await field.fill('german');
	await expect(list.getByRole('option')).toHaveCount(2);
	await field.press('ArrowDown');
	const active = list.locator(`[id="${await field.getAttribute('aria-activedescendant')}"]`);
	const name = (await active.textContent())?.trim() ?? '';
	await field.press('Enter');
	await expect(list).toHaveCount(0);
	expect(name.startsWith(await field.inputValue())).toBe(true);
	await expect(inflation.headline).toContainText(await field.inputValue());
	await field.fill('klingon');
	await expect(list).toHaveText(/None of 521 languages matches/);
	await field.press('Escape');
	expect(name.startsWith(await field.inputValue())).toBe(true);
	await field.click();
	await field.press('End');
	await list.evaluate((element) => (element.scrollTop = element.scrollHeight));
	await list.getByRole('option', { name: 'Zulu' }).click();
	await expect(field).toHaveValue('Zulu');
	await expect(page).toHaveURL(/base=zul/);
});

test('calculates the cost of a prompt, and explains a language, an article and a word in each tokenizer', async ({
	page
}) => {
	const inflation = new InflationPage(page);
	await inflation.open('?open=costs+table');
	const ratio = await inflation.ratio('tur', 'cl100k_base');
	const sides = () =>
		page
			.locator('.square')
			.evaluateAll((all) => all.map((square) => square.getBoundingClientRect().width));
	const [english, turkish] = await sides();
	expect(turkish / english).toBeCloseTo(ratio, 1);
	const slider = page.getByRole('slider', { name: 'Length of the prompt' });
	await slider.press('End');
	await expect(slider).toHaveAttribute('aria-valuetext', /^5,000 tokens in English/);
	expect((await sides())[0]).toBeCloseTo(2.5 * english, 0);
	const prompt = page.getByLabel('Prompt in English');
	await prompt.fill('300000');
	await expect(slider).toHaveAttribute('max', '500000');
	await prompt.fill('0');
	await expect(page.getByRole('main').getByRole('alert')).toContainText('300,000 is still used.');
	await prompt.fill('2000');
	const costs = page.getByRole('region', { name: 'Cost of the prompt' });
	const line = (name: string) => costs.getByRole('row', { name: new RegExp(`^${name}`) });
	await expect(line('Attention scores')).toContainText(`${(ratio * ratio).toFixed(2)}×`);
	await page.getByLabel('Price $').fill('100');
	// An edited price has no source or date.
	await expect(page.getByLabel('Prices of').locator('option:checked')).toHaveText('custom figures');
	await expect(page.getByTitle('Source of price and window')).toHaveCount(0);
	// 2,000 tokens at $100 per million.
	await expect(line('Price')).toContainText('$0.200');

	// Article 1 alone: 33 tokens in English, 60 in Turkish.
	await page.getByLabel('articles fit into').fill('60');
	await expect(page.locator('[data-articles="eng"]')).toHaveText('1/30');
	await expect(page.locator('[data-articles="tur"]')).toHaveText('1/30');
	const table = page.getByRole('region', { name: 'Premiums as a table' });
	const row = table.getByRole('row', { name: /^Turkish/ });
	await expect(row.getByRole('cell').nth(5)).toHaveText('1');

	// On a phone, the explanation is in view.
	await page.setViewportSize({ width: 360, height: 740 });
	await inflation.rows.first().click();
	await expect(inflation.explained).toContainText('Burmese');
	await expect(inflation.explained).toBeInViewport();
	const detail = page.getByRole('region', { name: /^Burmese/ });
	await expect(detail).toContainText('Why 15.70 times the tokens of English?');
	await inflation.explainIn('o200k_base');
	await expect(detail).toContainText('Why 4.20 times the tokens of English?');
	await expect(page).toHaveURL(/in=o200k_base/);
	await page.getByLabel('Article', { exact: true }).selectOption('3');
	// "Everyone has the right to life, liberty and security of person."
	const article = page.getByRole('region', { name: 'Article 3, English' });
	await expect(article.locator('[data-token-id]').first()).toHaveAttribute(
		'data-token-id',
		'52414'
	);
	const words = page.getByRole('radiogroup', { name: 'Language of the word' });
	await words.getByText('Hungarian').click();
	await expect(page.getByText('in your houses”')).toBeVisible();
	await table.getByRole('button', { name: 'language', exact: true }).click();
	await expect(inflation.rows.first()).toHaveAttribute('aria-label', /^Arabic/);
	await table.getByRole('button', { name: 'Finnish' }).click();
	await expect(inflation.explained).toContainText('Finnish');
});

test('measures the user’s texts exactly as they were pasted, and brings back a removed one', async ({
	page,
	context
}) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await new InflationPage(page).open('?open=own');
	const first = page.getByLabel('Text 1, English');
	await first.fill('from those in our houses');
	await page.getByLabel('Text 2, Turkish').fill('evlerimizdekilerden');
	const table = page.getByRole('region', { name: 'Your texts in each tokenizer' });
	await expect(table.getByRole('row', { name: /^characters 24 19 0\.79×/ })).toBeVisible();
	await expect(table.getByRole('row', { name: /^o200k_base 5 \d+ / })).toBeVisible();
	const turkish = page.getByRole('region', { name: 'Your text, Turkish' });
	const counted = Number((await turkish.locator('header b').textContent()) ?? NaN);
	await expect(turkish.locator('[data-token-id]')).toHaveCount(counted);
	await expect(table.getByRole('row', { name: `cl100k_base 5 ${counted} ` })).toBeVisible();

	for (const [text, characters] of [
		['one\r\ntwo', '8'],
		['word '.repeat(30_000), '150,000']
	]) {
		await page.evaluate((content) => navigator.clipboard.writeText(content), text);
		await first.focus();
		await page.keyboard.press('ControlOrMeta+a');
		await page.keyboard.press('ControlOrMeta+v');
		const name = new RegExp(`^characters ${characters} `);
		await expect(table.getByRole('row', { name })).toBeVisible();
	}

	await page.getByRole('button', { name: 'Add text' }).click();
	await expect(page.getByText('Enter a text for Text 3 to see its premium.')).toBeVisible();
	await first.fill('a\tb');
	await page.getByRole('button', { name: 'Remove English' }).click();
	await expect(page.getByLabel('Name of text 1')).toHaveValue('Turkish');
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(first).toHaveValue('a\tb');
	await expect(page.getByLabel('Name of text 3')).toHaveValue('Text 3');
});

test('measures all languages until it is stopped, finds them, and shows cached measures later', async ({
	page,
	context
}) => {
	const workers = await holdableWorkers(page);
	const inflation = new InflationPage(page);
	await inflation.open('?t=gpt2');
	await workers.hold();
	await page.getByRole('button', { name: 'Show all 521' }).press('Enter');
	await page.getByRole('button', { name: 'Stop' }).click();
	await workers.release();
	const stopped = page.getByText(/^Stopped( after \d+ of 521 languages)?\./);
	const before = (await stopped.textContent()) ?? '';
	// Nothing but the visitor starts it again.
	await page.getByLabel('Sort by name').check();
	await page.getByLabel('Script').selectOption('Myanmar');
	await expect(
		inflation.mark('shn', 'gpt2').or(inflation.mark('mya', 'gpt2')).first()
	).toBeVisible();
	await expect(inflation.mark('tur', 'gpt2')).toHaveCount(0);
	await page.getByLabel('Script').selectOption('');
	await page.getByLabel('Search languages').fill('gaelic');
	await expect(inflation.rows).toHaveCount(2);
	await page.getByLabel('Search languages').fill('klingon');
	await expect(page.getByText('No language matches “klingon”.')).toBeVisible();
	await expect(stopped).toHaveText(before);
	await page.getByRole('button', { name: 'Clear the search' }).click();
	const menu = page.getByRole('button', { name: 'Export' });
	await menu.click();
	await expect(page.getByRole('menu')).toContainText(/Without [\d,]+ texts that are not measured/);
	await page.keyboard.press('Escape');
	await workers.hold();
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(menu).toHaveAccessibleDescription(
		'Wait until every language is measured, or stop measuring.'
	);
	await workers.release();
	await expect(page.getByText('521 languages shown')).toBeVisible();
	await expect(inflation.status).toBeVisible();
	expect(await inflation.rows.count()).toBeLessThan(60);
	await page.getByRole('listbox', { name: /^Languages by/ }).focus();
	await page.keyboard.press('End');
	await expect(inflation.rows.last()).toHaveAttribute('aria-posinset', '521');
	const shown = await inflation.exportedJson();
	await page.close();

	const other = await context.newPage();
	const fetched: string[] = [];
	other.on('request', (request) => fetched.push(new URL(request.url()).pathname));
	await new LabPage(other).open('./inflation/?t=gpt2&all=1');
	await expect(other.getByText('521 texts cached from an earlier visit.')).toBeVisible();
	const later = new InflationPage(other);
	await expect(later.status).toHaveCount(0);
	const sorted = (json: string) =>
		(JSON.parse(json) as { language: string }[]).toSorted((a, b) =>
			a.language < b.language ? -1 : 1
		);
	expect(sorted(await later.exportedJson())).toEqual(sorted(shown));
	expect(fetched.filter((path) => /all[.-][\w-]+\.bin$/.test(path))).toEqual([]);
	await other.getByRole('button', { name: 'Measure again' }).click();
	await expect(later.status).toBeVisible();
});

test('adopts the tokenizers chosen on Compare, brings back a removed one, and says if none is chosen', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2,cl100k_base,yours');
	await lab.ready();
	await page.getByRole('link', { name: 'Inflation' }).click();
	const inflation = new InflationPage(page);
	await expect(inflation.mark('tur', 'gpt2')).toBeVisible();
	await expect(page.locator('[data-tokenizer="yours"]')).toHaveCount(0);
	await expect(page).toHaveURL(/inflation.*t=gpt2,cl100k_base/);
	const explained = page.getByRole('radiogroup', { name: 'Tokenizer to explain' });
	const tokenizers = () =>
		explained
			.getByRole('radio')
			.evaluateAll((all) => all.map((radio) => (radio as HTMLInputElement).value));
	await lab.choose('gpt2');
	await expect(page.getByText('Removed gpt2.')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect.poll(tokenizers).toEqual(['gpt2', 'cl100k_base']);
	for (const tokenizer of ['gpt2', 'cl100k_base']) await lab.choose(tokenizer);
	await expect(page.getByText('No tokenizer is chosen')).toBeVisible();
	await expect(inflation.rows).toHaveCount(0);
	await expect(inflation.status).toHaveCount(0);
	await expect(page.getByRole('region', { name: /^Turkish|^What a longer prompt/ })).toHaveCount(0);
	await page.getByRole('button', { name: 'show cl100k_base and o200k_base' }).click();
	await expect(inflation.mark('tur', 'o200k_base')).toBeVisible();
	await expect(page.getByRole('region', { name: /^Turkish/ })).toBeVisible();
});
