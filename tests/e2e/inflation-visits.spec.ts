import { expect, test } from '@playwright/test';
import { cli, InflationPage, textOf, type PrintedRow } from './inflation-page';
import { LabPage } from './lab-page';

test('a second visit shows cached measures, and replaces those of other texts', async ({
	page,
	context
}) => {
	const inflation = new InflationPage(page);
	await inflation.open('?t=gpt2&all=1');
	await expect(page.getByText('521 languages shown')).toBeVisible();
	const shown = await inflation.exported('Figures as JSON').then(textOf);
	await page.close();

	const visit = async () => {
		const other = await context.newPage();
		const fetched: string[] = [];
		other.on('request', (request) => fetched.push(new URL(request.url()).pathname));
		await new LabPage(other).open('./inflation/?t=gpt2&all=1');
		return { other, fetched, page: new InflationPage(other) };
	};
	const second = await visit();
	await expect(second.other.getByText('521 texts cached from an earlier visit.')).toBeVisible();
	await expect(second.page.status).toHaveCount(0);
	expect(await second.page.exported('Figures as JSON').then(textOf)).toBe(shown);
	expect(second.fetched.filter((path) => /all[.-][\w-]+\.bin$/.test(path))).toEqual([]);
	await second.other.getByRole('button', { name: 'Measure again' }).click();
	await expect(second.page.status).toBeVisible();
	await expect(second.other.getByText('earlier visit')).toHaveCount(0);

	const changed = await second.other.evaluate(
		() =>
			new Promise<number>((resolve, reject) => {
				const opened = indexedDB.open('bpe-lab-measures');
				opened.onerror = () => reject(new Error('no database'));
				opened.onsuccess = () => {
					const store = opened.result.transaction('measures', 'readwrite').objectStore('measures');
					const read = store.getAll();
					read.onsuccess = () => {
						// As if they were of another text.
						const records = read.result as { measures: Map<string, { bytes: number }> }[];
						for (const record of records) {
							for (const measure of record.measures.values()) measure.bytes++;
							store.put(record);
						}
						store.transaction.oncomplete = () => resolve(records.length);
					};
				};
			})
	);
	expect(changed).toBe(1);
	await second.other.close();
	const third = await visit();
	await expect(third.page.status).toContainText('521 texts');
	expect(await third.page.exported('Figures as JSON').then(textOf)).toBe(shown);
});

test('loads no more vocabularies after the page was left', async ({ page }) => {
	const vocabularies: string[] = [];
	const waiting: (() => void)[] = [];
	const isVocabulary = (url: URL) => /\/(?!all|first)[\w-]+[.][\w-]{8}\.bin$/.test(url.pathname);
	await page.route(isVocabulary, async (route) => {
		if (route.request().url().includes('/gpt2.')) return route.continue();
		vocabularies.push(route.request().url());
		await new Promise<void>((go) => waiting.push(go));
		return route.continue();
	});
	const inflation = new InflationPage(page);
	await inflation.open('?t=gpt2');
	await page.getByText('Which tokenizer is best for Turkish?').click();
	await expect.poll(() => vocabularies.length).toBe(2);
	await page.getByRole('link', { name: 'Drift' }).click();
	await expect(page).toHaveURL(/drift/);
	for (const go of waiting) go();
	await page.getByRole('link', { name: 'Inflation' }).click();
	await expect(inflation.rows).toHaveCount(12);
	const fetched = (name: string) => vocabularies.some((url) => url.includes(`/${name}.`));
	expect([fetched('gemma3'), fetched('qwen3'), fetched('deepseek-v3')]).toEqual([
		false,
		false,
		false
	]);
});

test('measures a tokenizer trained on the Train page', async ({ page }) => {
	await new LabPage(page).open('./train/');
	await page.getByTestId('corpus-input').fill('insan hakları evrensel beyannamesi '.repeat(40));
	await page.getByTestId('vocab-size').fill('300');
	await page.getByTestId('train').click();
	await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
	await page.getByLabel('Save the tokenizer as').fill('haklar');
	await page.getByRole('button', { name: 'Save in this browser' }).click();
	await expect(page.getByText('Saved as “haklar”')).toBeVisible();

	const inflation = new InflationPage(page);
	await inflation.open();
	await new LabPage(page).choose('haklar');
	const marks = page.locator('[data-tokenizer^="own-"]');
	await expect(marks).toHaveCount(12);
	await expect(inflation.status).toBeVisible();
	// It was trained on one Turkish sentence, so bytes cost about as much in any language.
	const id = (await marks.first().getAttribute('data-tokenizer')) ?? '';
	expect(await inflation.ratio('tur', id)).toBeLessThan(1.2);
	await expect(page).toHaveURL(/t=cl100k_base,o200k_base,own-/);
	await page.reload();
	await expect(marks).toHaveCount(12);
});

