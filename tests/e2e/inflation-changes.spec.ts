import { expect, test } from './shared';
import { InflationPage } from './inflation-page';
import { LabPage } from './lab-page';
import { expectDimmed, watchFigures } from './seen-frames';
import { slowWorkers } from './slow-workers';

test('no token of an earlier tokenizer is shown as one of the current', async ({ page }) => {
	await slowWorkers(page, 300);
	const inflation = new InflationPage(page);
	await inflation.open();
	const word = 'section:has(#word-title) ol';
	await expect(page.locator(word).first()).toContainText('id 3721');
	await watchFigures(page, word);
	await inflation.explainIn('o200k_base');
	await expectDimmed(page);
	await expect(page.locator(word).first()).toContainText('id 5332');
});

test('what fails is named and tried again, and claims are dimmed until all are measured or fail', async ({
	page
}) => {
	const isVocabulary = (url: URL) => /\/llama3[^/]*\.bin$/.test(url.pathname);
	let fail = () => {};
	const failed = new Promise<void>((resolve) => (fail = resolve));
	await page.route(isVocabulary, async (route) => {
		await failed;
		await route.abort();
	});
	const inflation = new InflationPage(page);
	await new LabPage(page).open('./inflation/?t=cl100k_base,o200k_base,llama3,gpt9&lang=tlh');
	await expect(page.getByText('The link asks for the tokenizer “gpt9”')).toBeVisible();
	await page.getByRole('button', { name: 'Dismiss' }).click();
	const answers = [page.locator('main .settle:has(> h1)'), inflation.verdict];
	for (const answer of answers) await expect(answer).toHaveClass(/stale/);
	// Nothing is claimed of a tokenizer that is measured in part.
	await expect(inflation.headline).not.toContainText('Llama');
	fail();
	const alert = page.getByRole('alert').filter({ hasText: /^\s*llama3:/ });
	await expect(alert).toBeVisible();
	for (const answer of answers) await expect(answer).not.toHaveClass(/stale/);
	await expect(inflation.verdict.getByRole('listitem')).toHaveCount(2);
	await page.unroute(isVocabulary);
	await alert.getByRole('button', { name: 'Try again' }).click();
	await expect(inflation.mark('tur', 'llama3')).toBeVisible();
	// What else failed for the same reason has been tried again, too.
	await expect(page.getByRole('alert').filter({ visible: true })).toHaveCount(0);
	await expect(inflation.verdict.getByRole('listitem').last()).toHaveText(
		/^Llama 3 [^]*Turkish takes no more than German, so the rule is refuted\.$/
	);
});
