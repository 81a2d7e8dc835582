import { expect, test, type Page } from '@playwright/test';
import { InflationPage } from './inflation-page';
import { LabPage } from './lab-page';
import { expectDimmed } from './seen-frames';
import { holdableWorkers, slowWorkers } from './slow-workers';

/** Records at every frame what is shown at full strength, but is about an earlier choice. */
const watchFrames = (page: Page) =>
	page.evaluate(() => {
		const frames = (window.seenFrames = { wrong: new Set<string>(), stale: 0 });
		const isFull = (element: Element) => element.closest('.stale') === null;
		/** A figure that must name a choice. */
		const expectName = (place: string, element: Element | null | undefined, choice?: string) => {
			if (!element || choice === undefined || !isFull(element)) return;
			if (!element.textContent?.includes(choice))
				frames.wrong.add(`${place} without ${choice}: ${element.textContent?.trim()}`);
		};
		const section = (title: string) =>
			document.getElementById(title)?.closest('section') ?? undefined;
		const look = () => {
			const tokenizer = document.querySelector<HTMLInputElement>(
				'[aria-label="Tokenizer to explain"] :checked'
			)?.value;
			const language = document.getElementById('why-title')?.firstChild?.textContent?.trim();
			const field = document.querySelector<HTMLInputElement>('[role="combobox"]');
			// While it is searched, the field shows the search.
			const isSearched = field?.getAttribute('aria-expanded') === 'true';
			const baseline = isSearched ? undefined : field?.value;
			const article = document.querySelector<HTMLSelectElement>(
				'select[aria-label="Article"]'
			)?.value;
			const word = document.querySelector('[aria-label="Language of the word"] .chosen');
			const articles = section('article-title');
			expectName('article', articles?.querySelector('p.intro'), tokenizer);
			const [first, second] = articles?.querySelectorAll('section') ?? [];
			expectName('article', first, baseline);
			expectName('article', second, language);
			for (const column of articles?.querySelectorAll('section') ?? []) {
				const label = column.getAttribute('aria-label') ?? '';
				if (isFull(column) && !label.startsWith(`Article ${article},`))
					frames.wrong.add(`${label} for article ${article}`);
			}
			const words = section('word-title');
			expectName('word', words?.querySelector('p.intro'), tokenizer);
			const english = { Turkish: 'from those', Finnish: 'too', Hungarian: 'in your houses' };
			const name = word?.textContent?.trim() as keyof typeof english | undefined;
			expectName('word', words?.querySelector('.whole'), name && english[name]);
			const texts = [...document.querySelectorAll('.texts textarea')] as HTMLTextAreaElement[];
			const table = document.querySelector('[aria-label="Your texts in each tokenizer"]');
			const sizes = [...(table?.querySelectorAll('tbody tr:first-child td') ?? [])];
			if (table && isFull(table) && sizes[0].textContent !== String(texts[0].value.length))
				frames.wrong.add(`${sizes[0].textContent} characters for ${texts[0].value}`);
			const headers = table?.querySelector('thead')?.textContent ?? '';
			if (table && isFull(table))
				for (const { value } of document.querySelectorAll<HTMLInputElement>(
					'input[aria-label^="Name of"]'
				))
					if (!headers.includes(value)) frames.wrong.add(`a table without ${value}`);
			if (document.querySelector('.stale')) frames.stale++;
			requestAnimationFrame(look);
		};
		look();
	});

test('no frame shows figures of an earlier choice at full strength', async ({ page }) => {
	await slowWorkers(page, 300);
	const inflation = new InflationPage(page);
	await inflation.open('?open=own');
	await expect(page.getByRole('region', { name: 'Your texts in each tokenizer' })).toBeVisible();
	await watchFrames(page);
	const words = page.getByRole('radiogroup', { name: 'Language of the word' });
	await inflation.explainIn('o200k_base');
	await words.getByText('Hungarian').click();
	await page.getByLabel('Article', { exact: true }).selectOption('3');
	await inflation.explain('Finnish');
	await inflation.chooseBaseline('russian');
	await page.getByLabel('Text 1, English').fill('in our houses');
	await page.getByLabel('Text 1, English').pressSequentially(' too', { delay: 30 });
	await page.getByLabel('Name of text 1').fill('Englisch');
	await words.getByText('Finnish').click();
	await expect(page.getByText('in our houses too”')).toBeVisible();
	await expect(
		page
			.getByRole('region', { name: 'Your texts in each tokenizer' })
			.getByRole('row', { name: /^characters 17 / })
	).toBeVisible();
	await expect(page.getByRole('region', { name: 'Article 3, Russian' })).toBeVisible();
	await expectDimmed(page);
});

test('the verdict says in how many tokenizers it holds, and is dimmed like the headline until all are measured', async ({
	page
}) => {
	const isVocabulary = (url: URL) => /\/gpt2[^/]*\.bin$/.test(url.pathname);
	let fail = () => {};
	const failed = new Promise<void>((resolve) => (fail = resolve));
	await page.route(isVocabulary, async (route) => {
		await failed;
		await route.abort();
	});
	const inflation = new InflationPage(page);
	await inflation.open();
	await new LabPage(page).choose('gpt2');
	const sentence = inflation.headline.locator('span');
	for (const one of [sentence, inflation.verdict]) await expect(one).toHaveClass(/stale/);
	await expect(inflation.verdict).toContainText('In 2 of 3 tokenizers.');
	fail();
	await expect(page.getByRole('alert').filter({ hasText: 'gpt2:' })).toBeVisible();
	for (const one of [sentence, inflation.verdict]) await expect(one).not.toHaveClass(/stale/);
	await expect(inflation.verdict).toContainText('In 2 of 3 tokenizers.');
});

