import { expect, test } from './shared';
import { LabPage } from './lab-page';

test('refuses a damaged link, and draws text from right to left', async ({ page }) => {
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
});
