import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test, type Download, type Locator, type Page } from '@playwright/test';
import { LabPage } from './lab-page';

const ROOT = resolve(import.meta.dirname, '../..');

/** What `bpe-lab inflation --json` prints, as far as it is looked at here. */
interface PrintedRow {
	readonly tokenizer: string;
	readonly language: string;
	readonly tokens: number;
	readonly ratio: number | null;
}

function cli(...args: string[]): PrintedRow[] {
	const printed = execFileSync('node', ['src/cli/bin.js', 'inflation', ...args, '--json'], {
		cwd: ROOT,
		encoding: 'utf8',
		maxBuffer: 1e8
	});
	return JSON.parse(printed) as PrintedRow[];
}

/** The Inflation page as a user knows it. */
class InflationPage {
	constructor(readonly page: Page) {}

	get status(): Locator {
		return this.page.getByText('Measured now');
	}
	get rows(): Locator {
		return this.page.getByRole('listbox', { name: /^Languages by tokens/ }).getByRole('option');
	}
	get claim(): Locator {
		return this.page.getByRole('heading', { level: 1 });
	}
	mark(language: string, tokenizer: string): Locator {
		return this.page.locator(`[data-language="${language}"][data-tokenizer="${tokenizer}"]`);
	}
	async ratio(language: string, tokenizer: string): Promise<number> {
		return Number(await this.mark(language, tokenizer).getAttribute('data-ratio'));
	}
	async open(search = ''): Promise<void> {
		await new LabPage(this.page).open(`./inflation/${search}`);
		await expect(this.status).toBeVisible();
	}
	/** What a menu of exports saves. */
	async exported(name: string): Promise<Download> {
		const download = this.page.waitForEvent('download');
		await this.page.getByRole('button', { name: 'Export' }).click();
		await this.page.getByRole('menuitem', { name }).click();
		return download;
	}
}

const textOf = async (download: Download) => readFileSync(await download.path(), 'utf8');

test('shows a finished picture before any script runs', async ({ browser, baseURL }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
	const page = await context.newPage();
	const atlas = new InflationPage(page);
	await page.goto('./inflation/');
	await expect(atlas.rows).toHaveCount(12);
	await expect(page.locator('[data-language][data-tokenizer]')).toHaveCount(24);
	expect((await atlas.ratio('tur', 'cl100k_base')).toFixed(2)).toBe('2.02');
	expect((await atlas.ratio('mya', 'o200k_base')).toFixed(2)).toBe('4.20');
	await expect(atlas.claim).toContainText('true here: Turkish, Finnish and Hungarian cost');
	// What leads, why, and the square beside the real share of the work.
	await expect(page.getByText('Dearest of all 12: Burmese, 15.70× in cl100k_base')).toContainText(
		/: vocabulary [\d.]+× \(tokens a byte\) · script 2\.84× \(bytes a character\) · length/
	);
	await expect(page.getByText('15.70× the tokens are 247× the attention scores')).toContainText(
		/which are \d+ % of a layer’s work at 31,402 tokens and [\d.]+ % at 2,000 tokens/
	);
	await expect(page.getByRole('region', { name: 'Article 1, Turkish' })).toContainText('60 tokens');
	await context.close();
});

test('measures what the command line measures, for all languages', async ({ page }) => {
	const atlas = new InflationPage(page);
	await atlas.open('?t=gemma3,llama2&all=1&base=fin');
	await expect(page.getByText('521 languages shown')).toBeVisible();
	const rows = JSON.parse(await textOf(await atlas.exported('Figures as JSON'))) as PrintedRow[];
	const printed = cli('-t', 'gemma3', '-t', 'llama2', '--baseline', 'fin');
	const keyed = (list: readonly PrintedRow[]) =>
		list.toSorted((a, b) => (a.tokenizer + a.language < b.tokenizer + b.language ? -1 : 1));
	expect(rows).toHaveLength(2 * 521);
	expect(keyed(rows)).toEqual(keyed(printed));
});

