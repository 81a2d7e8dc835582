import { expect, test } from '@playwright/test';
import { LabPage } from './lab-page';

/** A megabyte of distinct lines. */
function megabyte(): string {
	let text = '';
	for (let line = 0; text.length < 1e6; line++) {
		text += `Line ${line} of a long file: strawberry ${line * 7919}, größer, 你好.\n`;
	}
	return text;
}

test('accepts a megabyte, draws only the part in view, and counts everything', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	const text = megabyte();
	await lab.paste(text);
	await expect(page.locator('#input-facts')).toContainText(
		`${text.length.toLocaleString('en')} characters`
	);
	await lab.ready();
	for (const id of ['cl100k_base', 'gemma3']) {
		expect(Number(await lab.count(id).textContent())).toBeGreaterThan(200_000);
	}
	expect(await page.locator('[data-token-id]').count()).toBeLessThan(5000);
	await lab.text.fill('short again');
	await lab.ready();
	await expect(lab.count('cl100k_base')).toHaveText('2');
});

test('draws both ends of a token of half a megabyte, from a BPE trained on one letter', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base,yours&corpus=text');
	await lab.paste('a'.repeat(1_000_000));
	await lab.ready();
	// 1,000,000 is seven powers of two.
	await expect(lab.count('yours')).toHaveText('7');
	const first = lab.card('yours').locator('[data-token="0"]');
	await expect(first).toHaveAttribute('data-byte-end', '524288');
	await expect(first.locator('[data-mark*="523,888"]')).toHaveCount(1);
	expect(((await first.textContent()) ?? '').length).toBe(524_288);
	expect(await first.evaluate((token) => token.getClientRects().length)).toBeLessThan(20);
});

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

test('says what is unusual about a text, and counts it', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open('./?t=cl100k_base');
	await lab.paste('\ufeffa\0b\ud800c');
	await lab.ready();
	await expect(page.locator('#input-facts')).toContainText('begins with a BOM');
	await expect(page.locator('#input-facts')).toContainText('NUL');
	await expect(page.locator('#input-facts')).toContainText('lone surrogates count as U+FFFD');
});

test('refuses a file that is not UTF-8, names the byte, and keeps the text', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	await lab.drop('latin1.txt', [0x63, 0x61, 0x66, 0xe9, 0x20]);
	await expect(page.getByRole('alert')).toContainText('UTF-8');
	await expect(page.getByRole('alert')).toContainText('3');
	await expect(lab.text).toHaveValue(/^Language models read/);
	await page.getByRole('button', { name: 'Dismiss' }).click();
	await expect(page.getByRole('alert')).toHaveCount(0);
});

test('reports that a vocabulary cannot be fetched, and tries again on request', async ({
	page
}) => {
	const lab = new LabPage(page);
	const isVocabulary = (url: URL) => /\/gpt2[^/]*\.bin$/.test(url.pathname);
	await page.route(isVocabulary, (route) => route.abort());
	await lab.open('./?t=gpt2,cl100k_base');
	await expect(lab.card('gpt2')).toHaveAttribute('data-status', 'error');
	await expect(lab.card('gpt2').getByRole('alert')).toContainText('could not be fetched');
	await expect(lab.card('cl100k_base')).toHaveAttribute('data-status', 'ready');
	await expect(lab.text).toHaveValue(/^Language models read/);
	await page.unroute(isVocabulary);
	await lab.card('gpt2').getByRole('button', { name: 'Try again' }).click();
	await expect(lab.card('gpt2')).toHaveAttribute('data-status', 'ready');
	await expect(lab.count('gpt2')).toHaveText('39');
});
