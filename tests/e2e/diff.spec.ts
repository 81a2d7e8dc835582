import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { encodeTextHash } from '../../src/lib/session/links/link-codec';
import { DiffPage, showDamage } from './diff-page';
import { LabPage } from './lab-page';

test.describe('the diff', () => {
	test('shows a finished verdict before any script runs', async ({ browser, baseURL }) => {
		const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
		const page = await context.newPage();
		await page.goto('./drift/diff/');
		const diff = new DiffPage(page);
		await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
		await expect(diff.verdict).toContainText('No. The same text gets different ids');
		// How much of the text changes is said once, above its tokens.
		await expect(page.getByTestId('text-findings')).toContainText('are split differently');
		const section = page.getByRole('region', { name: 'Verdict' });
		await expect(section).not.toContainText('are split differently');
		await expect(section).toContainText(/Seen on [\d,]+ of [\d,]+ inputs tried\./);
		await expect(diff.check('self-encode')).toContainText('23,171');
		await expect(page.locator('[data-token-id="9335"]')).toBeVisible();
		await expect(page.getByText('id of the coloured token:').first()).toBeVisible();
		await context.close();
	});

	test('compares cl100k_base with o200k_base to the token, and exports the report', async ({
		page
	}) => {
		const diff = new DiffPage(page);
		await diff.open();
		await diff.a.selectOption('cl100k_base');
		await diff.b.selectOption('o200k_base');
		await expect(diff.verdict).toHaveAttribute('data-verdict', 'crash');
		await diff.ready();
		expect(await diff.json()).toMatchObject({
			verdict: 'crash',
			vocabulary: {
				shared: 85_033,
				sameId: 265,
				moved: 84_768,
				added: 114_965,
				removed: 15_223
			}
		});

		// Of 114,965 tokens only the visible ones are drawn, and all can be searched.
		const vocabulary = diff.check('vocabulary');
		// A list is loaded when it comes near the window.
		await vocabulary.scrollIntoViewIfNeeded();
		await vocabulary.getByRole('combobox').selectOption('added');
		const table = vocabulary.getByRole('table');
		await expect(table).toHaveAttribute('aria-rowcount', '114966');
		expect(await table.getByRole('row').count()).toBeLessThan(40);
		await vocabulary.getByRole('searchbox').fill('165942');
		await expect(table).toHaveAttribute('aria-rowcount', '2');

		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: 'Export' }).click();
		await page.getByRole('menuitem', { name: 'Download Markdown' }).click();
		const markdown = readFileSync(await (await download).path(), 'utf8');
		expect(markdown).toContain('# Tokenizer drift: crash');
		expect(markdown).toContain('84,768');
	});

	test('rows of the embedding decide between an error and silence', async ({ page }) => {
		const diff = new DiffPage(page);
		await diff.open('?a=r50k_base&b=p50k_base&open=rows');
		await expect(diff.verdict).toHaveAttribute('data-verdict', 'crash');
		await page.getByLabel('embedding rows').fill('50400');
		await page.getByLabel('embedding rows').press('Enter');
		await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
		await expect(page).toHaveURL(/rows=50400/);
		await page.getByLabel('embedding rows').fill('1.5');
		await page.getByLabel('embedding rows').press('Enter');
		await expect(page.getByRole('alert')).toContainText('Enter a whole number from 1 to');
		await expect(page).toHaveURL(/rows=50400/);
	});

	test('with a different vocabulary every id of a text is wrong, even if the splits are the same', async ({
		page
	}) => {
		const diff = new DiffPage(page);
		await diff.open('?a=mistral-v1&b=mistral-v3');
		const text = diff.check('text');
		await expect(text).toHaveAttribute('data-check-status', 'fail');
		await expect(text).toContainText(
			'100 % of A’s tokens have a different id in B. The split is the same.'
		);
		await expect(page.locator('.row [data-token-id]').first()).toBeVisible();
	});

	test('another change starts with one that applies along with the first', async ({ page }) => {
		const diff = new DiffPage(page);
		await diff.open();
		await page.getByRole('button', { name: 'Add another change' }).click();
		await expect(page.getByLabel('Change', { exact: true })).toHaveCount(2);
		await diff.ready();
		await expect(page.getByRole('alert')).toHaveCount(0);
		await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
	});

	test('one change to llama3 is silent, and says which checks catch it', async ({ page }) => {
		const diff = new DiffPage(page);
		await diff.open();
		await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
		await expect(diff.check('self-encode')).toContainText('23,171');
		for (const id of ['output', 'config', 'self-encode'])
			await expect(diff.check(id).locator('.state')).toContainText('found it');
		await expect(page.getByText(/checks did not see it: embedding, vocabulary/)).toBeVisible();

		await page.getByLabel('Change', { exact: true }).selectOption('ignore-merges');
		await expect(diff.check('self-encode')).toContainText('588');
		await expect(page).toHaveURL(/ignore-merges/);
		await diff.ready();

		// The regex can be edited; an error is shown for one that cannot be read.
		await page.getByLabel('Change', { exact: true }).selectOption('regex');
		const regex = page.getByLabel('Regular expression');
		await expect(regex).toHaveValue(/\\p\{N\}\{1,3\}/);
		await regex.fill('(a');
		await regex.blur();
		await expect(page.getByRole('alert')).toContainText(/never closed|Expected|expected/);
		await regex.fill('\\p{N}{1,2}');
		await regex.blur();
		await diff.ready();
		await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
		await expect(page.getByRole('alert')).toHaveCount(0);
	});

	test('a tokenizer is identical to itself, and loses exactly nothing', async ({ page }) => {
		const diff = new DiffPage(page);
		await diff.open('?a=lab-a&b=lab-a');
		await expect(diff.verdict).toHaveAttribute('data-verdict', 'identical');
		await showDamage(page);
		const measure = page.getByTestId('measure-damage');
		await measure.click();
		await expect(page.locator('[data-damage="0"]')).toHaveCount(3);

		await diff.b.selectOption('lab-b');
		await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
		await diff.ready();
		await expect(page.locator('[data-damage]')).toHaveCount(0);
		await measure.click();
		const changes = page.locator('[data-damage]');
		await expect(changes).toHaveCount(3);
		const figures = await changes.evaluateAll((rows) =>
			rows.map((row) => [row.dataset.corpus, Number(row.dataset.damage)] as const)
		);
		expect(figures.map(([corpus]) => corpus)).toEqual(['factbook', 'code', 'languages']);
		expect(figures[0][1]).toBeGreaterThan(0.1);
		for (const [, change] of figures) expect(change).toBeGreaterThan(0);
		expect(new Set(figures.map(([, change]) => change)).size).toBe(3);
		await expect(diff.check('damage')).toHaveAttribute('data-check-status', 'fail');
		await expect(diff.check('damage')).toContainText('on country profiles');
		expect(await diff.json()).toMatchObject({
			damage: {
				corpus: 'country profiles',
				change: figures[0][1],
				corpora: [
					{ corpus: 'country profiles' },
					{ corpus: 'JavaScript', change: figures[1][1] },
					{ corpus: 'twenty languages', change: figures[2][1] }
				]
			}
		});
	});

	test('shows each corpus as it is done, stops, and measures the rest later', async ({ page }) => {
		const diff = new DiffPage(page);
		// The second corpus never arrives.
		let isHeld = true;
		await page.route(/\/code[^/]*[.]txt$/, async (route) => {
			if (!isHeld) await route.continue();
		});
		await diff.open('?a=lab-a&b=lab-b');
		await showDamage(page);
		const measure = page.getByTestId('measure-damage');
		const row = (corpus: string) => page.locator(`[data-corpus="${corpus}"]`);
		await expect(row('factbook')).toContainText('not measured yet');
		await measure.click();
		await expect(row('languages')).toContainText('waiting');
		await expect(row('factbook')).toHaveAttribute('data-damage', /./);
		await expect(row('code')).toContainText('Fetching the text');
		await page.getByRole('button', { name: 'Stop' }).click();
		await expect(row('code')).toContainText('not measured yet');
		await expect(row('languages')).toContainText('not measured yet');
		const first = await row('factbook').getAttribute('data-damage');
		isHeld = false;
		await measure.click();
		await expect(page.locator('[data-damage]')).toHaveCount(3);
		await expect(row('factbook')).toHaveAttribute('data-damage', first ?? '');
	});

	test('shows what drift costs a real model, and opens the table for a link to a row', async ({
		page
	}) => {
		const diff = new DiffPage(page);
		await diff.open('#real-model-letters');
		const table = page.getByTestId('real-model');
		await expect(table.locator('#real-model-letters')).toBeInViewport();
		await expect(table.locator('tbody')).toHaveCount(5);
		await expect(table).toContainText('python tests/real-model/measure.py');
		await table.getByRole('button', { name: 'No BOS' }).click();
		await expect(page).toHaveURL(
			/a=gemma3&b=gemma3.*#v1[^?]*\?edit-b=%5B%7B%22kind%22%3A%22bos%22/
		);
	});

	test('never shows a gain that comes from text that B drops', async ({ page }) => {
		const diff = new DiffPage(page);
		// B drops everything except one letter.
		const edits = [
			{
				kind: 'normalizer',
				value: { type: 'Replace', pattern: { Regex: '[^e]' }, content: '' }
			}
		];
		await diff.open(`?a=lab-a&b=lab-a&edit-b=${encodeURIComponent(JSON.stringify(edits))}`);
		await showDamage(page);
		await page.getByTestId('measure-damage').click();
		await expect(page.locator('[data-damage]')).toHaveCount(3);
		const shown = page.getByRole('region', { name: 'Damage', exact: true });
		await expect(shown).toContainText(/On country profiles: B leaves out \d\d\.\d % of the text/);
		await expect(shown).toContainText('is no gain');
		await expect(page.getByTestId('damage')).not.toContainText(/[+−]\d/);
		await expect(diff.check('damage')).toContainText('is no gain');
	});

	test('walks the differences of a text by key, side by side', async ({ page }) => {
		const diff = new DiffPage(page);
		await diff.open();
		await diff.showText('A bit of everything');
		const status = page.getByText('5 differences', { exact: true });
		await expect(status).toBeVisible();
		await page.getByRole('button', { name: 'Next difference' }).click();
		await expect(page.getByText('Difference 1 of 5')).toBeVisible();
		await page.keyboard.press('n');
		await page.keyboard.press('n');
		await expect(page.getByText('Difference 3 of 5')).toBeVisible();
		await page.keyboard.press('p');
		await expect(page.getByText('Difference 2 of 5')).toBeVisible();
		await expect(page.locator('[data-linked]').first()).toBeVisible();

		await page.getByText('Change the text').click();
		await page.getByTestId('text-input').fill('What is 3333+777?');
		await expect(page.locator('[data-token-id="1644"]').first()).toBeVisible();
		await expect(page).toHaveURL(/#v1\.t=/);
	});

	test('compares several files, most changed first', async ({ page }) => {
		const diff = new DiffPage(page);
		await diff.open();
		await page.getByLabel('Open files to compare').setInputFiles([
			{ name: 'words.txt', mimeType: 'text/plain', buffer: Buffer.from('plain words only') },
			{ name: 'numbers.txt', mimeType: 'text/plain', buffer: Buffer.from('3333 4444 5555') },
			{ name: 'bad.txt', mimeType: 'text/plain', buffer: Buffer.from([0xff, 0xfe, 0x41]) }
		]);
		await expect(page.getByText('bad.txt is not UTF-8')).toBeVisible();
		const rows = page
			.getByRole('table', { name: 'Documents, most changed first' })
			.getByRole('row');
		await expect(rows.nth(1)).toContainText('numbers.txt');
		await expect(rows.nth(2)).toContainText('words.txt');
		await expect(page.getByText(/^A: .* 1 of 2 documents change/)).toBeVisible();
		await page.getByRole('button', { name: 'numbers.txt' }).click();
		await expect(page.locator('[data-token-id="1644"]').first()).toBeVisible();
	});

	test('a link restores both sides, changes, rows and text; a bad one in part, with a message', async ({
		page,
		context
	}) => {
		const diff = new DiffPage(page);
		await diff.open('?a=qwen3&b=qwen3&edit-b=[{"kind":"normalizer","value":null}]&rows=151936');
		await page.getByText('Change the text').click();
		await page.getByTestId('text-input').fill('cafe\u0301');
		await expect(page).toHaveURL(/#v1\.t=/);
		const link = page.url();

		const other = await context.newPage();
		const opened = new DiffPage(other);
		await new LabPage(other).open(link);
		await opened.ready();
		await expect(opened.a).toHaveValue('qwen3');
		await expect(other.getByLabel('Change', { exact: true })).toHaveValue('normalizer');
		await expect(other.getByLabel('embedding rows')).toHaveValue('151936');
		await expect(other.locator('[data-token-id="58858"]')).toBeVisible();
		await expect(other.locator('[data-token-id="1859"]')).toBeVisible();

		await other.goto('about:blank');
		await new LabPage(other).open('./drift/diff/?a=nonsense&edit-b=[{"kind":"explode"}]');
		await expect(other.getByRole('alert')).toContainText('“nonsense”');
		await expect(other.getByRole('alert')).toContainText('explode');
		await expect(opened.verdict).toBeHidden();
		await other.getByRole('button', { name: 'Compare llama3 with llama3' }).click();
		await opened.ready();
		await expect(opened.check('self-encode')).toContainText('23,171');
	});

	test('works by keyboard alone', async ({ page }) => {
		const diff = new DiffPage(page);
		await diff.open();
		await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
		const stops: string[] = [];
		for (let i = 0; i < 30; i++) {
			await page.keyboard.press('Tab');
			const stop = await page.evaluate(() => {
				const element = document.activeElement;
				if (!element) return 'none';
				if (element.closest('header') || element.matches('a, .skip')) return 'link';
				return element.closest('[aria-label="Verdict"], [aria-label="Checks"]')
					? 'result'
					: element.outerHTML.slice(0, 60);
			});
			if (stop === 'result') break;
			if (stop !== 'link') stops.push(stop);
		}
		expect(stops.length).toBeGreaterThan(2);
		expect(stops.length, stops.join('\n')).toBeLessThanOrEqual(7);

		await diff.check('config').locator('summary').first().focus();
		await page.keyboard.press('Enter');
		await expect(diff.check('config').locator('details').first()).not.toHaveAttribute('open');
		await page.getByText('checks did not see it').focus();
		await page.keyboard.press('Enter');
		await expect(diff.check('embedding')).toBeVisible();
		await diff.showText('A bit of everything');
		await expect(page.getByText('5 differences', { exact: true })).toBeVisible();
		await page.locator('.row [data-token-id]').first().focus();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('n');
		await expect(page.getByText('Difference 1 of 5')).toBeVisible();
	});
});

