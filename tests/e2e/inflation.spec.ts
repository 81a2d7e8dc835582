import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { cli, InflationPage, textOf, type PrintedRow } from './inflation-page';

test('shows a finished chart before any script runs', async ({ browser, baseURL }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
	const page = await context.newPage();
	const inflation = new InflationPage(page);
	await page.goto('./inflation/');
	await expect(inflation.rows).toHaveCount(12);
	await expect(page.locator('[data-language][data-tokenizer]')).toHaveCount(24);
	expect((await inflation.ratio('tur', 'cl100k_base')).toFixed(2)).toBe('2.02');
	expect((await inflation.ratio('mya', 'o200k_base')).toFixed(2)).toBe('4.20');
	await expect(inflation.headline).toHaveText(
		'Token inflation: the same text takes up to 15.7 times as many tokens in Burmese as in English.'
	);
	await expect(page.getByText('In cl100k_base. The text: the Universal Declaration')).toContainText(
		'30 articles, in 12 languages.'
	);
	await expect(inflation.verdict).toContainText(
		'Yes, in both tokenizers. In o200k_base, Turkish, Finnish and Hungarian take 1.52 to 2.07 times the tokens of English, and German and Spanish 1.23 to 1.30 times.'
	);
	await expect(page.getByRole('region', { name: 'Article 1, Turkish' })).toContainText('60 tokens');
	await context.close();
});

test('measures what the command line measures, for all languages', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open('?t=gemma3,llama2&all=1&base=fin');
	await expect(page.getByText('521 languages shown')).toBeVisible();
	const rows = JSON.parse(
		await textOf(await inflation.exported('Figures as JSON'))
	) as PrintedRow[];
	const printed = cli('-t', 'gemma3', '-t', 'llama2', '--baseline', 'fin');
	const keyed = (list: readonly PrintedRow[]) =>
		list.toSorted((a, b) => (a.tokenizer + a.language < b.tokenizer + b.language ? -1 : 1));
	expect(rows).toHaveLength(2 * 521);
	expect(keyed(rows)).toEqual(keyed(printed));
});

test('another baseline changes every premium, and the headline', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	const turkish = await inflation.ratio('tur', 'cl100k_base');
	await inflation.chooseBaseline('turk');
	await expect(inflation.mark('tur', 'cl100k_base')).toHaveAttribute('data-ratio', '1');
	expect(await inflation.ratio('eng', 'cl100k_base')).toBeCloseTo(1 / turkish, 12);
	await expect(inflation.headline).toContainText('tokens in Burmese as in Turkish.');
	await expect(inflation.verdict).toContainText('Finnish and Hungarian take');
	await expect(page).toHaveURL(/base=tur/);
});

test('finds a baseline by name, by keyboard and by pointer', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	const field = page.getByRole('combobox', { name: 'Baseline' });
	const list = page.getByRole('listbox', { name: 'Baseline' });
	await field.click();
	// The most likely one first, the others by plain name: not "(Bataknese)".
	await expect(list.getByRole('option').first()).toHaveText(/^English/);
	await expect(list.getByRole('option').nth(1)).toHaveText(/^A/);
	await expect(list.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
	await field.pressSequentially('german');
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

test('explains a clicked language beside the chart, in each tokenizer', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	const detail = page.getByRole('region', { name: /^Burmese/ });
	await expect(page.getByText('Click a language to explain it.')).toBeVisible();
	await inflation.rows.first().click();
	await expect(detail).toBeInViewport({ ratio: 1 });
	await expect(detail).toContainText('15.70×');
	await expect(detail).toContainText('4.20×');
	await expect(detail).toContainText('most expensive of 12');
	await expect(detail).toContainText('2.84 times the bytes per character');
	await expect(detail).toContainText('= 15.70 times the tokens of English');
	await expect(detail).toContainText('its script takes more bytes to store');
	await expect(detail).toContainText('Why 15.70 times the tokens of English?');
	await inflation.explainIn('o200k_base');
	await expect(detail).toContainText('Why 4.20 times the tokens of English?');
	await expect(page).toHaveURL(/in=o200k_base/);
});

test('a clicked language is explained in view at 360 px', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	const inflation = new InflationPage(page);
	await inflation.open();
	await inflation.rows.first().click();
	await expect(inflation.explained).toContainText('Burmese');
	await expect(inflation.explained).toBeInViewport();
});

