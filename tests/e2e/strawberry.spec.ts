import { expect, test } from './shared';
import { get_encoding } from 'tiktoken';
import { drawnIds, openOptions } from './lab-page';
import { expectDimmed, watchFigures } from './seen-frames';
import { slowWorkers } from './slow-workers';
import { StrawberryPage } from './strawberry-page';

/** Default tokenizers that tiktoken supports. */
const ENCODINGS = ['cl100k_base', 'o200k_base', 'gpt2'] as const;
const referenceIds = (id: (typeof ENCODINGS)[number] | 'p50k_base', text: string) => {
	const encoding = get_encoding(id);
	const ids = [...encoding.encode(text)];
	encoding.free();
	return ids;
};

test('a word and its spellings are split as by the reference, and its letters are counted, up to 10,000', async ({
	page
}) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	await openOptions(page);
	await page.getByLabel('Spelling in the table').selectOption('upper');
	await page.keyboard.press('Escape');
	const upper = page.locator('[data-row="cl100k_base"] td').first();
	await expect(upper.locator('.chip')).toHaveText(['ST', 'RAW', 'B', 'ERRY']);
	// Screen readers announce the bars between tokens, which exist only in the accessibility tree.
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
	await lab.letter.fill('R');
	await expect(lab.letterCount).toHaveAttribute('data-letter-count', '2');
	await openOptions(page);
	await page.getByLabel('Match case').check();
	await page.keyboard.press('Escape');
	await expect(lab.letterCount).toHaveAttribute('data-letter-count', '0');
	await lab.letter.fill('rr');
	await expect(page.getByText('“rr” is more than one letter. Type a single letter.')).toBeVisible();
	await expect(page).toHaveURL(/case=exact.*#v1\.t=/);

	await lab.letter.fill('r');
	await lab.word.fill('r'.repeat(10_000));
	await lab.ready();
	await expect(lab.letterCount).toHaveAttribute('data-letter-count', '10000');
	const { length } = referenceIds('gpt2', 'r'.repeat(10_000));
	const count = page.locator('[data-row="gpt2"] .count').first();
	await expect(count).toHaveText(length.toLocaleString('en'));
	await expect(lab.card('gpt2')).toContainText('more tokens, not drawn');
	expect(await page.locator('*').count()).toBeLessThan(12_000);
	await lab.word.fill('x'.repeat(30_000));
	await expect(page.getByRole('main').getByRole('alert')).toContainText(
		'The Compare page accepts text of any length'
	);
	await expect(lab.word).toHaveValue('r'.repeat(10_000));
});

test('the catalogue is loaded on request, and then answers as the user types', async ({ page }) => {
	// Of the vocabularies that aren't shown yet, only p50k_base loads.
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

test('the keyboard moves between tokens, which are linked, and the merges end with the encoding', async ({
	page
}) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	const token = (id: string, variant: string, at: number) =>
		lab.card(id).locator(`[data-way="${variant}"] [data-token-id]`).nth(at);
	await token('cl100k_base', 'alone', 0).focus();
	await page.keyboard.press('ArrowRight');
	await expect(token('cl100k_base', 'alone', 1)).toBeFocused();
	// In gpt2, "raw" contains the focused "aw".
	await expect(token('gpt2', 'alone', 1)).toHaveAttribute('aria-selected', 'true');
	await expect(token('gpt2', 'alone', 0)).toHaveAttribute('aria-selected', 'false');
	await page.keyboard.press('ArrowUp');
	await expect(token('cl100k_base', 'sentence', 0)).toBeFocused();
	for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'End']) await page.keyboard.press(key);
	await expect(token('o200k_base', 'alone', 2)).toBeFocused();

	const ids = (id: string) => drawnIds(lab.merges(id).locator('[data-step]').last());
	const traced = page.getByLabel('Tokenizer of the merges');
	await traced.selectOption('gpt2');
	await expect(lab.merges('gpt2')).toContainText('no merge joins st + raw or raw + berry');
	expect(await ids('gpt2')).toEqual(referenceIds('gpt2', 'strawberry'));
	await traced.selectOption('cl100k_base');
	await expect(lab.merges('cl100k_base').locator('[data-step]')).toHaveCount(8);
	expect(await ids('cl100k_base')).toEqual(referenceIds('cl100k_base', 'strawberry'));

	// For a word within a sentence, the last merge step shows the word's tokens in that sentence.
	await traced.selectOption('llama2');
	await page.locator('label', { hasText: /^\s*after a space\s*$/ }).click();
	await expect(lab.merges('llama2').locator('[data-merge]')).toHaveCount(8);
	expect(await ids('llama2')).toEqual(await lab.ids('llama2', 'sentence'));
	await expect(page).toHaveURL(/merges=llama2&form=sentence/);
});

