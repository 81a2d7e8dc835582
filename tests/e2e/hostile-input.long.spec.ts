import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';

test('answers for a pre-token that would hang a library, and says that the library gave up', async ({
	page
}) => {
	const lab = new LabPage(page);
	// The other library must be done before the watchdog ends it, so it has a small vocabulary to build.
	await lab.open('./?t=cl100k_base,llama2');
	await lab.paste('a'.repeat(20_000));
	await lab.ready();
	await expect(lab.count('cl100k_base')).toHaveText('2500');
	await page.getByRole('button', { name: /^Check with/ }).click();
	await expect(lab.card('cl100k_base')).toContainText('js-tiktoken gave up');
	await expect(lab.card('cl100k_base')).toContainText('20,000 characters');
	await expect(page.getByText('the same ids in llama2. No answer for cl100k_base.')).toBeVisible();
});
