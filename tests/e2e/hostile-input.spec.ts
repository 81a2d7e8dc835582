import { expect, test } from './shared';
import { dropOn } from './dropped-files';
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
	await lab.open('./?t=cl100k_base,gemma3,yours');
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
	await expect(lab.count('cl100k_base')).toHaveText('2');
});

test('draws text from right to left, says what is unusual, and refuses a file or link that is damaged', async ({
	page
}) => {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2,nonsense#v1.t=AAAA');
	const alert = page.getByRole('main').getByRole('alert');
	await expect(alert).toContainText('nonsense');
	await expect(lab.text).toHaveValue(/^Language models read/);
	await page.getByRole('button', { name: 'Dismiss' }).click();
	await expect(alert).toHaveCount(0);

	await lab.text.fill('مرحبا بالعالم');
	await lab.ready();
	await expect(lab.text).toHaveCSS('direction', 'rtl');
	const tokens = lab.card('gpt2').locator('[data-token-id]');
	const [first, last] = [await tokens.first().boundingBox(), await tokens.last().boundingBox()];
	expect(first?.x).toBeGreaterThan(last?.x ?? Infinity);

	await lab.paste('\ufeffa\0b\ud800c');
	for (const fact of ['begins with a BOM', 'NUL', 'lone surrogates count as U+FFFD'])
		await expect(page.locator('#input-facts')).toContainText(fact);
	await dropOn(lab.text, { name: 'latin1.txt', content: [0x63, 0x61, 0x66, 0xe9, 0x20] });
	await expect(page.getByRole('alert')).toContainText(/UTF-8.*3/);
	await expect(lab.text).toHaveValue(/^\ufeffa/);
});
