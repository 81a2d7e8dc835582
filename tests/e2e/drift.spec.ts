import { expect, test } from './shared';
import { sized } from '../support/size';
import { LabPage } from './lab-page';

test('fetches no vocabulary until a case comes into sight', async ({ page }) => {
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	await page.setViewportSize({ width: 1280, height: 480 });
	await new LabPage(page).open('./drift/');
	const [elements, height] = await page.evaluate(() => [
		document.querySelectorAll('*').length,
		document.documentElement.scrollHeight
	]);
	expect(elements).toBeLessThanOrEqual(1500);
	expect(height).toBeLessThanOrEqual(3500);
	expect(asked.filter((path) => path.endsWith('.bin'))).toEqual([]);

	const first = page.locator('[data-case="llama3-without-its-pre-tokenizer"]');
	await first.scrollIntoViewIfNeeded();
	await expect(first).toHaveAttribute('data-case-status', 'reproduced');
});

test('the button that reproduces all stays where it is while a case goes on', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 400 });
	// Vocabularies never arrive, so the first case never finishes.
	let asked = 0;
	await page.route(/llama3[.].*\.bin$/, () => {
		asked++;
	});
	await new LabPage(page).open('./drift/');
	const all = page.getByRole('button', { name: /^Reproduce all/ });
	await all.evaluate((button) => button.scrollIntoView({ block: 'end' }));
	await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
	const place = () =>
		all.evaluate((button) => {
			const { left, top } = button.getBoundingClientRect();
			return { left, top: top + scrollY };
		});
	const before = await place();
	await page.locator('[data-case]').first().scrollIntoViewIfNeeded();
	await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
	await expect.poll(() => asked).toBe(1);
	expect(await place()).toEqual(before);
	await all.click();
	await expect(page.getByText(/^Reproducing bug 1 of/)).toHaveText(
		/^Reproducing bug 1 of \d\d in your browser…$/
	);
});

test('reproduces cases in the browser, and stops', async ({ page }) => {
	test.slow();
	await new LabPage(page).open('./drift/');
	await page.getByRole('button', { name: /^Reproduce all/ }).click();
	const count = await page.locator('[data-case]').count();
	expect(count).toBeGreaterThanOrEqual(50);
	const checked = page.locator('[data-case-status]');
	await expect.poll(() => checked.count()).toBeGreaterThanOrEqual(sized(4, count));
	const others = await page
		.locator('[data-case-status]:not([data-case-status="reproduced"])')
		.evaluateAll((items) => items.map((item) => item.getAttribute('data-case')));
	expect(others).toEqual([]);
	if (sized(true, false)) {
		await page.getByRole('button', { name: 'Stop' }).click();
		await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
		expect(await checked.count()).toBeLessThan(count);
	} else
		await expect(
			page.getByText(`Tried ${count} bugs in your browser so far: all reproduced.`)
		).toBeVisible();
});

test('finds a case, and copies a link that opens it, alone in an embedded page', async ({
	page,
	context
}) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await new LabPage(page).open('./drift/?q=BOS');
	const cases = page.locator('[data-case]');
	await page.getByLabel('Kind of bug').selectOption('post-processor');
	await expect(page).toHaveURL(/\?stage=post-processor#v1\?q=BOS$/);
	await expect(page.getByText(/^\d+ of \d\d bugs$/)).toBeVisible();
	await page.getByRole('button', { name: 'Show all' }).click();
	expect(await cases.count()).toBeGreaterThanOrEqual(50);
	const item = page.locator('[data-case="two-bos"]');
	await item.locator('summary').click();
	await item.getByRole('button', { name: 'Copy link' }).click();
	await expect(item.getByText('Copied the link.')).toBeVisible();
	const link = await page.evaluate(() => navigator.clipboard.readText());
	expect(link).toMatch(/\/drift\/?\?case=two-bos$/);

	await new LabPage(page).open(link);
	await expect(item.getByTestId('answer')).toBeVisible();
	await expect(item.locator('summary')).toBeInViewport();
	await expect(cases.locator('details[open]')).toHaveCount(1);

	await new LabPage(page).open('./drift/?embed&case=two-bos');
	await expect(item.getByTestId('answer')).toBeVisible();
	await expect(cases.filter({ visible: true })).toHaveCount(1);
	await expect(page.getByText('The model reads')).toBeHidden();
	await expect(page.getByLabel('Search')).toBeHidden();
});

test('a case shows both sides and its checks, and opens in Diff and Compare with its input', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open('./drift/');
	const item = page.locator('[data-case="ignore-merges-lost"]');
	await item.locator('summary').focus();
	await page.keyboard.press('Enter');
	await expect(item.getByTestId('answer')).toContainText('Self-encode');
	// These ids were published in llama.cpp#7193.
	await expect(item.locator('[data-token-id="101798"]')).toBeVisible();
	await expect(item.locator('[data-token-id="11655"]')).toBeVisible();
	await item.getByRole('link', { name: /^Open in Diff ?:/ }).click();
	await expect(page.getByTestId('tokenizer-b').locator('option:checked')).toContainText(
		'merging inside whole tokens'
	);
	await expect(page.locator('[data-token-id="101798"]').first()).toBeVisible();
	await expect(page.locator('[data-token-id="11655"]').first()).toBeVisible();

	// A case about a library has no second tokenizer, so it opens in Compare.
	await page.goBack();
	const ofLibrary = page.locator('[data-case="next-line-is-no-space"]');
	await ofLibrary.locator('summary').click();
	await ofLibrary
		.getByRole('link', { name: /^Open in Compare/ })
		.first()
		.click();
	await expect(page.locator('[data-tokenizer]')).toHaveCount(1);
	await expect(lab.count('cl100k_base')).toBeVisible();
});

