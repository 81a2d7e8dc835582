import { expect, test } from './shared';
import { chooseItem, LabPage, openMyTokenizers, openOptions, saveFile } from './lab-page';
import { nativeIds, TrainPage } from './train-page';

/** minbpe's published example: its corpus, with three merges and the resulting ids. */
const EXAMPLE = { text: 'aaabdaaabac', size: '259', ids: [258, 100, 258, 97, 99] };

test('merges minbpe’s example as published, shows and plays every step, links to one, and asks for the next', async ({
	page,
	browser
}) => {
	const lab = new TrainPage(page);
	await lab.open();
	await openOptions(page);
	await page.getByLabel('the first-seen pair').check();
	await lab.train(EXAMPLE.text, EXAMPLE.size);
	await expect(lab.main).toHaveAttribute('data-step', '3');
	await expect.poll(() => lab.ids()).toEqual(EXAMPLE.ids);

	// Step backwards with the keyboard. After each step, the page shows the encoding with that many merges.
	await lab.step.press('ArrowLeft');
	const second = [257, 98, 100, 257, 98, 97, 99];
	await expect.poll(() => lab.ids()).toEqual(second);
	await lab.step.press('ArrowLeft');
	await expect.poll(() => lab.ids()).toEqual([256, 97, 98, 100, 256, 97, 98, 97, 99]);
	await expect(page.getByRole('region', { name: 'Merge 1', exact: true })).toBeVisible();
	await lab.step.press('Home');
	await expect.poll(() => lab.ids()).toEqual([...Buffer.from(EXAMPLE.text)]);
	await page.getByRole('button', { name: 'Play' }).press('Space');
	await expect(lab.main).toHaveAttribute('data-step', '3');
	await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();

	// The second merge has a tie, and the page says which pair wins.
	await page.getByRole('spinbutton', { name: 'merge' }).fill('2');
	await page.keyboard.press('Enter');
	await expect(page.getByText('The pair that occurs first in the corpus is merged')).toBeVisible();
	await expect(page).toHaveURL(/ties=first-seen.*step=2/);
	const other = new TrainPage(await (await browser.newContext()).newPage());
	await other.page.goto(page.url());
	await expect(other.corpus).toHaveValue(EXAMPLE.text);
	await expect(other.main).toHaveAttribute('data-step', '2');
	await expect.poll(() => other.ids()).toEqual(second);
	await other.page.context().close();

	// Predict the next merge with the keyboard alone, without a hint about the answer.
	await page.getByRole('button', { name: 'Guess the next merge' }).press('Enter');
	await lab.step.press('Home');
	await expect(page).toHaveURL(/predict=1/);
	const pairs = page.getByRole('group', { name: 'Pairs' }).getByRole('button');
	await expect(page.getByText('Which pair becomes merge 1?')).toBeVisible();
	await expect(pairs).toHaveCount(6);
	await expect(lab.shown.locator('.pair, .made')).toHaveCount(0);
	expect(await pairs.allInnerTexts()).not.toContainEqual(expect.stringMatching(/\d/));
	await pairs.filter({ hasText: /^\s*a\s*\+\s*a\s*$/ }).press('Enter');
	await expect(lab.main).toHaveAttribute('data-step', '1');
	await expect(page.getByText('Right.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Guess the next', exact: true })).toBeFocused();
});

test('exports all merges, whichever is shown, and counts that train the same again', async ({
	page
}) => {
	const lab = new TrainPage(page);
	await lab.open();
	const text =
		'She sells sea shells by the sea shore; the shells she sells are surely sea shells.\n';
	await lab.train(text, '265');
	const exported = (item: RegExp) => saveFile(page, () => chooseItem(page, 'Export', item));
	const last = await lab.ids();
	await page.getByRole('button', { name: 'Back' }).click();
	await expect(lab.main).toHaveAttribute('data-step', '8');
	const all = await exported(/tokenizer\.json/);
	expect(all.name).toBe('bpe-gpt2-265.json');
	expect(await nativeIds(all.text, text)).toEqual(last);

	await lab.openFile('again.tsv', (await exported(/Pre-token counts/)).text);
	await page.getByTestId('train').click();
	await lab.settle();
	await lab.fillText(text);
	await lab.settle();
	const card = page.getByRole('region', { name: 'Your text in the tokenizer you train' });
	const again = card.locator('[data-token-id]');
	await expect(again).toHaveCount(last.length);
	for (const [at, id] of last.entries())
		await expect(again.nth(at)).toHaveAttribute('data-token-id', String(id));
});

