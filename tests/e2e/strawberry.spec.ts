import { expect, test } from './shared';
import { get_encoding } from 'tiktoken';
import { drawnIds } from './lab-page';
import { expectDimmed, watchFigures } from './seen-frames';
import { slowWorkers } from './slow-workers';
import { StrawberryPage } from './strawberry-page';

/** Default tokenizers that tiktoken has. */
const ENCODINGS = ['cl100k_base', 'o200k_base', 'gpt2'] as const;
const referenceIds = (id: (typeof ENCODINGS)[number] | 'p50k_base', text: string) => {
	const encoding = get_encoding(id);
	const ids = [...encoding.encode(text)];
	encoding.free();
	return ids;
};

test('a word and its forms are split as by the reference, and its letters are counted, up to 10,000', async ({
	page
}) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	await page.getByText('Other forms', { exact: true }).click();
	await expect(page.locator('[data-variant]')).toHaveCount(11);
	const upper = page.locator('[data-variant="upper"] td').first();
	await expect(upper.locator('.chip')).toHaveText(['ST', 'RAW', 'B', 'ERRY']);
	// The bars between tokens are heard, not seen: only the browser's accessibility tree has them.
	const browser = await page.context().newCDPSession(page);
	const { nodes } = await browser.send('Accessibility.getFullAXTree');
	const names = nodes.flatMap(({ name }) => (typeof name?.value === 'string' ? name.value : []));
	expect(names).toContain('4 ST | RAW | B | ERRY');

	await lab.word.fill('草莓berry');
	await lab.letter.fill('草');
	await lab.ready();
	await expect(lab.letterCount).toHaveAttribute('data-letter-count', '1');
	for (const id of ENCODINGS) {
		expect(await lab.ids(id, 'alone')).toEqual(referenceIds(id, '草莓berry'));
		const lead = referenceIds(id, 'The');
		const sentence = referenceIds(id, 'The 草莓berry');
		expect(await lab.ids(id, 'sentence')).toEqual(sentence.slice(lead.length));
	}
	await expect(lab.card('gpt2')).toContainText('1 × 草 is whole in no token');
	// Every byte of the split characters is shown in its token.
	await expect(lab.card('gpt2').locator('[data-way="alone"] .hex')).toHaveText([
		...['e8', '8d', '89', 'e8', '8e', '93']
	]);
	await lab.letter.fill('R');
	await expect(lab.letterCount).toHaveAttribute('data-letter-count', '2');
	await page.getByLabel('Match case').check();
	await expect(lab.letterCount).toHaveAttribute('data-letter-count', '0');
	await lab.letter.fill('rr');
	await expect(page.getByText('“rr” is more than one letter. Type one.')).toBeVisible();
	await expect(page).toHaveURL(/case=exact.*#v1\.t=/);

	await lab.letter.fill('r');
	await lab.word.fill('r'.repeat(10_000));
	await lab.ready();
	await expect(lab.letterCount).toHaveAttribute('data-letter-count', '10000');
	const { length } = referenceIds('gpt2', 'r'.repeat(10_000));
	await expect(lab.card('gpt2')).toContainText(`${length.toLocaleString('en')} tokens alone`);
	expect(await page.locator('*').count()).toBeLessThan(12_000);
	await lab.word.fill('x'.repeat(30_000));
	await expect(page.getByRole('main').getByRole('alert')).toContainText(
		'Compare takes texts of any length'
	);
	await expect(lab.word).toHaveValue('r'.repeat(10_000));
});

test('the catalogue is loaded on request, and then answers as the user types', async ({ page }) => {
	// Of what is not there at first, all but one fail.
	await page.route(/(?<!(gpt2|llama2|cl100k_base|o200k_base|p50k_base)[.][^/]*)[.]bin$/, (route) =>
		route.abort()
	);
	const lab = new StrawberryPage(page);
	await lab.open();
	const row = page.locator('[data-row="p50k_base"]');
	await lab.word.fill('bookkeeper');
	await expect(row).toContainText('not loaded');
	await page.getByRole('button', { name: /^Load \d+ more vocabularies/ }).click();
	await expect(page.getByText(/^Loading \d+ of \d+/)).toBeVisible();
	await expect(row.locator('.count').first()).toBeVisible();
	await lab.word.fill('taloissammekin');
	const { length } = referenceIds('p50k_base', 'taloissammekin');
	await expect(row.locator('td').first().locator('.count')).toHaveText(String(length));
});