test('says how many articles fit into a number of tokens, per language', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	const field = page.getByLabel('articles fit into');
	const fits = (code: string) => page.locator(`[data-articles="${code}"]`);
	// Article 1 alone: 33 tokens in English, 60 in Turkish, as drawn below the chart.
	await field.fill('33');
	await expect(fits('eng')).toHaveText('1/30');
	await expect(fits('tur')).toHaveText('0/30');
	await field.fill('60');
	await expect(fits('tur')).toHaveText('1/30');
	await page.getByText('Figures as a table').click();
	const row = page
		.getByRole('region', { name: 'Premiums as a table' })
		.getByRole('row', { name: /^Turkish/ });
	await expect(row.getByRole('cell').nth(5)).toHaveText('1');
	await expect(page).toHaveURL(/fit=60/);
	await page.reload();
	await expect(fits('tur')).toHaveText('1/30');
});

test('draws the squares of a prompt in two languages to scale', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	const sides = () =>
		page
			.locator('.square')
			.evaluateAll((all) => all.map((square) => square.getBoundingClientRect().width));
	const [english, turkish] = await sides();
	expect(turkish / english).toBeCloseTo(await inflation.ratio('tur', 'cl100k_base'), 1);
	const slider = page.getByRole('slider', { name: 'Length of the prompt' });
	await slider.focus();
	await slider.press('End');
	await expect(slider).toHaveAttribute('aria-valuetext', /^5,000 tokens in English, 10,\d+ tokens/);
	expect((await sides())[0]).toBeCloseTo(2.5 * english, 0);
	await slider.press('ArrowLeft');
	await expect(page.getByLabel('Prompt in English')).toHaveValue('4950');
	await expect(page).toHaveURL(/prompt=4950/);
	await page.getByLabel('Prompt in English').fill('300000');
	await expect(slider).toHaveAttribute('max', '500000');
	await slider.press('Home');
	await expect(slider).toHaveAttribute('max', '500000');
});

test('filters all languages by script and by name, and says if none matches', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	await page.getByLabel('Script').selectOption('Myanmar');
	await expect(inflation.mark('shn', 'cl100k_base')).toBeVisible();
	await expect(inflation.mark('tur', 'cl100k_base')).toHaveCount(0);
	await page.getByLabel('Script').selectOption('');
	await page.getByLabel('Search languages').fill('gaelic');
	await expect(inflation.rows).toHaveCount(2);
	await page.getByLabel('Search languages').fill('myanmar');
	await expect(inflation.mark('mya', 'cl100k_base')).toBeVisible();
	await page.getByLabel('Search languages').fill('venda');
	await expect(inflation.rows.filter({ hasText: 'Venda (ven)' })).toHaveCount(1);
	await expect(inflation.rows.filter({ hasText: 'Venda (ven2)' })).toHaveCount(1);
	await page.getByLabel('Search languages').fill('klingon');
	await expect(page.getByText('No language matches “klingon”.')).toBeVisible();
	await page.getByRole('button', { name: 'Clear the search' }).click();
	await expect(inflation.rows).toHaveCount(12);
});

test('windows all languages, and explains one by keyboard', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	await page.getByRole('button', { name: 'Show all 521' }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText('521 languages shown')).toBeVisible();
	await expect(inflation.status).toBeVisible();
	expect(await inflation.rows.count()).toBeLessThan(60);
	await page.getByRole('listbox', { name: /^Languages by premium/ }).focus();
	await page.keyboard.press('Home');
	const mostExpensive =
		(await inflation.rows.first().getAttribute('aria-label'))?.split(':')[0] ?? '';
	await expect(inflation.explained).toContainText(mostExpensive);
	await page.keyboard.press('End');
	await expect(inflation.rows.last()).toHaveAttribute('aria-posinset', '521');
});

test('exports the shown rows: CSV, SVG and PNG', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	await page.getByLabel('Search languages').fill('german');
	await expect(inflation.mark('deu_1996', 'o200k_base')).toBeVisible();
	await expect(inflation.status).toBeVisible();
	const shown = await inflation.rows.count();
	const csv = (await textOf(await inflation.exported('Figures as CSV'))).trimEnd().split('\r\n');
	expect(csv[0]).toBe('tokenizer,language,bcp47,name,tokens,bytes,chars,words,ratio');
	expect(csv).toHaveLength(1 + 2 * shown);
	const line = csv.find((row) => row.startsWith('o200k_base,deu_1996,'));
	expect(Number(line?.split(',').at(-1))).toBe(await inflation.ratio('deu_1996', 'o200k_base'));

	const svg = await textOf(await inflation.exported('Picture as SVG'));
	const parsed = await page.evaluate((text) => {
		const document = new DOMParser().parseFromString(text, 'image/svg+xml');
		return {
			broken: document.querySelector('parsererror') !== null,
			marks: document.querySelectorAll('circle').length
		};
	}, svg);
	// Two of them are the legend's.
	expect(parsed).toEqual({ broken: false, marks: 2 * shown + 2 });

	const png = readFileSync(await (await inflation.exported('Picture as PNG')).path());
	expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	expect(png.readUInt32BE(16)).toBe(2 * 960);
});