test('shows how the model misreads a sentence, also one that is typed', async ({ page }) => {
	await new LabPage(page).open('./drift/');
	const example = page.getByRole('region', { name: 'One example' });
	const reading = page.getByTestId('reading');
	// In the tokenizers trained by the build, id 2045 is " below" in B and " waters" in A.
	await expect(example).toContainText('below → B writes id 2045 → in A, id 2045 is “waters”');
	await expect(reading).toHaveText('We were waters deck fiscal the islands went sovereign.');
	await expect(reading.locator('mark')).toHaveText(['waters', 'fiscal', 'islands', 'sovereign']);

	const sentence = page.getByLabel('You write');
	await sentence.fill('Those people work because of this 👩‍🚀.');
	await expect(example).toContainText(/people → B writes id 1154 → in A, id 1154 is “Islands”/);
	await expect(reading).toContainText('Islands military');
	await expect(reading).toContainText('👩‍🚀');
	await expect(page).toHaveURL(/#v1\?sentence=Those\+people/);
	await page.reload();
	await expect(sentence).toHaveValue(/^Those people/);
	await expect(reading).toContainText('Islands military');

	await sentence.fill('a');
	await expect(example).toContainText('The model reads this correctly.');
	await sentence.fill('');
	await expect(reading).toBeEmpty();
});

test('leads from page to page of Drift, and from a step of a family to a diff with the same figures', async ({
	page
}) => {
	await page.goto('./drift/');
	const pages = page.getByRole('navigation', { name: 'Drift' });
	await expect(pages.locator('[aria-current="page"]')).toHaveText('Bugs');
	await pages.getByRole('link', { name: 'Versions' }).click();
	await expect(pages.locator('[aria-current="page"]')).toHaveText('Versions');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'The same Hindi text takes 8,350 tokens in GPT-4 and 2,421 in GPT-4o.'
	);
	await page.getByRole('link', { name: 'Mistral', exact: true }).first().click();
	await expect(page).toHaveURL(/drift\/lineages\/?#mistral$/);
	await expect(page.getByRole('heading', { name: 'Mistral', exact: true })).toBeInViewport();
	await expect(page.getByRole('heading', { level: 2 })).toHaveCount(8);
	const table = page.getByRole('table', { name: 'Tokens for the same text, OpenAI' });
	// Rows: a header, eleven languages and code. GPT-4o and gpt-oss share a column.
	await expect(table.getByRole('row')).toHaveCount(13);
	await expect(table.getByRole('row', { name: /^Hindi/ }).getByRole('cell')).toHaveText([
		'13,372',
		'13,372',
		'8,350',
		'2,421'
	]);

	await page.goto('about:blank');
	await page.goto('./drift/lineages/#gpt2-p50k_base');
	const step = page.locator('[data-step="gpt2-p50k_base"]');
	await expect(step).toBeInViewport();
	await expect(step).toContainText('50,256 kept, 0 moved, 24 added, 0 removed');
	await expect(step).toContainText('Crash.');
	await step.getByRole('link', { name: 'Open in Diff' }).click();
	await expect(page).toHaveURL(/drift\/diff\/?\?a=gpt2&b=p50k_base/);
	await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'crash');
	await expect(page.locator('[data-check="vocabulary"]')).toContainText('24');
	// The link opens the same comparison again, even after the visitor has changed it.
	const b = page.getByTestId('tokenizer-b');
	await b.selectOption('llama2');
	await page.goBack();
	await step.getByRole('link', { name: 'Open in Diff' }).click();
	await expect(b).toHaveValue('p50k_base');
	await page.goBack();
	await step.getByRole('link', { name: 'p50k_base', exact: true }).click();
	await expect(page).toHaveURL(/vocabulary\/?\?tokenizer=p50k_base$/);
});

test('a text of Versions opens in Compare with the same counts, and can be undone', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2');
	await lab.text.fill('My own text.');
	await page.getByRole('link', { name: 'Drift', exact: true }).click();
	await page.getByRole('link', { name: 'Versions' }).click();
	const mistral = page.getByRole('table', { name: 'Tokens for the same text, Mistral' });
	await mistral.getByRole('button', { name: 'Turkish, open in Compare' }).click();
	await expect(page.locator('[data-tokenizer]')).toHaveCount(3);
	await expect(lab.count('mistral-v1')).toHaveText('3924');
	await expect(lab.count('mistral-tekken')).toHaveText('2503');
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(lab.text).toHaveValue('My own text.');
});