test('another baseline changes every ratio, and the claim', async ({ page }) => {
	const atlas = new InflationPage(page);
	await atlas.open();
	const turkish = await atlas.ratio('tur', 'cl100k_base');
	await page.getByLabel('Baseline').selectOption('Turkish');
	await expect(atlas.mark('tur', 'cl100k_base')).toHaveAttribute('data-ratio', '1');
	expect(await atlas.ratio('eng', 'cl100k_base')).toBeCloseTo(1 / turkish, 12);
	await expect(atlas.claim).toContainText('Finnish and Hungarian cost');
	await expect(page).toHaveURL(/base=tur/);
});

test('filters by script and by name through all languages, and says where there is none', async ({
	page
}) => {
	const atlas = new InflationPage(page);
	await atlas.open();
	await page.getByLabel('Script').selectOption('Myanmar');
	await expect(atlas.mark('shn', 'cl100k_base')).toBeVisible();
	await expect(atlas.mark('tur', 'cl100k_base')).toHaveCount(0);
	await page.getByLabel('Script').selectOption('');
	await page.getByLabel('Search languages').fill('gaelic');
	await expect(atlas.rows).toHaveCount(2);
	await page.getByLabel('Search languages').fill('myanmar');
	await expect(atlas.mark('mya', 'cl100k_base')).toBeVisible();
	await page.getByLabel('Search languages').fill('venda');
	await expect(atlas.rows.filter({ hasText: 'Venda (ven)' })).toHaveCount(1);
	await expect(atlas.rows.filter({ hasText: 'Venda (ven2)' })).toHaveCount(1);
	await page.getByLabel('Search languages').fill('klingon');
	await expect(page.getByText('No language is named “klingon”.')).toBeVisible();
	await page.getByRole('button', { name: 'Show the first ones' }).click();
	await expect(atlas.rows).toHaveCount(12);
});

test('shows all languages a window at a time, and looks into one by keys alone', async ({
	page
}) => {
	const atlas = new InflationPage(page);
	await atlas.open();
	await page.getByRole('button', { name: 'all 521' }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText('521 languages shown')).toBeVisible();
	await expect(atlas.status).toBeVisible();
	expect(await atlas.rows.count()).toBeLessThan(60);
	await page.getByRole('listbox', { name: /^Languages by tokens/ }).focus();
	await page.keyboard.press('Home');
	const dearest = (await atlas.rows.first().getAttribute('aria-label'))?.split(':')[0] ?? '';
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: `Why ${dearest}?` })).toBeVisible();
	await page.keyboard.press('End');
	await expect(atlas.rows.last()).toHaveAttribute('aria-posinset', '521');
});

test('exports what is shown: CSV, SVG and PNG', async ({ page }) => {
	const atlas = new InflationPage(page);
	await atlas.open();
	await page.getByLabel('Search languages').fill('german');
	await expect(atlas.mark('deu_1996', 'o200k_base')).toBeVisible();
	await expect(atlas.status).toBeVisible();
	const shown = await atlas.rows.count();
	const csv = (await textOf(await atlas.exported('Figures as CSV'))).trimEnd().split('\r\n');
	expect(csv[0]).toBe('tokenizer,language,bcp47,name,tokens,bytes,chars,words,ratio');
	expect(csv).toHaveLength(1 + 2 * shown);
	const line = csv.find((row) => row.startsWith('o200k_base,deu_1996,'));
	expect(Number(line?.split(',').at(-1))).toBe(await atlas.ratio('deu_1996', 'o200k_base'));

	const svg = await textOf(await atlas.exported('Picture as SVG'));
	const parsed = await page.evaluate((text) => {
		const document = new DOMParser().parseFromString(text, 'image/svg+xml');
		return {
			broken: document.querySelector('parsererror') !== null,
			marks: document.querySelectorAll('circle').length
		};
	}, svg);
	// Two of them are the legend's.
	expect(parsed).toEqual({ broken: false, marks: 2 * shown + 2 });

	const png = readFileSync(await (await atlas.exported('Picture as PNG')).path());
	expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	expect(png.readUInt32BE(16)).toBe(2 * 960);
});

