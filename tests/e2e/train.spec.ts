import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';
import { TrainPage } from './train-page';

const require = createRequire(import.meta.url);
const native = require('tokenizers') as {
	Tokenizer: { fromString(json: string): { encode(text: string): Promise<Encoded> } };
};
interface Encoded {
	getIds(): number[];
}

/** minbpe's published example: its corpus, three merges, and the resulting ids. */
const EXAMPLE = { text: 'aaabdaaabac', size: '259', ids: [258, 100, 258, 97, 99] };

test('shows a finished training before any script runs', async ({ browser, baseURL }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
	const page = await context.newPage();
	await page.goto('./train/');
	await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
	await expect(page.getByRole('heading', { name: 'Merge 40', exact: true })).toBeVisible();
	await expect(page.getByText('No other pair occurred more often')).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('shorten this corpus from');
	await expect(new TrainPage(page).shown.locator('.made')).toHaveText(['c', 'e', 'c', 'e']);
	await context.close();
});

test('merges minbpe’s example as published, and shows every step', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open();
	await page.getByText('Rules').first().click();
	await page.getByLabel('the first-seen pair').check();
	await lab.train(EXAMPLE.text, EXAMPLE.size);
	await expect(lab.main).toHaveAttribute('data-step', '3');
	await expect.poll(() => lab.ids()).toEqual(EXAMPLE.ids);

	// Backwards, by key: each step shows what encoding with that many merges gives.
	await lab.step.focus();
	await page.keyboard.press('ArrowLeft');
	await expect.poll(() => lab.ids()).toEqual([257, 98, 100, 257, 98, 97, 99]);
	await page.keyboard.press('ArrowLeft');
	await expect.poll(() => lab.ids()).toEqual([256, 97, 98, 100, 256, 97, 98, 97, 99]);
	await expect(page.getByRole('heading', { name: 'Merge 1', exact: true })).toBeVisible();
	await page.keyboard.press('Home');
	await expect.poll(() => lab.ids()).toEqual([...Buffer.from(EXAMPLE.text)]);
	await page.keyboard.press('End');
	await expect(lab.main).toHaveAttribute('data-step', '3');

	// The tie of the second merge, and who won it.
	await page.getByLabel('merge', { exact: false }).and(page.getByRole('spinbutton')).fill('2');
	await page.keyboard.press('Enter');
	await expect(page.getByText('The first-seen pair wins')).toBeVisible();
});

test('plays at reduced motion, and stops at the end', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const lab = new TrainPage(page);
	await lab.open();
	await lab.train(EXAMPLE.text, EXAMPLE.size);
	await page.getByRole('button', { name: 'First' }).click();
	await page.getByRole('button', { name: 'Play' }).press('Space');
	await expect(lab.main).toHaveAttribute('data-step', '3');
	await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('an exported tokenizer encodes in the native library as on the page', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open();
	const text =
		'She sells sea shells by the sea shore; the shells she sells are surely sea shells.\n';
	await lab.train(text, '300');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export' }).click();
	await page.getByRole('menuitem', { name: /tokenizer\.json/ }).click();
	const path = await (await download).path();
	const tokenizer = native.Tokenizer.fromString(readFileSync(path, 'utf8'));
	expect((await tokenizer.encode(text)).getIds()).toEqual(await lab.ids());
});

test('an export has all merges, whichever is shown, or those up to the shown one', async ({
	page
}) => {
	const lab = new TrainPage(page);
	await lab.open();
	await lab.train(EXAMPLE.text, EXAMPLE.size);
	await page.getByRole('button', { name: 'First' }).click();
	await expect(lab.main).toHaveAttribute('data-step', '0');
	const exported = async () => {
		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: 'Export' }).click();
		await page.getByRole('menuitem', { name: /tokenizer\.json/ }).click();
		const file = await download;
		const { model } = JSON.parse(readFileSync(await file.path(), 'utf8')) as {
			model: { merges: unknown[] };
		};
		return { name: file.suggestedFilename(), merges: model.merges.length };
	};
	expect(await exported()).toEqual({ name: 'bpe-gpt2-259.json', merges: 3 });
	await page.getByText('Before any merge').click();
	expect(await exported()).toEqual({ name: 'bpe-gpt2-256.json', merges: 0 });
});

