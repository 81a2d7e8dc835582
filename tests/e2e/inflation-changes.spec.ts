import { expect, test } from './shared';
import { InflationPage } from './inflation-page';
import { LabPage } from './lab-page';
import { expectDimmed, watchFigures } from './seen-frames';
import { slowWorkers } from './slow-workers';

test('no figure of an earlier choice is shown as one of the current', async ({ page }) => {
	await slowWorkers(page, 300);
	const inflation = new InflationPage(page);
	await inflation.open();
	const word = 'section:has(#word-title)';
	const words = page.getByRole('radiogroup', { name: 'Language of the word' });
	const change = async (act: () => Promise<unknown>, ...figures: readonly string[]) => {
		await watchFigures(page, ...figures);
		await act();
		await expectDimmed(page);
	};
	await change(() => inflation.explainIn('o200k_base'), `${word} p.intro`);
	await change(() => words.getByText('Hungarian').click(), `${word} .whole`);
});

test('what fails is named and tried again, and the headline is dimmed until all are measured or fail', async ({
	page
}) => {
	const isVocabulary = (url: URL) => /\/llama2[^/]*\.bin$/.test(url.pathname);
	let fail = () => {};
	const failed = new Promise<void>((resolve) => (fail = resolve));
	await page.route(isVocabulary, async (route) => {
		await failed;
		await route.abort();
	});
	const inflation = new InflationPage(page);
	await new LabPage(page).open('./inflation/?t=cl100k_base,o200k_base,llama2,gpt9&lang=tlh');
	await expect(page.getByText('The link asks for the tokenizer “gpt9”')).toBeVisible();
	await page.getByRole('button', { name: 'Dismiss' }).click();
	const answers = [inflation.headline.locator('span'), inflation.verdict];
	for (const answer of answers) await expect(answer).toHaveClass(/stale/);
	fail();
	const alert = page.getByRole('alert').filter({ hasText: /^\s*llama2:/ });
	await expect(alert).toBeVisible();
	for (const answer of answers) await expect(answer).not.toHaveClass(/stale/);
	await expect(inflation.verdict).toContainText('In 2 of 3 tokenizers.');
	await page.unroute(isVocabulary);
	await alert.getByRole('button', { name: 'Try again' }).click();
	await expect(inflation.mark('tur', 'llama2')).toBeVisible();
	// What else failed for the same reason has been tried again, too.
	await expect(page.getByRole('alert').filter({ visible: true })).toHaveCount(0);
});
