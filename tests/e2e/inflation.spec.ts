import { expect, test } from './shared';
import { InflationPage } from './inflation-page';
import { chooseItem, controlsBefore, LabPage, openOptions, saveFile } from './lab-page';
import { expectDimmed, watchFigures } from './seen-frames';
import { holdableWorkers, slowWorkers } from './slow-workers';

test('claims, explains and prices one and the same language, and shows a word', async ({
	page
}) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	const stops = await controlsBefore(page, '[role="listbox"], .scroll');
	expect(stops.length, stops.join('\n')).toBeLessThanOrEqual(8);
	await expect(inflation.headline).toHaveText(
		'The same text takes 15.7 times as many tokens in Burmese as in English with GPT-4’s tokenizer, and 4.2 times as many with GPT-4o’s.'
	);
	await expect(
		page.getByText('Each vertical line marks twice the value of the previous line.')
	).toBeVisible();
	const detail = page.getByRole('region', { name: /^Burmese/ });
	await expect(detail).toContainText('Why 15.7 times as many tokens as English?');
	// Burmese: 35,050 bytes, 12,318 characters. English: 8,286 bytes, 8,276 characters. 1.49 × 2.84 × 3.71 = 15.7.
	for (const row of [
		...['12,318 8,276 1.49×', '2.85 1.00 2.84×', '0.68 0.18 3.71×'],
		'23,944 1,525 15.7×'
	])
		await expect(detail.getByRole('row', { name: row })).toBeVisible();
	await expect(page.getByRole('region', { name: 'What a longer prompt costs' })).toContainText(
		'15.7 times the tokens make 247 times the pairs.'
	);

	const word = page.getByRole('region', { name: 'One Turkish word, 4 tokens' });
	await expect(word.getByRole('listitem')).toHaveText([
		...[/ev.*house.*id 3721/, /ler.*id 1565/, /iniz.*your.*id 70739/, /den.*from.*id 5294/],
		...[/from.*id 505/, /your.*id 701/, /houses.*id 15316/]
	]);
	await inflation.explaining.selectOption('o200k_base');
	await expect(detail).toContainText('Why 4.2 times as many tokens as English?');
	await expect(word).toContainText('id 20650');
	await expect(page).toHaveURL(/in=o200k_base/);
});

test('another baseline is chosen by pointer and by keyboard, and changes every premium', async ({
	page
}) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	await openOptions(page);
	const field = page.getByRole('combobox', { name: 'Baseline' });
	// The most likely language comes first. The others are sorted by name without punctuation, so "(Bataknese)" isn't
	// first among them.
	await expect(field.locator('option').first()).toHaveText('English');
	await expect(field.locator('option').nth(1)).toHaveText(/^A/);
	await expect(field.locator('option')).toHaveCount(521);
	const turkish = await inflation.ratio('tur', 'cl100k_base');
	await field.selectOption('Turkish');
	await expect(inflation.mark('tur', 'cl100k_base')).toHaveAttribute('data-ratio', '1');
	expect(await inflation.ratio('eng', 'cl100k_base')).toBeCloseTo(1 / turkish, 12);
	await expect(inflation.headline).toContainText('tokens in Burmese as in Turkish with');
	await expect(page.getByTestId('suffix-verdict')).toContainText('Finnish and Hungarian put more');
	await field.selectOption('Burmese');
	await expect(inflation.headline).toContainText('takes more tokens than Burmese');
	await expect(inflation.explained).not.toContainText('Burmese');
	await field.focus();
	await page.keyboard.press('End');
	await expect(field).not.toHaveValue('mya');
	await expect(page).toHaveURL(new RegExp(`base=${await field.inputValue()}\\b`));
});

test('explains the language that is chosen, also in the table', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open();
	await page.getByText('The figures as a table').click();
	// On a phone, the explanation is in view.
	await page.setViewportSize({ width: 360, height: 740 });
	await inflation.rows.nth(1).click();
	await expect(inflation.explained).toContainText('Hindi');
	await expect(inflation.explained).toBeInViewport();
	const table = page.getByRole('region', { name: 'Premiums as a table' });
	await expect(table.getByRole('row', { name: /^Finnish Latin/ })).toBeVisible();
	await expect(page).toHaveURL(/lang=hin/);
});