test('a saved tokenizer survives a reload, is in every picker, and can be deleted', async ({
	page
}) => {
	const lab = new TrainPage(page);
	await lab.open();
	await lab.train(EXAMPLE.text, EXAMPLE.size);
	await page.getByLabel('Save the tokenizer as').fill('letters');
	await page.getByRole('button', { name: 'Save in this browser' }).click();
	await expect(page.getByText('Saved as “letters”')).toBeVisible();

	const compare = new LabPage(page);
	await compare.open();
	await compare.choose('letters');
	await compare.text.fill(EXAMPLE.text);
	const card = page.locator('article', { has: page.getByRole('heading', { name: 'letters' }) });
	await expect(card.locator('[data-token-count]')).toHaveText('5');
	await expect(page).toHaveURL(/own-.+#v1\.t=/);
	const link = page.url();

	// The link knows it again, in this browser.
	await page.reload();
	await expect(card.locator('[data-token-count]')).toHaveText('5');
	expect(page.url()).toBe(link);

	await page.getByTestId('tokenizer-picker').click();
	await page.getByText('About letters').click();
	await page.getByRole('button', { name: 'Delete letters' }).click();
	await expect(card).toHaveCount(0);
	// The dialog is closed, so that the deletion can be undone.
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(card).toHaveCount(1);
});

test('a deleted tokenizer is deselected on every page', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open();
	await lab.train(EXAMPLE.text, EXAMPLE.size);
	await page.getByLabel('Save the tokenizer as').fill('letters');
	await page.getByRole('button', { name: 'Save in this browser' }).click();
	const other = page.getByLabel('Tokenizer to compare with');
	await other.selectOption('letters');

	await page.getByRole('link', { name: 'Compare' }).click();
	await new LabPage(page).choose('letters');
	const cards = page.locator('[data-tokenizer^="own-"]');
	await expect(cards).toHaveAttribute('data-status', 'ready');

	await page.getByRole('link', { name: 'Train' }).click();
	await expect(other.locator('option:checked')).toHaveText('letters');
	await page.getByRole('button', { name: 'Delete letters' }).click();
	await expect(other).toHaveValue('cl100k_base');
	await page.getByRole('link', { name: 'Compare' }).click();
	await expect(page.locator('[data-tokenizer="cl100k_base"]')).toBeVisible();
	await expect(cards).toHaveCount(0);
});

test('a link restores a small corpus, its rules and the step', async ({ page, context }) => {
	const lab = new TrainPage(page);
	await lab.open();
	await page.getByText('Rules').first().click();
	await page.getByLabel('the first-seen pair').check();
	await lab.train(EXAMPLE.text, EXAMPLE.size);
	await page.getByRole('button', { name: 'Back' }).click();
	await expect(page).toHaveURL(/step=2/);
	const other = await context.newPage();
	await other.goto(page.url());
	const opened = new TrainPage(other);
	await expect(opened.main).toHaveAttribute('data-step', '2');
	await expect(opened.corpus).toHaveValue(EXAMPLE.text);
	await expect.poll(() => opened.ids()).toEqual([257, 98, 100, 257, 98, 97, 99]);
});

