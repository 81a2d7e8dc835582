import { expect, test } from './shared';
import { DiffPage, showDamage } from './diff-page';
import { chosenFile, drop, tokenizerJson } from './dropped-files';
import { chooseItem, controlsBefore, openOptions, announcement, saveFile } from './lab-page';

test('compares two tokenizers to the token, depending on the rows of the embedding, and exports the report', async ({
	page
}) => {
	const diff = new DiffPage(page);
	await diff.open('?a=r50k_base&b=p50k_base');
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'crash');
	await openOptions(page);
	await page.getByLabel('Embedding rows').fill('50400');
	await page.getByLabel('Embedding rows').press('Enter');
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
	await page.getByLabel('Embedding rows').fill('1.5');
	await page.getByLabel('Embedding rows').press('Enter');
	await expect(page.getByRole('alert')).toContainText('Enter a whole number from 1 to');
	await expect(page).toHaveURL(/rows=50400/);

	await diff.a.selectOption('cl100k_base');
	await diff.b.selectOption('o200k_base');
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'crash');
	await diff.ready();
	expect(await diff.json()).toMatchObject({
		verdict: 'crash',
		vocabulary: { shared: 85_033, sameId: 265, moved: 84_768, added: 114_965, removed: 15_223 }
	});
	const { text: markdown } = await saveFile(page, () =>
		chooseItem(page, 'Export', /^Report as Markdown/)
	);
	expect(markdown).toContain('# Tokenizer drift: crash');
	expect(markdown).toContain('84,768');
});

test('says what a change does and which checks catch it, takes a regex, and undoes removed changes', async ({
	page
}) => {
	const diff = new DiffPage(page);
	await diff.open();
	await expect(diff.verdict).toHaveText(
		/^Don’t swap tokenizer A for B: \d.*% of A’s tokens in 25 ordinary texts become different tokens, and no error/
	);
	const example = page.getByTestId('example');
	// Llama 3 has a token for "-known", but GPT-2's rules split off the hyphen.
	await expect(example).toContainText('well-known');
	await expect(example.locator('li')).toHaveText([
		/^well/,
		/^-known/,
		/^well/,
		/^-\s*12$/,
		/^known/
	]);
	await expect(page.getByText('copy A’s pre-tokenizer to B')).toBeVisible();
	for (const id of ['output', 'config', 'self-encode'])
		await expect(diff.check(id).locator('.state')).toContainText('found it');
	for (const id of ['embedding', 'vocabulary'])
		await expect(diff.check(id).locator('.state')).toContainText('found nothing');

	const choose = (change: string) => diff.b.selectOption({ label: `llama3, ${change}` });
	await choose('merging inside whole tokens');
	await expect(diff.check('self-encode')).toContainText('588');
	await expect(page).toHaveURL(/ignore-merges/);
	// Ordinary text doesn't reveal this edit.
	await expect(diff.verdict).toContainText(
		'ordinary text gets the same ids, but other text doesn’t'
	);
	await expect(page.getByTestId('witness')).toBeVisible();
	await choose('split by your own regex (in Options)');
	await openOptions(page);
	const regex = page.getByLabel('Regex that splits text in B');
	await expect(regex).toHaveValue(/\\p\{L\}/);
	await regex.fill('(a');
	await regex.blur();
	await expect(page.getByRole('alert')).toContainText(/never closed|Expected|expected/);
	await regex.fill('\\p{N}{1,2}');
	await regex.blur();
	await diff.ready();
	await expect(page.getByRole('alert')).toHaveCount(0);
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');

	await page.keyboard.press('Escape');
	await diff.b.selectOption('gpt2');
	await expect(page).not.toHaveURL(/split-regex/);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page).toHaveURL(/split-regex/);
});

test('measures damage corpus by corpus, and reports it', async ({ page }) => {
	const diff = new DiffPage(page);
	await diff.open('?a=lab-a&b=lab-b');
	await showDamage(page);
	const row = (corpus: string) => page.locator(`[data-corpus="${corpus}"]`);
	await expect(row('factbook')).toContainText('not measured yet');
	await page.getByTestId('measure-damage').click();
	await expect(page.locator('[data-damage]')).toHaveCount(3);
	const [first, second] = await Promise.all(
		['factbook', 'code'].map(async (corpus) =>
			Number(await row(corpus).getAttribute('data-damage'))
		)
	);
	expect(first).toBeGreaterThan(0.1);
	await expect(diff.check('damage')).toHaveAttribute('data-check-status', 'fail');
	expect(await diff.json()).toMatchObject({
		damage: {
			corpus: 'country profiles',
			change: first,
			corpora: [
				{ corpus: 'country profiles' },
				{ corpus: 'JavaScript', change: second },
				{ corpus: 'twenty languages' }
			]
		}
	});
	await diff.b.selectOption('lab-a');
	await diff.ready();
	await expect(page.locator('[data-damage]')).toHaveCount(0);
});

test('walks the differences of a text by keyboard alone', async ({ page }) => {
	const diff = new DiffPage(page);
	await diff.open();
	const stops = await controlsBefore(page, '[aria-label="Example"]', 'header, a, .skip');
	expect(stops.length).toBeGreaterThan(2);
	expect(stops.length, stops.join('\n')).toBeLessThanOrEqual(7);

	await diff.check('config').locator('summary').first().focus();
	await page.keyboard.press('Enter');
	await expect(diff.check('config').locator('[data-field]').first()).toBeVisible();
	await page.getByText('Change your text').click();
	await chooseItem(page, 'Examples', 'A bit of everything');
	await expect(page.getByText('5 differences in this text', { exact: true })).toBeVisible();
	await page.locator('.row [data-token-id]').first().focus();
	await page.keyboard.press('ArrowRight');
	for (const [key, difference] of [
		['n', 1],
		['n', 2],
		['n', 3],
		['p', 2]
	] as const) {
		await page.keyboard.press(key);
		await expect(page.getByText(`Difference ${difference} of 5`)).toBeVisible();
	}
	await expect(page.locator('[data-linked]').first()).toBeVisible();
});

test('compares two chosen tokenizers on a file', async ({ page }) => {
	const diff = new DiffPage(page);
	await diff.open('?a=lab-a&b=lab-b');
	await diff.main
		.getByLabel('Tokenizer files')
		.setInputFiles([
			chosenFile('before.json', tokenizerJson()),
			chosenFile('after.json', tokenizerJson(3, 4))
		]);
	await expect(diff.a.locator('option:checked')).toHaveText('before');
	await expect(diff.b.locator('option:checked')).toHaveText('after');
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
	await expect(page.getByTestId('witness').locator('li')).toHaveText([/ab\s*3/, /ab\s*4/]);

	await page.getByText('Change your text').click();
	await page.getByTestId('text-input').fill('cab');
	const findings = page.getByTestId('text-findings');
	await expect(findings).toContainText('is 2 tokens in A');
	await drop(page, { name: 'changed.txt', content: 'ababab' });
	await expect(findings).toContainText('is 3 tokens in A');
	await expect(page.locator('.row [data-token-id="3"]').first()).toBeVisible();
	await announcement(page).getByRole('button', { name: 'Undo' }).click();
	await expect(findings).toContainText('is 2 tokens in A');
});