test('a saved tokenizer is on every page, survives a reload, and can be deleted and restored', async ({
	page
}) => {
	const lab = new TrainPage(page);
	const go = (name: string) => page.getByRole('link', { name, exact: true }).click();
	await lab.open();
	await lab.train(EXAMPLE.text, EXAMPLE.size);
	await page.getByLabel('Save the tokenizer as').fill('letters');
	await page.getByRole('button', { name: 'Save in this browser' }).click();
	await expect(page.getByText('Saved as “letters”')).toBeVisible();
	const other = page.getByLabel('Tokenizer to compare with');
	await other.selectOption('letters');

	await go('Vocabulary');
	await page.getByRole('combobox', { name: 'Tokenizer', exact: true }).selectOption('letters');
	await expect(page.getByRole('heading', { level: 1 })).toContainText(
		'letters spells every text with tokens from a list of 259'
	);
	await page.getByRole('searchbox', { name: 'Search tokens' }).fill('aaab');
	await expect(page.getByTestId('found')).toContainText('1 exact');
	await page.getByText('About letters').click();
	await expect(page.getByText('trained here')).toBeVisible();

	await go('Compare');
	const compare = new LabPage(page);
	await compare.choose('letters');
	await compare.text.fill(EXAMPLE.text);
	const card = page.locator('article', { has: page.getByRole('heading', { name: 'letters' }) });
	await expect(card.locator('[data-token-count]')).toHaveText('5');
	await expect(page).toHaveURL(/own-.+#v1\.t=/);
	const link = page.url();
	// The link restores the saved tokenizer in this browser.
	await page.reload();
	await expect(card.locator('[data-token-count]')).toHaveText('5');
	expect(page.url()).toBe(link);

	await go('Train');
	await other.selectOption('letters');
	const remove = async () => {
		const dialog = await openMyTokenizers(page);
		await dialog.getByRole('button', { name: 'Delete' }).click();
		await dialog.getByRole('button', { name: 'Done' }).click();
	};
	await remove();
	await expect(other).toHaveValue('cl100k_base');
	await expect(page.getByText('Saved as “letters”')).toHaveCount(0);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(other.locator('option:checked')).toHaveText('letters');

	await go('Compare');
	await expect(card).toHaveAttribute('data-status', 'ready');
	await remove();
	await expect(card).toHaveCount(0);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(card).toHaveCount(1);
});

test('trains on a large file, and shows any part of it', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open();
	const line = (i: number) => `line ${i} of ${(i * 7919) % 10007} says ${(i * 104729) % 7}\n`;
	const text = Array.from({ length: 100_000 }, (_, i) => line(i)).join('');
	await lab.openFile('lines.txt', text);
	await expect(lab.main).toHaveAttribute('data-status', 'idle');
	await page.getByTestId('train').click();
	await expect(lab.main).toHaveAttribute('data-status', 'ready');
	await expect(page.locator('#corpus-facts')).toContainText(`${(text.length / 1e6).toFixed(1)} MB`);
	await expect(lab.shown).toContainText('line 0 of 0');
	await page.getByRole('button', { name: 'Later bytes' }).click();
	await expect(lab.shown).not.toContainText('line 0 of 0');
});

test('a step shows the pair, then fuses it, and the count drops, above the fold, and a bar shows its pair', async ({
	page
}) => {
	await page.emulateMedia({ reducedMotion: 'no-preference' });
	const lab = new TrainPage(page);
	await lab.open();
	// 95 bytes, in which “es” was merged 9 times.
	await expect(lab.tokensLeft).toHaveText('86');
	for (const part of [lab.tokensLeft, lab.step]) await expect(part).toBeInViewport({ ratio: 1 });
	const seen = await page.evaluate(async () => {
		const read = () => ({
			pairs: document.querySelectorAll('[aria-label="The corpus at this merge"] .pair').length,
			made: document.querySelectorAll('[aria-label="The corpus at this merge"] .made').length,
			left: document.querySelector('[data-tokens-left]')?.textContent ?? ''
		});
		document.querySelector<HTMLElement>('[aria-label="Forward"]')?.click();
		const frames: ReturnType<typeof read>[] = [];
		do {
			await new Promise(requestAnimationFrame);
			frames.push(read());
		} while ((frames.at(-1)?.pairs ?? 0) > 0);
		return frames;
	});
	const [first, last] = [seen[0], seen[seen.length - 1]];
	expect(first.pairs).toBeGreaterThan(0);
	expect(first).toMatchObject({ made: 0, left: '86' });
	expect(last.made).toBeGreaterThan(0);
	// “est” occurs 9 times.
	expect(last.left).toBe('77');
	// No frame shows a mix of the two states.
	for (const { pairs, left } of seen) expect(left === '86').toBe(pairs > 0);

	// Before the merge, both tokens of each pair are outlined.
	await page.getByRole('list').getByRole('button').nth(1).click();
	await expect(lab.shown.locator('.pair')).not.toHaveCount(0);
	await expect(lab.tokensLeft).toHaveText('86');
	await expect(page).toHaveURL(/pair=1/);
	await page.getByRole('button', { name: 'Forward' }).click();
	await expect(page).not.toHaveURL(/pair/);
});
