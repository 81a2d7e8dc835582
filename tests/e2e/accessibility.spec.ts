import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';

for (const colorScheme of ['light', 'dark'] as const) {
	for (const width of [1280, 360]) {
		test(`axe finds nothing in ${colorScheme} at ${width} px`, async ({ page }) => {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.setViewportSize({ width, height: 800 });
			const lab = new LabPage(page);
			await lab.open();
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(overflow).toBe(0);
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

			await page.getByTestId('tokenizer-picker').click();
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
			await page.keyboard.press('Escape');
			await page.getByRole('button', { name: 'Examples' }).click();
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		});
	}
}

for (const colorScheme of ['light', 'dark'] as const) {
	for (const width of [1280, 360]) {
		test(`axe finds nothing on Train in ${colorScheme} at ${width} px`, async ({ page }) => {
			// axe checks every letter.
			test.slow();
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.setViewportSize({ width, height: 800 });
			await new LabPage(page).open('./train/');
			await page.getByText('Rules').first().click();
			await page.getByText('Vocabulary: search').click();
			await page.getByLabel('Order').selectOption('length');
			await page.getByRole('region', { name: 'Vocabulary' }).getByRole('button').first().click();
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(overflow).toBe(0);
			// Letters get their names once a step has rested.
			await expect(page.locator('[role="option"]:not([aria-label])')).toHaveCount(0);
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		});
	}
}

for (const colorScheme of ['light', 'dark'] as const) {
	for (const width of [1280, 360]) {
		test(`axe finds nothing on Inflation in ${colorScheme} at ${width} px`, async ({ page }) => {
			// axe checks every token.
			test.slow();
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.setViewportSize({ width, height: 800 });
			await new LabPage(page).open('./inflation/?t=cl100k_base,o200k_base,gpt2');
			await expect(page.locator('[data-language="tur"][data-tokenizer="gpt2"]')).toBeVisible();
			for (const name of [
				'Figures as a table',
				/^Price/,
				'Formulas',
				'Your own texts',
				/^Method/
			]) {
				await page.getByRole('heading', { name }).click();
			}
			await expect(page.getByRole('region', { name: 'Why your texts' })).toBeVisible();
			await page.getByRole('combobox', { name: 'Baseline' }).click();
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(overflow).toBe(0);
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		});
		test(`axe finds nothing on Strawberry in ${colorScheme} at ${width} px`, async ({ page }) => {
			test.slow();
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.setViewportSize({ width, height: 800 });
			await new LabPage(page).open('./strawberry/');
			for (const tree of await page.getByText('As a tree').all()) await tree.click();
			await page.getByText('Is this why models miscount?').click();
			await page.getByText('Other forms').click();
			const overflow = () =>
				page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth
				);
			expect(await overflow()).toBe(0);
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
			// A split character, and letters of a script that is drawn differently.
			await page.getByTestId('word-input').fill('草莓👩‍🚀\u0301Donaudampfschifffahrtsgesellschaft');
			await expect(page.locator('[data-tokenizer]:not([data-status="ready"])')).toHaveCount(0);
			expect(await overflow()).toBe(0);
			const cards = new AxeBuilder({ page }).include('[data-tokenizer="gpt2"]');
			expect((await cards.analyze()).violations).toEqual([]);
		});
		test(`axe finds nothing on Vocabulary in ${colorScheme} at ${width} px`, async ({ page }) => {
			await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await page.setViewportSize({ width, height: 800 });
			await new LabPage(page).open('./vocabulary/?tokenizer=gpt2&id=15717&q=berry&facts=1');
			await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
			await page.getByText(/^Show merges/).click();
			await page.getByText('Unreachable', { exact: true }).click();
			await expect(page.getByRole('status').first()).toContainText('0 tokens');
			await page.getByRole('button', { name: 'Clear the search' }).click();
			await page.getByRole('grid').focus();
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(overflow).toBe(0);
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

			await page.getByRole('combobox', { name: 'Tokenizer' }).selectOption('llama3');
			await page.getByText('Chat template', { exact: true }).click();
			const template = page.getByRole('region', { name: 'Chat template' });
			await expect(template.getByRole('link', { name: '<|eot_id|>' })).toBeVisible();
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		});
		for (const path of ['./drift/', './drift/lineages/', './drift/diff/', './about/']) {
			test(`axe finds nothing on ${path} in ${colorScheme} at ${width} px`, async ({ page }) => {
				// axe checks every token.
				test.slow();
				await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
				await page.setViewportSize({ width, height: 800 });
				await new LabPage(page).open(path);
				if (path.endsWith('diff/')) {
					await expect(page.locator('main')).toHaveAttribute('data-status', 'ready');
					await page.getByText('checks did not see it').click();
					await page.getByText('Fingerprints').click();
					await page.getByText('Change the text').click();
					await page.getByText('The same kinds of drift').click();
				}
				const overflow = await page.evaluate(
					() => document.documentElement.scrollWidth - document.documentElement.clientWidth
				);
				expect(overflow).toBe(0);
				expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
			});
		}
	}
}