test('has a table of the same figures, sorted by the pressed column', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	await page.getByText('Figures as a table').click();
	const table = page.getByRole('region', { name: 'Premiums as a table' });
	const firstOf = () => table.locator('tbody tr').first().getByRole('rowheader').textContent();
	expect((await firstOf())?.trim()).toBe('Burmese');
	await table.getByRole('button', { name: 'language', exact: true }).click();
	expect((await firstOf())?.trim()).toBe('Arabic, Standard');
	await expect(inflation.rows.first()).toHaveAttribute('aria-label', /^Arabic/);
	await table.getByRole('button', { name: 'Finnish' }).click();
	await expect(inflation.explained).toContainText('Finnish');
});

test('draws one article and one word in the explained tokenizer', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	await inflation.explainIn('o200k_base');
	await page.getByLabel('Article', { exact: true }).selectOption('3');
	const english = page.getByRole('region', { name: 'Article 3, English' });
	// "Everyone has the right to life, liberty and security of person."
	await expect(english.locator('[data-token-id]').first()).toHaveAttribute(
		'data-token-id',
		'52414'
	);
	await expect(page.getByRole('region', { name: 'Article 3, Turkish' })).toContainText('Yaşamak');
	await page.getByText('Hungarian', { exact: true }).last().click();
	await expect(page.getByText('in your houses”')).toBeVisible();
	await page.getByText('Figures as a table').click();
	await page.getByRole('heading', { name: 'Formulas' }).click();
	await expect(page).toHaveURL(/word=hun&open=table\+formulas/);
	await page.reload();
	await expect(page.getByText('in your houses”')).toBeVisible();
	await expect(page.getByRole('region', { name: 'Premiums as a table' })).toBeVisible();
	await expect(page.getByText('scores = layers · heads · n²')).toBeVisible();
	await expect(page.getByText(/In o200k_base the word takes \d+ tokens/)).toBeVisible();
});

test('calculates the cost of a prompt, with quadratic and linear work', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open('?lang=mya&open=costs');
	const costs = page.getByRole('region', { name: 'Cost of the prompt' });
	const line = (name: string) => costs.getByRole('row', { name: new RegExp(`^${name}`) });
	const ratio = await inflation.ratio('mya', 'cl100k_base');
	await expect(line('Tokens')).toContainText(`${ratio.toFixed(2)}×`);
	await expect(line('Attention scores')).toContainText(`${(ratio * ratio).toFixed(2)}×`);
	await expect(line('Work that grows with n²')).toContainText(`${(ratio * ratio).toFixed(2)}×`);
	const prices = page.getByLabel('Prices of');
	const preset = (await prices.inputValue()) || '';
	expect(preset).not.toBe('');
	await page.getByLabel('Price $').fill('100');
	// An edited price has no source or date.
	await expect(prices.locator('option:checked')).toHaveText('custom figures');
	await expect(page.getByTitle('Source of price and window')).toHaveCount(0);
	// 2,000 tokens at $100 per million.
	await expect(line('Price')).toContainText('$0.200');
	await expect(line('1,000 such prompts')).toContainText('$200');
	await page.getByLabel('Prompt in English').fill('0');
	await expect(page.getByRole('main').getByRole('alert')).toHaveText(
		'Enter a whole number from 1 to 1,000,000,000. 2,000 is still used.'
	);
	await page.getByLabel('Prompt in English').fill('2000');
	await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
	await page.getByLabel('Model shape').selectOption('GPT-2 (124M)');
	// 2 · 12 layers · 12 heads · 64 wide · 2,000 tokens · 4 bytes.
	await expect(line('Key/value cache')).toContainText('147 MB');
	await expect(page).toHaveURL(/model=GPT-2.*price=100/);
	await page.reload();
	await expect(line('Price')).toContainText('$0.20');
	await expect(line('Key/value cache')).toContainText('147 MB');
});