test('trains on a large file, shows progress, and can be stopped', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open();
	const line = (i: number) => `line ${i} of ${(i * 7919) % 10007} says ${(i * 104729) % 7}\n`;
	const text = Array.from({ length: 250_000 }, (_, i) => line(i)).join('');
	await page
		.getByLabel('Open a text file')
		.first()
		.setInputFiles({ name: 'lines.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
	await expect(lab.main).toHaveAttribute('data-status', 'idle');
	// Stops from within the page at the first progress, because a fast machine is done soon after.
	const progress = lab.main.evaluate(
		(main) =>
			new Promise<string>((resolve) => {
				const observer = new MutationObserver(() => {
					const phase = /Counting pre-tokens|Merging/.exec(main.textContent)?.[0];
					const stop = [...main.querySelectorAll('button')].find(
						({ textContent }) => textContent.trim() === 'Stop'
					);
					if (phase === undefined || !stop) return;
					observer.disconnect();
					stop.click();
					resolve(phase);
				});
				observer.observe(main, { subtree: true, childList: true, characterData: true });
			})
	);
	await page.getByTestId('train').click();
	expect(await progress).toMatch(/Counting pre-tokens|Merging/);
	await expect(lab.main).toHaveAttribute('data-status', 'idle');
	await page.getByTestId('train').click();
	await expect(lab.main).toHaveAttribute('data-status', 'ready');
	await expect(page.locator('#corpus-facts')).toContainText(`${(text.length / 1e6).toFixed(1)} MB`);
	await expect(lab.shown).toContainText('line 0 of 0');
	await page.getByRole('button', { name: 'Later bytes' }).click();
	await expect(lab.shown).not.toContainText('line 0 of 0');
});

test('says what is wrong with a corpus, a size, a pattern and a file, and keeps the corpus', async ({
	page
}) => {
	const lab = new TrainPage(page);
	await lab.open();
	await lab.corpus.fill('');
	await expect(page.getByText(/corpus is empty/)).toBeVisible();
	await lab.corpus.fill('hello hello');
	await lab.size.fill('2.5');
	await lab.size.press('Enter');
	await expect(page.getByText(/Enter a whole number from 1 to .* is still used/)).toBeVisible();
	await lab.size.fill('10');
	await lab.size.press('Enter');
	await expect(page.getByText(/vocabulary size 10 is too small/i)).toBeVisible();
	await expect(lab.size).toHaveAttribute('aria-describedby', 'size-error');
	await lab.size.fill('300');
	await lab.size.press('Enter');
	await expect(
		page.getByText(/ = 260 tokens\. No remaining pair .* training stopped before 300\./)
	).toBeVisible();
	await page.getByText('Rules').first().click();
	await page.getByLabel('Pattern').selectOption('own');
	await page.getByLabel('Regular expression').fill('(a');
	await page.keyboard.press('Enter');
	await expect(page.getByText(/never closed/)).toBeVisible();
	await expect(
		page.getByRole('status').filter({ hasText: 'The page still shows the previous training.' })
	).toBeVisible();
	await expect(page.getByRole('heading', { level: 1 })).not.toContainText('shorten');
	await page
		.getByLabel('Open a text file')
		.first()
		.setInputFiles({ name: 'a.bin', mimeType: 'text/plain', buffer: Buffer.alloc(2_000_000) });
	await expect(page.getByText(/a\.bin looks binary/)).toBeVisible();
	await expect(lab.corpus).toHaveValue('hello hello');
});

test('a merge is drawn with a seam where its two tokens met', async ({ page }) => {
	await new TrainPage(page).open();
	const boundary = page.locator('.boundary').first();
	await expect(boundary).toBeVisible();
	const image = await boundary.evaluate((cell) => getComputedStyle(cell).backgroundImage);
	expect(image.match(/repeating-linear-gradient/g)).toHaveLength(2);
});

test('a step shows the pair, then fuses it, and the count drops', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'no-preference' });
	const lab = new TrainPage(page);
	await lab.open();
	await expect(lab.tokensLeft).toHaveText('5,220');
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
	const first = seen[0];
	expect(first.pairs).toBeGreaterThan(0);
	expect(first).toMatchObject({ made: 0, left: '5,220' });
	const last = seen[seen.length - 1];
	expect(last.made).toBeGreaterThan(0);
	expect(last.pairs).toBe(0);
	expect(Number(last.left.replace(',', ''))).toBeLessThan(5220);
	// No frame mixes both.
	for (const { pairs, left } of seen) expect(left === '5,220').toBe(pairs > 0);
});

test('corpus, merge card, curve and stepper are above the fold', async ({ page }) => {
	const lab = new TrainPage(page);
	await lab.open();
	for (const part of [lab.tokensLeft, page.locator('.plot svg'), lab.step])
		await expect(part).toBeInViewport({ ratio: 1 });
	const tokens = lab.shown.locator('[data-token-id]');
	await expect(tokens.first()).toBeInViewport();
	await expect(tokens.nth(100)).toBeInViewport();
});

test('predicts the next merge with the keyboard alone, without a hint to the answer', async ({
	page
}) => {
	const lab = new TrainPage(page);
	// aa occurs four times; then aa + a and a + b twice each; then aaa + b, and aab.
	await lab.open('?corpus=letters&size=259&ties=first-seen&step=0');
	await lab.settle();
	const toggle = page.getByRole('button', { name: 'Predict the next merge' });
	await toggle.press('Enter');
	await expect(page).toHaveURL(/predict=1/);
	const pairs = page.getByRole('group', { name: 'Pairs' }).getByRole('button');
	await expect(page.getByText('Which pair becomes merge 1?')).toBeVisible();
	await expect(pairs).toHaveCount(6);
	// Every byte is still a token of its own, and no count is shown.
	await expect(lab.shown.locator('.pair, .made')).toHaveCount(0);
	expect(await pairs.allInnerTexts()).not.toContainEqual(expect.stringMatching(/\d/));
	expect(await page.locator('.plot svg').getAttribute('aria-label')).not.toContain('3 merges');

	await pairs.filter({ hasText: /^\s*a\s*\+\s*a\s*$/ }).press('Enter');
	await expect(lab.main).toHaveAttribute('data-step', '1');
	await expect(page.getByText('Score: 1 of 1.')).toBeVisible();
	const next = page.getByRole('button', { name: 'Predict the next', exact: true });
	await expect(next).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByText('Which pair becomes merge 2?')).toBeVisible();
	await expect(pairs.first()).toBeFocused();
	// A tied pair that the rule does not choose is right as to its count.
	await pairs.filter({ hasText: /^\s*a\s*\+\s*b\s*$/ }).press('Enter');
	await expect(page.getByText('The first-seen pair wins').first()).toBeVisible();
	await expect(page.getByText('Score: 2 of 2.')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Merge 2', exact: true })).toBeVisible();
});