test('measures all languages until it is stopped, and finds them', async ({ page }) => {
	const workers = await holdableWorkers(page);
	const inflation = new InflationPage(page);
	await inflation.open('?t=gpt2');
	await workers.hold();
	await page.getByRole('button', { name: 'Show all 521' }).press('Enter');
	await page.getByRole('button', { name: 'Stop' }).click();
	await workers.release();
	const stopped = page.getByText(
		/^Stopped\. Languages measured so far, out of 521: \d+ with gpt2\./
	);
	const before = (await stopped.textContent()) ?? '';
	// The headline still describes the languages that have been measured with every tokenizer.
	await expect(inflation.headline).toContainText('in Burmese as in English with GPT-2’s');
	await expect(page.getByText('in 12 languages.')).toBeVisible();
	// Only the visitor can restart the measurement.
	await openOptions(page);
	await page.getByLabel('Sort by name').check();
	await page.getByLabel('Script').selectOption('Myanmar');
	await expect(
		inflation.mark('shn', 'gpt2').or(inflation.mark('mya', 'gpt2')).first()
	).toBeVisible();
	await expect(inflation.mark('tur', 'gpt2')).toHaveCount(0);
	await page.getByLabel('Script').selectOption('');
	await page.keyboard.press('Escape');
	await page.getByLabel('Search languages').fill('gaelic');
	await expect(inflation.rows).toHaveCount(2);
	await page.getByLabel('Search languages').fill('klingon');
	await expect(page.getByText('No language matches “klingon”.')).toBeVisible();
	await page.getByRole('button', { name: 'Clear the search' }).click();
	await expect(stopped).toHaveText(before);
	await page.getByRole('button', { name: 'Export' }).click();
	await expect(page.getByRole('menu')).toContainText(/Leaves out [\d,]+ texts not measured yet/);
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByText(/^521 languages\./)).toBeVisible();
	await expect(inflation.ready).toBeVisible();
	await expect(page.getByText('in 521 languages.')).toBeVisible();
	expect(await inflation.rows.count()).toBeLessThan(60);
	await page.getByRole('listbox', { name: /^Languages by/ }).focus();
	await page.keyboard.press('End');
	await expect(inflation.rows.last()).toHaveAttribute('aria-posinset', '521');
	const { text } = await saveFile(page, () => chooseItem(page, 'Export', 'Figures as JSON'));
	expect(JSON.parse(text)).toHaveLength(521);
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
	const tokenizers = () =>
		inflation.explaining
			.locator('option')
			.evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
	await lab.choose('gpt2');
	await expect(page.getByText('Removed gpt2.')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect.poll(tokenizers).toEqual(['gpt2', 'cl100k_base']);
	for (const tokenizer of ['gpt2', 'cl100k_base']) await lab.choose(tokenizer);
	await expect(inflation.headline).toContainText('Choose a tokenizer');
	await expect(inflation.rows).toHaveCount(0);
	await expect(page.getByRole('region', { name: /^Burmese|^What a longer prompt/ })).toHaveCount(0);
	await page.getByRole('button', { name: 'Show cl100k_base and o200k_base' }).click();
	await expect(inflation.mark('tur', 'o200k_base')).toBeVisible();
	await expect(page.getByRole('region', { name: /^Burmese/ })).toBeVisible();
});

test('no token of an earlier tokenizer is shown as one of the current', async ({ page }) => {
	await slowWorkers(page, 300);
	const inflation = new InflationPage(page);
	await inflation.open();
	const word = 'section:has(#word-title) ol';
	await expect(page.locator(word).first()).toContainText('id 3721');
	await watchFigures(page, word);
	await inflation.explaining.selectOption('o200k_base');
	await expectDimmed(page);
	await expect(page.locator(word).first()).toContainText('id 5332');
});
