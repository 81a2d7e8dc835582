import { expect, test, type Locator, type Page } from '@playwright/test';
import { cardsOf, openOptions } from './lab-page';
import { addressOf, PAGE_LINKS } from './linked-pages';

const expectCards = (page: Page, ...tokenizers: readonly string[]) =>
	expect.poll(() => cardsOf(page)).toEqual(tokenizers);

const select = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });

async function expectValues(of: Page | Locator, values: Readonly<Record<string, string>>) {
	for (const [label, value] of Object.entries(values))
		await expect(of.getByLabel(label, { exact: true }), label).toHaveValue(value);
}

async function expectChosen(page: Page, groups: Readonly<Record<string, string>>) {
	for (const [name, value] of Object.entries(groups))
		await expect(page.getByRole('radiogroup', { name }).locator(':checked'), name).toHaveValue(
			value
		);
}

const unfold = (details: Locator) =>
	details.evaluate((element: HTMLDetailsElement) => (element.open = true));

const SEEN: Readonly<Record<keyof typeof PAGE_LINKS, (page: Page) => Promise<void>>> = {
	async compare(page) {
		await expect(page.getByTestId('text-input')).toHaveValue('Hello world\n<|begin_of_text|>');
		await expectCards(page, 'llama3', 'yours', 'cl100k_base');
		await expectValues(page, {
			'a small example, trained in your browser on': 'languages',
			Merges: '7'
		});
		await openOptions(page);
		await expect(page.getByTestId('special-tokens')).toHaveValue('parse');
		await expectChosen(page, { Input: 'text', Show: 'bytes' });
		await expect(page.getByLabel('Colour every token')).toBeChecked();
		await expect(page.getByLabel('Whitespace marks')).not.toBeChecked();
		await expect(page.getByTestId('budget-tokens')).toHaveValue('3');
		// The id that tiktoken returns for " world".
		await expect(page.locator('[data-tokenizer="cl100k_base"] [data-detail="id"]')).toHaveText(
			'1917'
		);
		await expect(page.getByText('Difference 1 of 1 from llama3')).toBeVisible();
		await expect(page.getByRole('rowheader', { name: 'text-embedding-3-small' })).toBeVisible();
		await expect(page.locator('th[aria-sort="descending"]')).toHaveText(/price/);
	},
	async compareIds(page) {
		await expect(page.getByTestId('text-input')).toHaveValue(
			'token_id=15339 logprob=-1\ntoken_id=1917'
		);
		await openOptions(page);
		await expectChosen(page, { Input: 'ids', Show: 'ids' });
		await expect(page.locator('th[aria-sort="ascending"]')).toHaveText(/tokens/);
	},
	async train(page) {
		await expect(page.getByTestId('corpus-input')).toHaveValue(/^low low .*widest\n$/);
		await expect(page.getByTestId('vocab-size')).toHaveValue('270');
		await openOptions(page);
		const chosen = { Pattern: 'cl100k (GPT-4)', 'Playback speed': 'Fast' };
		for (const [name, option] of Object.entries(chosen))
			await expect(select(page, name).locator('option:checked')).toHaveText(option);
		for (const rule of ['the first-seen pair', 'the bytes that occur', 'the whole text'])
			await expect(page.getByLabel(rule)).toBeChecked();
		await expect(page.getByLabel(/A pair must occur/)).toHaveValue('2');
		await expect(page.getByLabel(/Special tokens/)).toHaveValue('<s>');
		await expect(page.locator('.stepper .field input')).toHaveValue('1');
		await expect(page.getByLabel('Tokenizer to compare with')).toHaveValue('gpt2');
		await expect(page.getByRole('button', { name: 'Show the pairs' })).toBeVisible();
		const drawn = page.getByRole('region', { name: 'Your text in the tokenizer you train' });
		await expect(drawn.locator('.token-text')).toHaveText('the lower lowest');
		await expect(drawn.locator('.token-text')).toHaveClass(/unmarked/);
	},
	async trainOwn(page) {
		await expect(page.getByTestId('corpus-input')).toHaveValue('banana bandana\n');
		await openOptions(page);
		await expectValues(page, { 'Regular expression': String.raw`\w+|\s+` });
		await expect(page.getByLabel(/Longest token/)).toHaveValue('3');
	},
	async strawberry(page) {
		await expect(page.getByTestId('word-input')).toHaveValue('bookkeeper');
		await expect(page.getByTestId('letter-input')).toHaveValue('k');
		await page.getByTestId('options').click();
		await expect(page.getByLabel('Match case')).toBeChecked();
		await expect(select(page, 'Spelling in the table')).toHaveValue('typed');
		await expectCards(page, 'llama2', 'cl100k_base');
		await expectValues(page, { 'Tokenizer of the merges': 'gpt2' });
		await expectChosen(page, { 'Form of the word': 'sentence' });
	},
	async strawberrySpelling(page) {
		await expect(page.getByTestId('letter-input')).toHaveValue('');
		await page.getByTestId('options').click();
		await expect(select(page, 'Spelling in the table')).toHaveValue('upper');
	},
	async inflation(page) {
		const detail = select(page, 'Tokenizer to explain');
		for (const [at, id] of ['o200k_base', 'gpt2', 'cl100k_base'].entries())
			await expect(detail.locator('option').nth(at)).toHaveAttribute('value', id);
		await expect(detail).toHaveValue('cl100k_base');
		await expect(page.locator('#why-title')).toContainText('Burmese');
		const all = page.getByRole('button', { name: /^Show (all|only) / });
		await expect(all).toHaveAttribute('aria-pressed', 'true');
		await expect(page.getByLabel('Search languages')).toHaveValue('myanmar');
		await page.getByTestId('options').click();
		await expect(select(page, 'Baseline')).toHaveValue('rus');
		await expect(select(page, 'Script')).toHaveValue('Myanmar');
		await expect(page.getByLabel('Price $')).toHaveValue('3');
		await expect(page.getByLabel('Logarithmic axis')).not.toBeChecked();
		await expect(page.locator('button[title^="Sort by"][aria-pressed="true"]')).toHaveText(
			'GPT-2 (gpt2)'
		);
		await expect(page.getByLabel(/^Prompt in/)).toHaveValue('500');
		await expect(page.getByLabel(/^Window/)).toHaveValue('100000');
		await expect(page.getByLabel('Model shape')).toHaveValue('GPT-2 (124M)');
	},
	async inflationModel(page) {
		await page.getByTestId('options').click();
		await expect(page.getByLabel('Sort by name')).toBeChecked();
		await expect(page.getByLabel(/^Prices of/).locator('option:checked')).toHaveText(/^\s*o3\s*$/);
	},
	async diff(page) {
		for (const side of ['a', 'b'])
			await expect(page.getByTestId(`tokenizer-${side}`)).toHaveValue('with changes');
		for (const [side, count] of [
			['a', 9],
			['b', 7]
		])
			await expect(page.getByTestId(`tokenizer-${side}`).locator('option:checked')).toContainText(
				`last ${count} merges dropped`
			);
		await page.getByTestId('options').click();
		await expectValues(page, { 'Embedding rows': '5000' });
		await expect(page.getByTestId('special-tokens')).toHaveValue('parse');
		await expect(page.getByTestId('template-tokens')).toBeChecked();
		await expectChosen(page, { Show: 'ids' });
		await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', /./);
		for (const [check, list, search] of [
			['vocabulary', 'same', 'the'],
			['self-encode', 'b', 'in']
		]) {
			const shown = page.locator(`[data-check="${check}"]`);
			await unfold(shown.locator('details').first());
			await shown.scrollIntoViewIfNeeded();
			await expect(shown.locator('select')).toHaveValue(list);
			await expect(shown.locator('input[type="search"]')).toHaveValue(search);
		}
		await page.getByText('Change your text').click();
		// A text field turns every line ending into a newline.
		await expect(page.getByTestId('text-input')).toHaveValue('A line\nand another');
	},
	async drift(page) {
		for (const slug of ['gemma-without-bos', 'llama3-without-bos'])
			await expect(page.locator(`[data-case="${slug}"]`).getByTestId('answer')).toBeVisible();
		await expect(page.getByLabel('Search')).toHaveValue('BOS');
		await expect(page.getByRole('combobox', { name: 'Kind of bug' })).toHaveValue('post-processor');
		await expect(page.getByTestId('sentence')).toHaveValue('Are those islands open?');
	},
	async vocabulary(page) {
		await page.getByTestId('options').click();
		await expect(page.getByRole('checkbox', { name: 'Match case' })).toBeChecked();
		for (const [name, value] of [
			['Tokenizer', 'llama3'],
			['Kind', 'ordinary'],
			['Script', 'Latin'],
			['Order', 'characters']
		])
			await expect(select(page, name)).toHaveValue(value);
		await expect(page.getByRole('searchbox', { name: 'Search tokens' })).toHaveValue('ber');
		await expect(page.locator('[data-described]')).toHaveAttribute('data-described', '15717');
	}
};