test('compares two chosen files with each other', async ({ page }) => {
	const diff = new DiffPage(page);
	await diff.open();
	const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true };
	const tokenizer = (name: string, abc: number) => ({
		name,
		mimeType: 'application/json',
		buffer: Buffer.from(
			JSON.stringify({
				version: '1.0',
				added_tokens: [],
				normalizer: null,
				pre_tokenizer: { ...byteLevel, use_regex: true },
				post_processor: null,
				decoder: { ...byteLevel, use_regex: true },
				model: {
					type: 'BPE',
					vocab: { a: 0, b: 1, c: 2, ab: abc, abc: 7 - abc },
					merges: ['a b', 'ab c']
				}
			})
		)
	});
	await page
		.locator('main')
		.getByLabel('Tokenizer files')
		.setInputFiles([tokenizer('before.json', 3), tokenizer('after.json', 4)]);
	await expect(diff.a.locator('option:checked')).toHaveText('before');
	await expect(diff.b.locator('option:checked')).toHaveText('after');
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
	const witness = page.getByTestId('witness');
	await expect(witness).toContainText('A · before: 1 token');
	await expect(witness.locator('li')).toHaveText([/ab\s*3/, /ab\s*4/]);
});

test('says that a template repeats the BOS of the text, and shows what the model receives', async ({
	page
}) => {
	const diff = new DiffPage(page);
	const edits = [{ kind: 'bos', times: 1, token: '<|begin_of_text|>' }];
	const hash = (await encodeTextHash({ kind: 'text', value: '<|begin_of_text|>Hello' })) ?? '';
	await diff.open(`?a=llama3&b=llama3&edit-b=${encodeURIComponent(JSON.stringify(edits))}#${hash}`);
	const note = page.getByTestId('repeated-bos');
	await expect(note).toContainText(
		'The text begins with <|begin_of_text|>, and the template of B adds it too.'
	);
	await note.getByRole('button', { name: 'Show what the model receives' }).click();
	await expect(note).toHaveText('B starts with two BOS tokens (<|begin_of_text|>, id 128000).');
});

test('compares the text of a chat template, with its special tokens recognised', async ({
	page
}) => {
	const diff = new DiffPage(page);
	await diff.open();
	const check = diff.check('special-tokens');
	await check.getByRole('button', { name: 'llama3' }).click();
	await expect(page.getByText('The text is now the chat template of llama3')).toBeVisible();
	await expect(page.getByTestId('special-tokens')).toHaveValue('parse');
	// Two newlines after a header: one token in Llama 3, two if its pattern is lost.
	const rows = page.getByTestId('side-by-side');
	await expect(rows).toContainText('id of the coloured token: 271');
	await expect(rows).toContainText('<|start_header_id|>assistant<|end_header_id|>');
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByTestId('special-tokens')).toHaveValue('text');
});