test('the keyboard moves between tokens, which are linked, and through the merges, to the encoding', async ({
	page
}) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	const token = (id: string, variant: string, at: number) =>
		lab.card(id).locator(`[data-way="${variant}"] [data-token-id]`).nth(at);
	await token('cl100k_base', 'alone', 0).focus();
	await page.keyboard.press('ArrowRight');
	await expect(token('cl100k_base', 'alone', 1)).toBeFocused();
	// "aw" is inside "raw" in gpt2, and inside the one token of the sentence.
	await expect(token('gpt2', 'alone', 1)).toHaveAttribute('aria-selected', 'true');
	await expect(token('gpt2', 'alone', 0)).toHaveAttribute('aria-selected', 'false');
	await page.keyboard.press('ArrowDown');
	await expect(token('cl100k_base', 'sentence', 0)).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('End');
	await expect(token('o200k_base', 'alone', 2)).toBeFocused();

	const ids = (id: string) => drawnIds(lab.merges(id));
	const traced = page.getByLabel('Tokenizer of the merges');
	await traced.selectOption('gpt2');
	await expect(lab.merges('gpt2')).toContainText('No merge joins st + raw.');
	expect(await ids('gpt2')).toEqual(referenceIds('gpt2', 'strawberry'));

	await page.getByTestId('step').focus();
	await page.keyboard.press('Home');
	await expect(lab.merges('gpt2')).not.toContainText('No merge joins');
	await traced.selectOption('cl100k_base');
	await expect.poll(() => ids('cl100k_base')).toHaveLength(10);
	await page.getByTestId('step').focus();
	for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
	await expect.poll(() => ids('cl100k_base')).toHaveLength(7);
	const current = lab.merges('cl100k_base').locator('[aria-current="step"]');
	await expect(current).toHaveText('3');
	// In forced colours, a line marks the current merge.
	await page.emulateMedia({ forcedColors: 'active' });
	const merges = lab.merges('cl100k_base').locator('[data-merge]');
	for (const [at, width] of ['0px', '0px', '3px'].entries())
		await expect(merges.nth(at)).toHaveCSS('border-left-width', width);
	await page.keyboard.press('End');
	await expect.poll(() => ids('cl100k_base')).toHaveLength(3);

	await traced.selectOption('llama3');
	await lab.merges('llama3').getByText('As a tree').click();
	await expect(
		lab.merges('llama3').getByRole('region', { name: /^How token \d was merged/ })
	).toHaveCount(3);

	// In a sentence, they end with its tokens, and of a phrase they show the pre-tokens.
	await expect(page.locator('[data-pieces]')).toHaveCount(0);
	await traced.selectOption('llama2');
	await page.getByText('After a space', { exact: true }).click();
	await expect(lab.merges('llama2').locator('[data-merge]')).toHaveCount(8);
	expect(await ids('llama2')).toEqual(await lab.ids('llama2', 'sentence'));
	await expect(page).toHaveURL(/merges=llama2&form=sentence/);
	await lab.word.fill('a quick strawberry');
	await expect(lab.merges('llama2').locator('[data-merge]').nth(8)).toBeAttached();
	await expect(lab.merges('llama2').locator('[data-pieces]')).toHaveCount(0);
	await traced.selectOption('cl100k_base');
	await expect(lab.merges('cl100k_base').locator('li.heading .pre-token')).toHaveText([
		...['·a', '·quick', '·strawberry']
	]);
});

test('no tokens or merges of an earlier word are shown as those of the current one', async ({
	page
}) => {
	await slowWorkers(page, 250);
	const lab = new StrawberryPage(page);
	await lab.open();
	const figures = ['[data-way="alone"]', '[data-merges] > .settle', 'h1 .headline'];
	for (const [word, table] of [
		['banana', 'tr[data-row] td:nth-child(2) .settle'],
		['strawberries', 'tr[data-variant="alone"] td .settle']
	]) {
		await watchFigures(page, ...figures, table);
		await lab.word.fill(word);
		await expect(page.getByText('split the word like that alone')).toHaveCount(0);
		await lab.ready();
		await expectDimmed(page);
		await page.getByText('Other forms', { exact: true }).click();
	}
	await watchFigures(page, '[data-merges] > .settle');
	await page.getByText('After a space', { exact: true }).click();
	await expectDimmed(page);
});

test('what failed is not asked for again by itself, and one button tries everything again', async ({
	page
}) => {
	const asked: string[] = [];
	const isVocabulary = (url: URL) => /\/llama3[.][^/]*\.bin$/.test(url.pathname);
	await page.route(isVocabulary, (route) => {
		asked.push(route.request().url());
		return route.abort();
	});
	const lab = new StrawberryPage(page);
	const failed = page.getByRole('alert').filter({ hasText: 'Try again' });
	await lab.open();
	await page.getByLabel('Tokenizer of the merges').selectOption('llama3');
	await expect(failed).toBeVisible();
	const { length } = asked;
	// Other changes ask nothing about it.
	await page.getByLabel('Match case').check();
	await lab.choose('o200k_base');
	await expect(failed).toBeVisible();
	expect(asked).toHaveLength(length);
	await page.unroute(isVocabulary);
	await failed.getByRole('button', { name: 'Try again' }).click();
	await expect(lab.merges('llama3').locator('.token-text')).toHaveText('strawberry');
	await expect(failed).toHaveCount(0);
});
