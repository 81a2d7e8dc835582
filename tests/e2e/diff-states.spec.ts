import { writeFileSync } from 'node:fs';
import { expect, test } from './shared';
import { DiffPage, showDamage } from './diff-page';
import { chosenFile, tokenizerJson } from './dropped-files';
import { LabPage, openOptions, openUnhydrated } from './lab-page';
import { expectStill, watchShifts } from './layout-shifts';
import { expectDimmed, watchFigures } from './seen-frames';
import { holdableWorkers, holdLargeFiles, slowWorkers } from './slow-workers';

test('a link shows nothing of another pair before hydration, and says that it compares', async ({
	page
}) => {
	const workers = await holdableWorkers(page, true);
	const hydrate = await openUnhydrated(page, './drift/diff/?a=gpt2&b=qwen3');
	const diff = new DiffPage(page);
	await expect(diff.verdict).toBeHidden();
	await expect(diff.verdict).not.toHaveAttribute('data-verdict');
	await expect(diff.a).toBeHidden();
	await hydrate();
	await expect(diff.verdict).toHaveText('Comparing gpt2 with qwen3…');
	await expect(diff.verdict).not.toHaveAttribute('data-verdict');
	await workers.release();
	await diff.ready();
	await expect(diff.verdict).toContainText('Don’t swap tokenizer A for B');
});

test('a file that is read takes the place of the old pair, which Stop and an error bring back', async ({
	page
}) => {
	const reading = await holdLargeFiles(page, 1e6);
	const diff = new DiffPage(page);
	await diff.open();
	const large = test.info().outputPath('large.json');
	writeFileSync(large, tokenizerJson() + ' '.repeat(1e6));
	const field = diff.main.getByLabel('Tokenizer files');
	const alert = diff.main.getByRole('alert');

	await field.setInputFiles(large);
	await reading();
	await expect(diff.verdict).toContainText('Opening large.json…');
	await expect(diff.verdict).not.toHaveAttribute('data-verdict');
	await expect(diff.check('config')).toBeHidden();
	await expect(page.getByTestId('text-findings')).toBeHidden();
	await diff.main.getByRole('button', { name: 'Stop' }).click();
	const kept = 'A and B have not changed.';
	await expect(alert).toContainText('Stopped opening large.json.');
	await expect(alert).toContainText(kept);
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
	await expect(diff.verdict).toBeVisible();

	await field.setInputFiles(chosenFile('broken.json', tokenizerJson().slice(0, -9)));
	await expect(alert).toContainText('broken.json: ');
	await expect(alert).toContainText(kept);
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
});

test('a link without its hash asks for the whole link, and a bad one says what is wrong', async ({
	page
}) => {
	const diff = new DiffPage(page);
	await diff.open('?a=lab-a&b=lab-b');
	await page.getByText('Change your text').click();
	await page.getByTestId('text-input').fill('a b c');
	await expect(page).toHaveURL(/\?a=lab-a&b=lab-b.*&rest#v1\.t=/);
	await diff.ready();
	const link = page.url();
	await page.goto('about:blank');
	await new LabPage(page).open(link.split('#')[0]);
	await expect(diff.main.getByRole('alert')).toContainText('everything from “#” on is missing');
	await expect(diff.verdict).toHaveText('Which two tokenizers should be compared?');
	await expect(diff.verdict).not.toHaveAttribute('data-verdict');
	await page.goto(link);
	await diff.ready();
	await expect(diff.b).toHaveValue('lab-b');
	await expect(page.getByTestId('text-findings')).toContainText('is 3 tokens in A');
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');

	// If parts of a link aren't recognised, nothing is compared until the visitor confirms.
	await page.goto('about:blank');
	await new LabPage(page).open('./drift/diff/?a=nonsense&edit-b=[{"kind":"explode"}]');
	for (const words of ['“nonsense”', 'explode'])
		await expect(diff.main.getByRole('alert')).toContainText(words);
	await expect(diff.verdict).not.toHaveAttribute('data-verdict');
	await page.getByRole('button', { name: 'Compare llama3 with llama3' }).click();
	await diff.ready();
	await expect(diff.check('self-encode')).toContainText('23,171');

	// The options for reading the text stay available even if B's regex cannot split it.
	const split = { type: 'Split', pattern: { Regex: '(?:[^!]+)+!|.' } };
	const value = { ...split, behavior: 'Isolated', invert: false };
	const edits = JSON.stringify([{ kind: 'pre_tokenizer', value }]);
	await new LabPage(page).open(`./drift/diff/?a=lab-a&b=lab-a&edit-b=${encodeURIComponent(edits)}`);
	await expect(diff.main.getByRole('alert')).toContainText('it backtracks');
	await openOptions(page);
	await expect(page.getByTestId('template-tokens')).toBeVisible();
	await page.keyboard.press('Escape');
	await page.getByText('Change your text').click();
	await expect(page.getByRole('button', { name: 'Examples' })).toBeVisible();
});

test('no figure of an earlier pair or text is shown as one of the current, and nothing moves at first', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 800 });
	await watchShifts(page);
	await slowWorkers(page, 120);
	const diff = new DiffPage(page);
	await diff.open('?a=lab-a&b=lab-a');
	await expectStill(page);
	await showDamage(page);
	await page.getByTestId('measure-damage').click();
	await expect(page.locator('[data-damage="0"]')).toHaveCount(3);
	await page.getByText('Change your text').click();
	const field = page.getByTestId('text-input');
	await field.fill('a');
	await diff.ready();

	const findings = '[data-testid="text-findings"]';
	await watchFigures(page, '[data-testid="verdict"]', '[data-damage]', '[data-check]');
	await diff.b.selectOption('lab-b');
	await diff.a.selectOption('gpt2');
	await expect(diff.verdict).toHaveAttribute('data-verdict', 'silent');
	await diff.ready();
	// Stale figures are hidden rather than dimmed.
	expect(await page.evaluate(() => [...window.seenFrames.wrong])).toEqual([]);
	await watchFigures(page, findings);
	await field.fill('a b');
	await field.fill('a b c');
	await expect(page.locator(findings)).toContainText('is 3 tokens in A');
	await expectDimmed(page);
});