for (const name of ['compare', 'train', 'strawberry', 'inflation', 'diff', 'drift', 'vocabulary'])
	test(`links to ${name} restore every field in a fresh browser`, async ({ page }) => {
		// The checks need only these vocabularies, so requests for any others are never answered.
		if (name === 'inflation')
			await page.route(/(?<!(llama2|cl100k_base|o200k_base|gpt2)[.][^/]*)[.]bin$/, () => {});
		for (const [link, see] of Object.entries(SEEN)) {
			if (!link.startsWith(name)) continue;
			await page.goto(`./${await addressOf(PAGE_LINKS[link as keyof typeof PAGE_LINKS])}`);
			await see(page);
		}
	});

test('a link is shown before the answer of a tokenizer that takes too long', async ({ page }) => {
	await page.clock.install();
	await page.route(/gemma3[.].*\.bin$/, () => {
		// This request is never answered.
	});
	await page.goto(
		await addressOf(['./?t=gpt2,gemma3', { kind: 'text', value: 'Not prerendered.' }])
	);
	await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
	await page.clock.runFor(10_000);
	const card = (id: string) => page.locator(`[data-tokenizer="${id}"]`);
	await expect(card('gpt2').locator('[data-token-count]')).toBeVisible();
	await expect(card('gemma3')).toHaveAttribute('data-status', 'loading');
	await expect(page.locator('html[data-link]')).toHaveCount(0);
});