test('remembers a chosen theme', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'light' });
	const lab = new LabPage(page);
	await lab.open();
	const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const light = await background();
	await page.getByRole('button', { name: 'Switch to the dark theme' }).click();
	const dark = await background();
	expect(dark).not.toBe(light);
	await page.reload();
	expect(await background()).toBe(dark);
});

test('skips to the content, and marks one page as current in forced colours', async ({ page }) => {
	await page.emulateMedia({ forcedColors: 'active' });
	const lab = new LabPage(page);
	await lab.open();
	await page.keyboard.press('Tab');
	await expect(page.getByRole('button', { name: 'Skip to the content' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.locator('main')).toBeFocused();
	const borders = await page
		.getByRole('navigation')
		.getByRole('link')
		.evaluateAll((links) => links.map((link) => getComputedStyle(link).borderBottomColor));
	expect(new Set(borders.slice(1)).size).toBe(1);
	expect(borders[0]).not.toBe(borders[1]);
});

test('works with the keyboard alone', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base,yours,o200k_base,gemma3&corpus=text');
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog')).toContainText('Next, previous difference');
	await page.keyboard.press('Escape');

	// The picker: open, search, choose, close.
	await page.getByTestId('tokenizer-picker').focus();
	await page.keyboard.press('Enter');
	await page.getByRole('searchbox').focus();
	await page.keyboard.type('gpt-2');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('checkbox', { name: /^gpt2/ })).toBeFocused();
	await page.keyboard.press('Space');
	await page.keyboard.press('Escape');
	await expect(lab.card('gpt2')).toHaveAttribute('data-status', 'ready');

	// The examples menu.
	await page.getByRole('button', { name: 'Examples' }).focus();
	await page.keyboard.press('Enter');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await expect(lab.text).toHaveValue(/^Strawberry has three/);
	await lab.ready();

	// Tokens: one tab stop, arrows within and across tokenizers.
	const first = lab.card('cl100k_base').locator('[data-token-id]').first();
	await first.focus();
	await page.keyboard.press('ArrowRight');
	await expect(lab.card('cl100k_base').locator('[data-token-id="675"]')).toBeFocused();
	await page.keyboard.press('ArrowDown');
	// In the live tokenizer, “trawberry” is one token. The next ↓ continues from the original byte.
	await expect(lab.card('yours').locator('[data-byte-start="1"]')).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await expect(lab.card('o200k_base').locator('[data-token-id="1134"]')).toBeFocused();
	await page.keyboard.press('End');
	await expect(lab.card('o200k_base').locator('[data-token-id]').last()).toBeFocused();
});

test('single-letter shortcuts can be turned off', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.showExample('A bit of everything');
	await expect(page.getByText('15 differences', { exact: true })).toBeVisible();
	await page.getByRole('button', { name: 'Keys' }).click();
	await page.getByLabel('Single-letter shortcuts').uncheck();
	await page.getByRole('button', { name: 'Close' }).click();
	await page.getByRole('button', { name: 'Next difference' }).click();
	await page.keyboard.press('n');
	await expect(page.getByText('Difference 1 of 15')).toBeVisible();
});
