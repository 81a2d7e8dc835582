import { expect, test, type Page } from './shared';
import { IS_FULL } from '../support/size';
import { InflationPage } from './inflation-page';
import { LabPage } from './lab-page';
import { expectDimmed } from './seen-frames';
import { slowWorkers } from './slow-workers';

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

test('what fails is named and tried again, and the headline is dimmed until all are measured or fail', async ({
	page,
	context
}) => {
	const isVocabulary = (url: URL) => /\/llama2[^/]*\.bin$/.test(url.pathname);
	let fail = () => {};
	const failed = new Promise<void>((resolve) => (fail = resolve));
	await page.route(isVocabulary, async (route) => {
		await failed;
		await route.abort();
	});
	const inflation = new InflationPage(page);
	await new LabPage(page).open(
		'./inflation/?t=cl100k_base,o200k_base,llama2,gpt9&lang=tlh&open=own'
	);
	await expect(page.getByText('The link asks for the tokenizer “gpt9”')).toBeVisible();
	await page.getByRole('button', { name: 'Dismiss' }).click();
	const answers = [inflation.headline.locator('span'), inflation.verdict];
	for (const answer of answers) await expect(answer).toHaveClass(/stale/);
	fail();
	const alert = page.getByRole('alert').filter({ hasText: /^\s*llama2:/ });
	await expect(alert).toBeVisible();
	for (const answer of answers) await expect(answer).not.toHaveClass(/stale/);
	await expect(inflation.verdict).toContainText('In 2 of 3 tokenizers.');
	await page.unroute(isVocabulary);
	await alert.getByRole('button', { name: 'Try again' }).click();
	await expect(inflation.mark('tur', 'llama2')).toBeVisible();
	// The other parts of the page, which failed for the same reason, have tried again too.
	await expect(page.getByRole('region', { name: 'Your text, Turkish' })).toBeVisible();
	await expect(page.getByRole('alert').filter({ visible: true })).toHaveCount(0);

	await context.setOffline(true);
	await page.getByRole('heading', { name: 'Formulas' }).click();
	await expect(page.getByRole('alert').filter({ hasText: 'Formulas' })).toHaveText(
		'“Formulas” could not be loaded. Check the connection and reload the page.'
	);
	await expect(page).toHaveURL(/open=.*formulas/);
	await context.setOffline(false);
	await page.reload();
	await expect(page.getByText('premium = tokens(language) / tokens(baseline)')).toBeVisible();
});

if (IS_FULL)
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
		expect(await background(`${legend}:not(.hollow)`)).not.toBe(
			await background(`${legend}.hollow`)
		);
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
				.evaluate((row) => [
					getComputedStyle(row).outlineStyle,
					getComputedStyle(row).outlineWidth
				]);
		expect(await outline()).toEqual(['solid', '1px']);
		await list.focus();
		expect(await outline()).toEqual(['solid', '2px']);
	});
