import { expect, test } from './shared';
import { InflationPage } from './inflation-page';
import { controlsBefore, LabPage } from './lab-page';
import { holdableWorkers } from './slow-workers';

test('another baseline is chosen by pointer and by keyboard, and changes every premium', async ({
	page
}) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	const stops = await controlsBefore(page, '[role="listbox"], .scroll');
	expect(stops.length, stops.join('\n')).toBeLessThanOrEqual(7);

	const field = page.getByRole('combobox', { name: 'Baseline' });
	// The most likely one first, the others by plain name: not "(Bataknese)".
	await expect(field.locator('option').first()).toHaveText('English');
	await expect(field.locator('option').nth(1)).toHaveText(/^A/);
	await expect(field.locator('option')).toHaveCount(521);
	const turkish = await inflation.ratio('tur', 'cl100k_base');
	await field.selectOption('Turkish');
	await expect(inflation.mark('tur', 'cl100k_base')).toHaveAttribute('data-ratio', '1');
	expect(await inflation.ratio('eng', 'cl100k_base')).toBeCloseTo(1 / turkish, 12);
	await expect(inflation.headline).toContainText('tokens in Burmese as in Turkish.');
	await expect(inflation.verdict).toContainText('Finnish and Hungarian take');
	await field.focus();
	await page.keyboard.type('zulu');
	await expect(field).toHaveValue('zul');
	await expect(page).toHaveURL(/base=zul/);
});

test('calculates the cost of a prompt, and explains a language and a word in each tokenizer', async ({
	page
}) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	await inflation.toggle('Figures as a table');
	const ratio = await inflation.ratio('tur', 'cl100k_base');
	const prompt = page.getByLabel('Prompt in English');
	await prompt.fill('300000');
	await prompt.fill('0');
	await expect(page.getByRole('main').getByRole('alert')).toContainText('300,000 is still used.');
	await prompt.fill('2000');
	const section = page.getByRole('region', { name: 'What a longer prompt costs' });
	const [times, squared] = [ratio, ratio * ratio].map((value) => value.toPrecision(3));
	await expect(section).toContainText(`${times} times the tokens make ${squared} times the pairs.`);
	const costs = page.getByRole('region', { name: 'Cost of the prompt' });
	const line = (name: string) => costs.getByRole('row', { name: new RegExp(`^${name}`) });
	await expect(line('Attention scores')).toContainText(`${(ratio * ratio).toFixed(2)}×`);
	await page.getByLabel('Price $').fill('100');
	// An edited price has no source or date.
	await expect(page.getByLabel('Prices of').locator('option:checked')).toHaveText('custom figures');
	await expect(page.getByTitle('Source of price and window')).toHaveCount(0);
	// 2,000 tokens at $100 per million.
	await expect(line('Price')).toContainText('$0.200');

	const table = page.getByRole('region', { name: 'Premiums as a table' });

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
	const words = page.getByRole('radiogroup', { name: 'Language of the word' });
	await words.getByText('Hungarian').click();
	await expect(page.getByText('in your houses”')).toBeVisible();
	await table.getByRole('button', { name: 'language', exact: true }).click();
	await expect(inflation.rows.first()).toHaveAttribute('aria-label', /^Arabic/);
	await table.getByRole('button', { name: 'Finnish' }).click();
	await expect(inflation.explained).toContainText('Finnish');
});

test('measures all languages until it is stopped, and finds them', async ({ page }) => {
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
	const exported = JSON.parse(await inflation.exportedJson()) as unknown[];
	expect(exported).toHaveLength(521);
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