test('has a table of the same figures, sorted by what is pressed', async ({ page }) => {
	const atlas = new InflationPage(page);
	await atlas.open();
	await page.getByText('As a table').click();
	const table = page.getByRole('region', { name: 'Ratios as a table' });
	const firstOf = () => table.locator('tbody tr').first().getByRole('rowheader').textContent();
	expect((await firstOf())?.trim()).toBe('Burmese');
	await table.getByRole('button', { name: 'language', exact: true }).click();
	expect((await firstOf())?.trim()).toBe('Arabic, Standard');
	await expect(atlas.rows.first()).toHaveAttribute('aria-label', /^Arabic/);
	await table.getByRole('button', { name: 'Finnish' }).click();
	await expect(page.getByRole('heading', { name: 'Why Finnish?' })).toBeVisible();
});

test('draws one article and one word under the tokenizer that is looked into', async ({ page }) => {
	const atlas = new InflationPage(page);
	await atlas.open();
	await page.getByLabel('Tokenizer that is looked into').selectOption('o200k_base');
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
	await page.getByText('As a table').click();
	await page.getByText('Formulas').click();
	await expect(page).toHaveURL(/word=hun&open=table\+formulas/);
	await page.reload();
	await expect(page.getByText('in your houses”')).toBeVisible();
	await expect(page.getByRole('region', { name: 'Ratios as a table' })).toBeVisible();
	await expect(page.getByText('scores = layers · heads · n²')).toBeVisible();
	await expect(page.getByText(/In o200k_base the word takes \d+ tokens/)).toBeVisible();
});

test('reckons what a prompt costs, the square beside the linear part', async ({ page }) => {
	const atlas = new InflationPage(page);
	await atlas.open('?lang=mya');
	const costs = page.getByRole('region', { name: 'What the prompt costs' });
	const line = (name: string) => costs.getByRole('row', { name: new RegExp(`^${name}`) });
	const ratio = await atlas.ratio('mya', 'cl100k_base');
	await expect(line('Tokens')).toContainText(`${ratio.toFixed(2)}×`);
	await expect(line('Attention scores')).toContainText(`${(ratio * ratio).toFixed(2)}×`);
	await expect(line('Work that grows with n²')).toContainText(`${(ratio * ratio).toFixed(2)}×`);
	const prices = page.getByLabel('Prices of');
	const preset = (await prices.inputValue()) || '';
	expect(preset).not.toBe('');
	await page.getByLabel('Price $').fill('100');
	// What is typed is nobody's price, and of no date.
	await expect(prices.locator('option:checked')).toHaveText('own figures');
	await expect(page.getByTitle('Source of price and window')).toHaveCount(0);
	// 2,000 tokens at $100 a million.
	await expect(line('Price')).toContainText('$0.20');
	await page.getByLabel('Prompt in English').fill('0');
	await expect(page.getByRole('alert')).toHaveText(
		'expected a whole number from 1 to 1,000,000,000; 2,000 still counts'
	);
	await page.getByLabel('Prompt in English').fill('2000');
	await expect(page.getByRole('alert')).toHaveCount(0);
	await page.getByLabel('Inside').selectOption('GPT-2 (124M)');
	// 2 · 12 layers · 12 heads · 64 wide · 2,000 tokens · 4 bytes.
	await expect(line('Key/value cache')).toContainText('147 MB');
	await expect(page).toHaveURL(/model=GPT-2.*price=100/);
	await page.reload();
	await expect(line('Price')).toContainText('$0.20');
	await expect(line('Key/value cache')).toContainText('147 MB');
});