test('never shows a dropped script as cheap, like the command line', async ({ page }, info) => {
	// Trained on English with the bytes that occur in it: no other script has tokens.
	const corpus = "The quick brown fox jumps over the lazy dog, (a) and 'b'; 1. 2. 3.\n".repeat(40);
	await new LabPage(page).open('./train/');
	await page.getByTestId('corpus-input').fill(corpus + corpus.toUpperCase());
	await page.getByTestId('vocab-size').fill('400');
	await page.getByText('Rules').first().click();
	await page.getByLabel(/the bytes that occur/).check();
	await page.getByTestId('train').click();
	await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
	await page.getByLabel('Save the tokenizer as').fill('latin');
	const saved = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export' }).click();
	await page.getByRole('menuitem', { name: /tokenizer\.json/ }).click();
	const file = info.outputPath('latin.json');
	await (await saved).saveAs(file);
	await page.getByRole('button', { name: 'Save in this browser' }).click();
	await expect(page.getByText('Saved as “latin”')).toBeVisible();

	const inflation = new InflationPage(page);
	await inflation.open('?t=gpt2');
	await new LabPage(page).choose('latin');
	const dropped = page.locator('[data-dropped][data-tokenizer^="own-"]');
	await expect(dropped.filter({ hasText: '∅' }).first()).toBeVisible();
	await expect(page.locator('[data-dropped][data-language="mya"]')).toBeVisible();
	await expect(
		page.getByText('latin has no tokens for part of the text in 11 of 12')
	).toBeVisible();
	await page.getByRole('button', { name: 'Show all 521' }).click();
	await expect(inflation.status).toBeVisible();
	const rows = JSON.parse(
		await textOf(await inflation.exported('Figures as JSON'))
	) as PrintedRow[];
	const shown = rows.filter(({ tokenizer }) => tokenizer.startsWith('own-'));
	const printed = cli('-t', file);
	const byCode = (list: readonly PrintedRow[]) =>
		new Map(list.map(({ language, tokens, ratio }) => [language, { tokens, ratio }]));
	expect(shown).toHaveLength(521);
	expect(byCode(shown)).toEqual(byCode(printed));
	expect(byCode(printed).get('rus')?.ratio).toBeNull();
});

test('says what to do if no tokenizer is chosen, and hides earlier results', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open('?t=gpt2');
	await new LabPage(page).choose('gpt2');
	await expect(page.getByText('No tokenizer is chosen')).toBeVisible();
	await expect(inflation.rows).toHaveCount(0);
	await expect(inflation.status).toHaveCount(0);
	await expect(page.getByRole('region', { name: /^Turkish|^What a longer prompt/ })).toHaveCount(0);
	await page.getByRole('button', { name: 'show cl100k_base and o200k_base' }).click();
	await expect(inflation.mark('tur', 'o200k_base')).toBeVisible();
	await expect(page.getByRole('region', { name: /^Turkish/ })).toBeVisible();
	await expect(page.getByRole('region', { name: 'What a longer prompt costs' })).toBeVisible();
});

test('reports that the texts are loading, not the loaded vocabulary', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open('?t=gpt2');
	await page.evaluate(() => {
		const status = document.querySelector('main .status[role="status"]');
		const seen: string[] = [];
		Object.assign(window, { seen });
		if (!status) throw new Error('no status');
		new MutationObserver(() => seen.push(status.textContent ?? '')).observe(status, {
			subtree: true,
			childList: true,
			characterData: true
		});
	});
	await page.getByRole('button', { name: 'Show all 521' }).click();
	await expect(inflation.status).toContainText('509 texts');
	const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen.join('\n'));
	expect(seen).toContain('Loading the texts');
	expect(seen).not.toContain('vocabulary');
});

test('adopts the tokenizers chosen on Compare', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=llama3,yours');
	await lab.ready();
	await page.getByRole('link', { name: 'Inflation' }).click();
	const inflation = new InflationPage(page);
	await expect(inflation.mark('tur', 'llama3')).toBeVisible();
	await expect(page.locator('[data-tokenizer="yours"]')).toHaveCount(0);
	await expect(page).toHaveURL(/inflation.*t=llama3/);
});

test('reports a bad link and a failed download, and tries again', async ({ page }) => {
	const isVocabulary = (url: URL) => /\/llama2[^/]*\.bin$/.test(url.pathname);
	await page.route(isVocabulary, (route) => route.abort());
	await new LabPage(page).open('./inflation/?t=llama2,gpt9&lang=tlh&open=own');
	await expect(page.getByText('The link asks for the tokenizer “gpt9”')).toBeVisible();
	await page.getByRole('button', { name: 'Dismiss' }).click();
	const failed = page.getByRole('alert').filter({ hasText: /^\s*llama2:/ });
	await expect(failed).toBeVisible();
	await page.unroute(isVocabulary);
	await failed.getByRole('button', { name: 'Try again' }).click();
	const inflation = new InflationPage(page);
	await expect(inflation.mark('tur', 'llama2')).toBeVisible();
	await expect(failed).toHaveCount(0);
	// The other parts of the page, which failed for the same reason, have tried again too.
	const own = page.getByRole('region', { name: 'Your own texts' });
	await expect(own.getByRole('region', { name: 'Your text, Turkish' })).toBeVisible();
	await expect(page.getByRole('alert').filter({ visible: true })).toHaveCount(0);
});
