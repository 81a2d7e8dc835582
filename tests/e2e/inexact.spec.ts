import { expect, test, type Page } from '@playwright/test';
import { smallUnigram, smallWordPiece } from '../support/library-files';
import { nativeLibrary } from '../support/native-library';
import { drop, tokenizerJson } from './dropped-files';
import { LabPage } from './lab-page';

const WORD_PIECE = JSON.stringify(smallWordPiece());
const UNIGRAM = JSON.stringify(smallUnigram());
const TEXT = 'The strawberry, the tokenizers';

/** Ids of native tokenizers. */
async function nativeIds(json: string, text: string): Promise<number[]> {
	if (!nativeLibrary) throw new Error('got no native tokenizers, expected the package');
	const encoding = await nativeLibrary.Tokenizer.fromString(json).encode(text, null, {
		addSpecialTokens: false
	});
	return encoding.getIds();
}

test.skip(!nativeLibrary, 'native tokenizers has no binary for this machine');

/** Card of the saved tokenizer with a name. */
const cardOf = (page: Page, name: string) =>
	page.locator('[data-tokenizer]').filter({ has: page.getByRole('heading', { name }) });

for (const [model, json, note] of [
	['WordPiece', WORD_PIECE, 'not exact: 95 of 123 probes equal native'],
	['Unigram', UNIGRAM, 'not exact: 114 of 123 probes equal native']
] as const) {
	test(`a dropped ${model} file answers on Compare, marked and out of every comparison`, async ({
		page
	}) => {
		const lab = new LabPage(page);
		await lab.open();
		await lab.paste(TEXT);
		await drop(page, { name: 'small.json', content: json });
		const card = cardOf(page, 'small');
		await expect(card).toHaveAttribute('data-status', 'ready');
		await lab.ready();
		const ids = await nativeIds(json, TEXT);
		await expect(card.locator('[data-token-count]')).toHaveText(String(ids.length));
		const id = (await card.getAttribute('data-tokenizer')) ?? '';
		expect(await lab.drawnIds(id)).toEqual(ids);
		await expect(card.getByTestId('inexact')).toContainText(note);
		await expect(card).not.toContainText('over the fewest');
		await expect(page.locator('main')).toContainText('Also in one that is not exact');
		// A token has no merges to show.
		await card.locator('[data-token-id]').first().click();
		await expect(page.getByText(`none: a ${model} model has no merges`)).toBeVisible();
	});
}

test('a tokenizer that drops part of the text says how much, and is out of every comparison of counts', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.paste(TEXT);
	await lab.ready();
	const lead = page.locator('main').getByText('Nothing you type is sent');
	const before = (await lead.textContent()) ?? '';
	const range = /\d+ (to \d+ )?tokens( each)?/.exec(before)?.[0] ?? 'no range';
	/** How many more tokens than the fewest each card has. */
	const excesses = page.locator('.count .accent');
	const excess = await excesses.allTextContents();
	await drop(page, { name: 'small.json', content: tokenizerJson() });
	const card = cardOf(page, 'small');
	await expect(card).toHaveAttribute('data-status', 'ready');
	await lab.ready();
	// It has tokens only for a, b and c. What is left of strawberry is merged.
	const ids = await nativeIds(tokenizerJson(), TEXT);
	expect(ids).toEqual([3]);
	await expect(card.locator('[data-token-count]')).toHaveText('1');
	await expect(card.getByTestId('dropped')).toContainText('drops 28 of 30 bytes (93 %)');
	await expect(lead).toContainText(range);
	await expect(lead).toContainText('in one that drops part of it');
	expect(await excesses.allTextContents()).toEqual(excess);
	await expect(page.getByText('small (drops part of the text)')).toBeVisible();
});

test('it is there after a reload, on Strawberry and on Inflation', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await drop(page, { name: 'small.json', content: WORD_PIECE });
	await expect(cardOf(page, 'small')).toHaveAttribute('data-status', 'ready');
	// The address names it, a moment later.
	await expect(page).toHaveURL(/own-/);
	await page.reload();
	await expect(cardOf(page, 'small')).toHaveAttribute('data-status', 'ready');

	await page.getByRole('link', { name: 'Strawberry' }).first().click();
	const card = cardOf(page, 'small');
	const alone = card.locator('[data-way="alone"] [data-token-id]');
	const ids = await nativeIds(WORD_PIECE, 'strawberry');
	await expect(alone).toHaveCount(ids.length);
	for (const [i, id] of ids.entries())
		await expect(alone.nth(i)).toHaveAttribute('data-token-id', String(id));
	await expect(card.getByTestId('inexact')).toBeVisible();
	const choices = page.getByLabel('First tokenizer').locator('option', { hasText: 'small' });
	await expect(choices).toBeDisabled();
	await expect(choices).toHaveText('small (WordPiece, which has no merges)');

	await page.getByRole('link', { name: 'Inflation' }).first().click();
	await expect(page.getByTestId('inexact')).toContainText('not exact');
});

test('pages that need merges say why, and Compare shows what was dropped on them', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open('drift/diff');
	await drop(page, { name: 'small.json', content: UNIGRAM });
	await expect(page.getByText('This is a Unigram model, which has no merges.')).toBeVisible();
	await expect(cardOf(page, 'small')).toHaveAttribute('data-status', 'ready');
	await page.goto('drift/diff');
	const choice = page.getByTestId('tokenizer-b').locator('option', { hasText: 'small' });
	await expect(choice).toBeDisabled();
});

test('what was read is told, and what cannot be run is refused in one line', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await drop(page, { name: 'small.json', content: UNIGRAM });
	await page.getByRole('button', { name: 'What was read' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog).toContainText('Unigram: the most probable split of each word');
	await expect(dialog).toContainText('114 of 123 probes');
	await page.keyboard.press('Escape');
	const refused = { ...smallUnigram(), pre_tokenizer: { type: 'UnicodeScripts' } };
	await drop(page, { name: 'scripts.json', content: JSON.stringify(refused) });
	await expect(
		page.getByText('transformers.js 2.17.2 cannot run the tokenizer: Unknown PreTokenizer type')
	).toBeVisible();
});