test('measures texts of one’s own, and a link brings them back', async ({ page, context }) => {
	const atlas = new InflationPage(page);
	await atlas.open();
	await page.getByText('Your own texts').click();
	await page.getByLabel('Text 1, English').fill('from those in our houses');
	await page.getByLabel('Text 2, Turkish').fill('evlerimizdekilerden');
	const parts = page.getByRole('region', { name: 'Why your texts' });
	const table = page.getByRole('region', { name: 'Your texts in each tokenizer' });
	await expect(table.getByRole('row', { name: /^characters 24 19 0\.79×/ })).toBeVisible();
	// Of both texts as they are now, which the table above has shown.
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
	await page.getByRole('button', { name: '+ text' }).click();
	await expect(page.getByText('Nothing is typed for Text 3, so there is no ratio.')).toBeVisible();
	await page.getByRole('button', { name: 'Remove Text 3' }).click();
	await expect(page).toHaveURL(/#v1\.t=/);
	const other = await context.newPage();
	await other.goto(page.url());
	await expect(other.getByLabel('Text 2, Turkish')).toHaveValue('evlerimizdekilerden');
	const restored = other.getByRole('region', { name: 'Why your texts' });
	await expect(restored.getByRole('row', { name: /^Turkish/ })).toHaveText(ratio ?? '');
});

test('counts texts of one’s own as they were pasted, whole and with their line ends', async ({
	page,
	context
}) => {
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

test('a second visit shows at once what the first measured, and measures damage anew', async ({
	page,
	context
}) => {
	const atlas = new InflationPage(page);
	await atlas.open('?t=gpt2&all=1');
	await expect(page.getByText('521 languages shown')).toBeVisible();
	const shown = await atlas.exported('Figures as JSON').then(textOf);
	await page.close();

	const visit = async () => {
		const other = await context.newPage();
		const fetched: string[] = [];
		other.on('request', (request) => fetched.push(new URL(request.url()).pathname));
		await new LabPage(other).open('./inflation/?t=gpt2&all=1');
		return { other, fetched, page: new InflationPage(other) };
	};
	const second = await visit();
	await expect(second.other.getByText('521 measured here on an earlier visit.')).toBeVisible();
	await expect(second.page.status).toHaveCount(0);
	expect(await second.page.exported('Figures as JSON').then(textOf)).toBe(shown);
	expect(second.fetched.filter((path) => /all[.-][\w-]+\.bin$/.test(path))).toEqual([]);
	await second.other.getByRole('button', { name: 'Measure again' }).click();
	await expect(second.page.status).toBeVisible();
	await expect(second.other.getByText('earlier visit')).toHaveCount(0);

	const damaged = await second.other.evaluate(
		() =>
			new Promise<number>((resolve, reject) => {
				const opened = indexedDB.open('bpe-lab-measures');
				opened.onerror = () => reject(new Error('no database'));
				opened.onsuccess = () => {
					const store = opened.result.transaction('columns', 'readwrite').objectStore('columns');
					const read = store.getAll();
					read.onsuccess = () => {
						const columns = read.result as { figures: Uint32Array }[];
						for (const column of columns) {
							column.figures[0] = 1;
							store.put(column);
						}
						store.transaction.oncomplete = () => resolve(columns.length);
					};
				};
			})
	);
	expect(damaged).toBe(1);
	await second.other.close();
	const third = await visit();
	await expect(third.page.status).toContainText('521 texts');
	expect(await third.page.exported('Figures as JSON').then(textOf)).toBe(shown);
});

test('leaves no vocabularies to be fetched for a page that was left', async ({ page }) => {
	const vocabularies: string[] = [];
	const waiting: (() => void)[] = [];
	const isVocabulary = (url: URL) => /\/(?!all|first)[\w-]+-[\w-]{8}\.bin$/.test(url.pathname);
	await page.route(isVocabulary, async (route) => {
		if (route.request().url().includes('/gpt2-')) return route.continue();
		vocabularies.push(route.request().url());
		await new Promise<void>((go) => waiting.push(go));
		return route.continue();
	});
	const atlas = new InflationPage(page);
	await atlas.open('?t=gpt2');
	await page.getByText('Which tokenizer treats Turkish best?').click();
	await expect.poll(() => vocabularies.length).toBe(2);
	await page.getByRole('link', { name: 'Drift' }).click();
	await expect(page).toHaveURL(/drift/);
	for (const go of waiting) go();
	await page.getByRole('link', { name: 'Inflation' }).click();
	await expect(atlas.rows).toHaveCount(12);
	const fetched = (name: string) => vocabularies.some((url) => url.includes(`/${name}-`));
	expect([fetched('gemma3'), fetched('qwen3'), fetched('deepseek-v3')]).toEqual([
		false,
		false,
		false
	]);
});

test('a tokenizer trained on the Train page is measured beside real ones', async ({ page }) => {
	await new LabPage(page).open('./train/');
	await page.getByTestId('corpus-input').fill('insan hakları evrensel beyannamesi '.repeat(40));
	await page.getByTestId('vocab-size').fill('300');
	await page.getByTestId('train').click();
	await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
	await page.getByLabel(/The tokenizer at merge/).fill('haklar');
	await page.getByRole('button', { name: 'Keep in this browser' }).click();
	await expect(page.getByText('Kept as “haklar”')).toBeVisible();

	const atlas = new InflationPage(page);
	await atlas.open();
	await new LabPage(page).choose('haklar');
	const marks = page.locator('[data-tokenizer^="own-"]');
	await expect(marks).toHaveCount(12);
	await expect(atlas.status).toBeVisible();
	// It has seen one Turkish sentence: bytes cost it about as much in any language.
	const id = (await marks.first().getAttribute('data-tokenizer')) ?? '';
	expect(await atlas.ratio('tur', id)).toBeLessThan(1.2);
	await expect(page).toHaveURL(/t=cl100k_base,o200k_base,own-/);
	await page.reload();
	await expect(marks).toHaveCount(12);
});

test('never shows a script as cheap that a tokenizer drops, as the command line does', async ({
	page
}, info) => {
	// Trained on English with the bytes that occur in it: no other script has tokens.
	const corpus = "The quick brown fox jumps over the lazy dog, (a) and 'b'; 1. 2. 3.\n".repeat(40);
	await new LabPage(page).open('./train/');
	await page.getByTestId('corpus-input').fill(corpus + corpus.toUpperCase());
	await page.getByTestId('vocab-size').fill('400');
	await page.getByText('Rules').first().click();
	await page.getByLabel(/the bytes that occur/).check();
	await page.getByTestId('train').click();
	await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
	await page.getByLabel(/The tokenizer at merge/).fill('latin');
	const saved = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export' }).click();
	await page.getByRole('menuitem', { name: /tokenizer\.json/ }).click();
	const file = info.outputPath('latin.json');
	await (await saved).saveAs(file);
	await page.getByRole('button', { name: 'Keep in this browser' }).click();
	await expect(page.getByText('Kept as “latin”')).toBeVisible();

	const atlas = new InflationPage(page);
	await atlas.open('?t=gpt2');
	await new LabPage(page).choose('latin');
	const dropped = page.locator('[data-dropped][data-tokenizer^="own-"]');
	await expect(dropped.filter({ hasText: '∅' }).first()).toBeVisible();
	await expect(page.locator('[data-dropped][data-language="mya"]')).toBeVisible();
	await expect(
		page.getByText('latin has no tokens for part of the text in 11 of 12')
	).toBeVisible();
	await page.getByRole('button', { name: 'all 521' }).click();
	await expect(atlas.status).toBeVisible();
	const rows = JSON.parse(await textOf(await atlas.exported('Figures as JSON'))) as PrintedRow[];
	const shown = rows.filter(({ tokenizer }) => tokenizer.startsWith('own-'));
	const printed = cli('-t', file);
	const byCode = (list: readonly PrintedRow[]) =>
		new Map(list.map(({ language, tokens, ratio }) => [language, { tokens, ratio }]));
	expect(shown).toHaveLength(521);
	expect(byCode(shown)).toEqual(byCode(printed));
	expect(byCode(printed).get('rus')?.ratio).toBeNull();
});

test('tells which tokenizer treats a language best', async ({ page }) => {
	test.slow();
	const atlas = new InflationPage(page);
	await atlas.open('?lang=hin');
	await page.getByText('Which tokenizer treats Hindi best?').click();
	await expect(page.getByText(/^Best in gemma3 \(1\.34×\)/)).toBeVisible({ timeout: 60_000 });
});

test('says what to do where no tokenizer is chosen, and shows nothing of before', async ({
	page
}) => {
	const atlas = new InflationPage(page);
	await atlas.open('?t=gpt2');
	await new LabPage(page).choose('gpt2');
	await expect(page.getByText('No tokenizer is chosen')).toBeVisible();
	await expect(atlas.rows).toHaveCount(0);
	await expect(atlas.status).toHaveCount(0);
	await expect(
		page.getByRole('region', { name: /^Why|What it costs|What the prompt/ })
	).toHaveCount(0);
	await page.getByRole('button', { name: 'take cl100k_base and o200k_base' }).click();
	await expect(atlas.mark('tur', 'o200k_base')).toBeVisible();
	await expect(page.getByRole('region', { name: 'What the prompt costs' })).toBeVisible();
});

test('says that the texts are loaded, not the vocabulary that is there', async ({ page }) => {
	const atlas = new InflationPage(page);
	await atlas.open('?t=gpt2');
	await page.evaluate(() => {
		const status = document.querySelector('main [role="status"]');
		const seen: string[] = [];
		Object.assign(window, { seen });
		if (!status) throw new Error('no status');
		new MutationObserver(() => seen.push(status.textContent ?? '')).observe(status, {
			subtree: true,
			childList: true,
			characterData: true
		});
	});
	await page.getByRole('button', { name: 'all 521' }).click();
	await expect(atlas.status).toContainText('509 texts');
	const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen.join('\n'));
	expect(seen).toContain('Loading the texts');
	expect(seen).not.toContain('vocabulary');
});

test('takes over the tokenizers that were chosen on Compare', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=llama3,yours');
	await lab.ready();
	await page.getByRole('link', { name: 'Inflation' }).click();
	const atlas = new InflationPage(page);
	await expect(atlas.mark('tur', 'llama3')).toBeVisible();
	await expect(page.locator('[data-tokenizer="yours"]')).toHaveCount(0);
	await expect(page).toHaveURL(/inflation.*t=llama3/);
});

test('says what is wrong with a link, and what could not be fetched, and tries again', async ({
	page
}) => {
	const isVocabulary = (url: URL) => /\/llama2[^/]*\.bin$/.test(url.pathname);
	await page.route(isVocabulary, (route) => route.abort());
	await new LabPage(page).open('./inflation/?t=llama2,gpt9&lang=tlh&open=own');
	await expect(page.getByText('The link asks for the tokenizer “gpt9”')).toBeVisible();
	await page.getByRole('button', { name: 'Dismiss' }).click();
	const failed = page.getByRole('alert').filter({ hasText: /^\s*llama2:/ });
	await expect(failed).toBeVisible();
	await page.unroute(isVocabulary);
	await failed.getByRole('button', { name: 'Try again' }).click();
	const atlas = new InflationPage(page);
	await expect(atlas.mark('tur', 'llama2')).toBeVisible();
	await expect(failed).toHaveCount(0);
	// Each part of the page that could not be drawn has its own button.
	const own = page.getByRole('region', { name: 'Your own texts' });
	await own.getByRole('button', { name: 'Try again' }).click();
	await expect(own.getByRole('region', { name: 'Your text, Turkish' })).toBeVisible();
	await expect(own.getByRole('alert')).toHaveCount(0);
});

test('a newcomer meets at most seven controls before the first result', async ({ page }) => {
	await new InflationPage(page).open();
	const stops: string[] = [];
	for (let i = 0; i < 20; i++) {
		await page.keyboard.press('Tab');
		const stop = await page.evaluate(() => {
			const element = document.activeElement;
			if (!element || element.closest('[role="listbox"], .scroll')) return null;
			return element.closest('nav') ? 'link' : element.outerHTML.slice(0, 60);
		});
		if (stop === null) break;
		if (stop !== 'link') stops.push(stop);
	}
	expect(stops.length).toBeGreaterThan(0);
	expect(stops.length).toBeLessThanOrEqual(7);
});