test('no tokens or merges of an earlier word are shown as those of the current one', async ({
	page
}) => {
	await slowWorkers(page, 250);
	const lab = new StrawberryPage(page);
	await lab.open();
	const figures = ['[data-way="alone"]', '[data-merges] .settle', 'h1'];
	for (const word of ['banana', 'strawberries']) {
		await watchFigures(page, ...figures, 'tr[data-row] td:nth-child(2) .settle');
		await lab.word.fill(word);
		await lab.ready();
		await expect(page.getByText('tokenizers split it like that')).toHaveCount(0);
		await expectDimmed(page);
	}
	await watchFigures(page, '[data-merges] .settle');
	await page.locator('label', { hasText: /^\s*after a space\s*$/ }).click();
	await expectDimmed(page);
});

test('the first screen has few controls and words, and on a phone the answer comes first', async ({
	page
}) => {
	const lab = new StrawberryPage(page);
	await lab.open();
	const seen = await page.evaluate(() => {
		const isAbove = (element: Element) => element.getBoundingClientRect().top < innerHeight;
		const controls = [
			...document.querySelectorAll('main :is(button, input, select, a, summary)')
		].filter((control) => !control.closest('[data-tokenizer]'));
		const top = document.querySelector('[data-tokenizer]')?.getBoundingClientRect().top ?? 0;
		const words = [...document.querySelectorAll('main > *')]
			.filter((element) => element.getBoundingClientRect().bottom <= top)
			.map((element) => (element as HTMLElement).innerText)
			.join(' ');
		return {
			controls: controls.filter((control) => isAbove(control) && control.checkVisibility()).length,
			words: words.split(/\s+/).filter((word) => /\w/.test(word)).length,
			cards: [...document.querySelectorAll('[data-tokenizer]')].filter(isAbove).length
		};
	});
	expect(seen.controls).toBeLessThanOrEqual(9);
	expect(seen.words).toBeLessThanOrEqual(45);
	expect(seen.cards).toBe(4);

	await page.setViewportSize({ width: 390, height: 844 });
	const topOf = async (selector: string) =>
		(await page.locator(selector).first().boundingBox())?.y ?? NaN;
	expect(await topOf('[data-tokenizer]')).toBeLessThan(await topOf('[data-testid="word-input"]'));
	const height = await page.evaluate(() => document.documentElement.scrollHeight);
	expect(height).toBeLessThanOrEqual(5000);
	// Both rows of ids, and the letters above them, wrap at the same positions.
	await lab.word.fill('Donaudampfschifffahrtsgesellschaftskapitän');
	await lab.ready();
	const wide = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(wide).toBe(390);
	const lines = await lab
		.card('gpt2')
		.evaluate((card) =>
			['letters', 'alone', 'sentence'].map((way) =>
				[...card.querySelectorAll(`[data-way="${way}"] .segment`)].map(
					(segment) => segment.getBoundingClientRect().left
				)
			)
		);
	expect(lines[1]).toEqual(lines[0]);
	expect(lines[2]).toEqual(lines[0]);
});