test('measures the user’s texts, and a link restores them', async ({ page, context }) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	await page.getByText('Your own texts').click();
	await page.getByLabel('Text 1, English').fill('from those in our houses');
	await page.getByLabel('Text 2, Turkish').fill('evlerimizdekilerden');
	const parts = page.getByRole('region', { name: 'Why your texts' });
	const table = page.getByRole('region', { name: 'Your texts in each tokenizer' });
	await expect(table.getByRole('row', { name: /^characters 24 19 0\.79×/ })).toBeVisible();
	// Of both current texts, which the table above has shown.
	const ratio = await parts.getByRole('row', { name: /^Turkish/ }).textContent();
	for (const tokenizer of ['cl100k_base', 'o200k_base']) {
		await expect(
			table.getByRole('row', { name: new RegExp(`^${tokenizer} 5 \\d+ `) })
		).toBeVisible();
	}
	const turkish = page.getByRole('region', { name: 'Your text, Turkish' });
	const counted = Number((await turkish.locator('header b').textContent()) ?? NaN);
	await expect(turkish.locator('[data-token-id]')).toHaveCount(counted);
	await expect(table.getByRole('row', { name: `cl100k_base 5 ${counted} ` })).toBeVisible();
	await page.getByRole('button', { name: 'Add text' }).click();
	await expect(page.getByText('Enter a text for Text 3 to see its premium.')).toBeVisible();
	await page.getByRole('button', { name: 'Remove Text 3' }).click();
	await expect(page).toHaveURL(/#v1\.t=/);
	const other = await context.newPage();
	await other.goto(page.url());
	await expect(other.getByLabel('Text 2, Turkish')).toHaveValue('evlerimizdekilerden');
	const restored = other.getByRole('region', { name: 'Why your texts' });
	await expect(restored.getByRole('row', { name: /^Turkish/ })).toHaveText(ratio ?? '');
});

test('counts the user’s texts exactly as they were pasted', async ({ page, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await new InflationPage(page).open('?open=own');
	const table = page.getByRole('region', { name: 'Your texts in each tokenizer' });
	const paste = async (text: string) => {
		await page.evaluate((content) => navigator.clipboard.writeText(content), text);
		await page.getByLabel('Text 1, English').focus();
		await page.keyboard.press('ControlOrMeta+a');
		await page.keyboard.press('ControlOrMeta+v');
	};
	await paste('one\r\ntwo');
	await expect(table.getByRole('row', { name: /^characters 8 / })).toBeVisible();
	await paste('word '.repeat(30_000));
	await expect(table.getByRole('row', { name: /^characters 150,000 / })).toBeVisible();
});

test('says which tokenizer is best for a language', async ({ page }) => {
	test.slow();
	const inflation = new InflationPage(page);
	await inflation.open('?lang=hin');
	await page.getByText('Which tokenizer is best for Hindi?').click();
	await expect(page.getByText(/^Best in gemma3 \(1\.34×\)/)).toBeVisible();
});

test('there are at most seven controls before the first result', async ({ page }) => {
	await new InflationPage(page).open();
	const stops: string[] = [];
	for (let i = 0; i < 20; i++) {
		await page.keyboard.press('Tab');
		const stop = await page.evaluate(() => {
			const element = document.activeElement;
			if (!element || element.closest('[role="listbox"], .scroll')) return null;
			// The button that skips to the content is a way around the controls.
			return element.closest('nav, .skip, header a') ? 'link' : element.outerHTML.slice(0, 60);
		});
		if (stop === null) break;
		if (stop !== 'link') stops.push(stop);
	}
	expect(stops.length).toBeGreaterThan(0);
	expect(stops.length).toBeLessThanOrEqual(7);
});

test('a section that cannot be loaded says so, and is open after a reload', async ({
	page,
	context
}) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	await context.setOffline(true);
	await page.getByRole('heading', { name: 'Formulas' }).click();
	await expect(page.getByRole('alert')).toHaveText(
		'“Formulas” could not be loaded. Check the connection and reload the page.'
	);
	await expect(page).toHaveURL(/open=formulas/);
	await context.setOffline(false);
	await page.reload();
	await expect(page.getByText('premium = tokens(language) / tokens(baseline)')).toBeVisible();
	await expect(page.getByRole('alert')).toHaveCount(0);
});