test('a removed text and a removed tokenizer come back where they were', async ({ page }) => {
	const inflation = new InflationPage(page);
	await inflation.open('?t=gpt2,cl100k_base,o200k_base&sort=cl100k_base&in=cl100k_base&open=own');
	const explained = page.getByRole('radiogroup', { name: 'Tokenizer to explain' });
	const tokenizers = () =>
		explained
			.getByRole('radio')
			.evaluateAll((all) => all.map((radio) => (radio as HTMLInputElement).value));
	await new LabPage(page).choose('cl100k_base');
	await expect(page.getByText('Removed cl100k_base.')).toBeVisible();
	expect(await tokenizers()).toEqual(['gpt2', 'o200k_base']);
	await page.getByRole('button', { name: 'Undo' }).click();
	expect(await tokenizers()).toEqual(['gpt2', 'cl100k_base', 'o200k_base']);
	await expect(explained.locator(':checked')).toHaveValue('cl100k_base');
	await expect(
		page.getByRole('button', { name: 'Sort by cl100k_base', pressed: true })
	).toBeVisible();

	await page.getByRole('button', { name: 'Add text' }).click();
	await page.getByLabel('Text 1, English').fill('a\tb');
	await page.getByRole('button', { name: 'Remove English' }).click();
	await expect(page.getByLabel('Name of text 1')).toHaveValue('Turkish');
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByLabel('Name of text 1')).toHaveValue('English');
	await expect(page.getByLabel('Text 1, English')).toHaveValue('a\tb');
	await expect(page.getByLabel('Name of text 3')).toHaveValue('Text 3');
});

test('measuring all languages stays stopped', async ({ page }) => {
	const workers = await holdableWorkers(page);
	const inflation = new InflationPage(page);
	await inflation.open();
	await workers.hold();
	await page.getByRole('button', { name: 'Show all 521' }).click();
	await page.getByRole('button', { name: 'Stop' }).click();
	await workers.release();
	const stopped = page.getByText(/^Stopped( after \d+ of 521 languages)?\./);
	await expect(stopped).toBeVisible();
	const before = await stopped.textContent();
	await inflation.chooseBaseline('turkish');
	await page.getByRole('listbox', { name: /^Languages by premium/ }).focus();
	await page.keyboard.press('End');
	await page.getByLabel('Sort by name').check();
	await page.getByLabel('Search languages').fill('z');
	await expect(page).toHaveURL(/q=z/);
	await expect(stopped).toHaveText(before ?? '');
	const menu = page.getByRole('button', { name: 'Export' });
	await menu.click();
	await expect(page.getByRole('menu')).toContainText(/Without [\d,]+ texts that are not measured/);
	await page.keyboard.press('Escape');
	await page.getByLabel('Search languages').fill('');
	await workers.hold();
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(menu).toHaveAccessibleDescription(
		'Wait until every language is measured, or stop measuring.'
	);
	await workers.release();
	await expect(inflation.status).toBeVisible();
});

test('in forced colours, the two series and the chosen row differ by more than colour', async ({
	page
}) => {
	await page.emulateMedia({ forcedColors: 'active' });
	const inflation = new InflationPage(page);
	await inflation.open();
	const background = (selector: string) =>
		page
			.locator(selector)
			.first()
			.evaluate((dot) => getComputedStyle(dot).backgroundColor);
	const legend = '.head.together i';
	expect(await background(`${legend}:not(.hollow)`)).not.toBe(await background(`${legend}.hollow`));
	expect(await background(`${legend}:not(.hollow)`)).toBe(
		await background('[data-tokenizer="cl100k_base"]')
	);
	expect(await background(`${legend}.hollow`)).toBe(
		await background('[data-tokenizer="o200k_base"]')
	);
	const list = page.getByRole('listbox', { name: /^Languages by premium/ });
	const outline = () =>
		list
			.locator('[aria-selected="true"]')
			.evaluate((row) => [getComputedStyle(row).outlineStyle, getComputedStyle(row).outlineWidth]);
	expect(await outline()).toEqual(['solid', '1px']);
	await list.focus();
	expect(await outline()).toEqual(['solid', '2px']);
});

test('right-to-left texts keep their direction in fields, articles and tables', async ({
	page
}) => {
	const inflation = new InflationPage(page);
	await inflation.open('?lang=arb&open=own');
	const directionOf = (selector: string) =>
		page
			.locator(selector)
			.first()
			.evaluate((element) => getComputedStyle(element).direction);
	expect(
		await directionOf(
			'[aria-label="Article 1, Arabic, Standard"] [lang="arb"], [aria-label="Article 1, Arabic, Standard"] [lang="ar"]'
		)
	).toBe('rtl');
	await page.getByLabel('Name of text 2').fill('عربي');
	await page.getByLabel('Text 2, عربي').fill('في بيوتنا');
	expect(await directionOf('[aria-label="Name of text 2"]')).toBe('rtl');
	expect(await directionOf('[data-testid="own-text-2"]')).toBe('rtl');
	const column = page.getByRole('region', { name: 'Your text, عربي' });
	await expect(column).toBeVisible();
	expect(await column.locator('h3').evaluate((title) => getComputedStyle(title).direction)).toBe(
		'rtl'
	);
	expect(
		await column
			.locator('[data-token-id]')
			.first()
			.evaluate((token) => getComputedStyle(token.closest('[dir]') ?? token).direction)
	).toBe('rtl');
});
