import { expect, test, type Page } from './shared';
import { DiffPage } from './diff-page';
import { chooseItem, LabPage, saveFile } from './lab-page';

/** Saves every file that a menu offers, and expects none to be empty. @returns the names of the files */
async function saveAll(page: Page, name: string): Promise<string[]> {
	const menu = page.getByRole('main').getByRole('button', { name, exact: true }).first();
	await menu.click();
	const items = page.getByRole('menuitem').filter({ hasNotText: 'Copy' });
	const count = await items.count();
	await page.keyboard.press('Escape');
	const names: string[] = [];
	for (let at = 0; at < count; at++) {
		await menu.click();
		const { name, bytes, text } = await saveFile(page, () => items.nth(at).click());
		expect(bytes.length, name).toBeGreaterThan(20);
		if (name.endsWith('.json')) JSON.parse(text);
		if (name.endsWith('.svg')) expect(text).toMatch(/^<svg /);
		if (name.endsWith('.png')) expect(bytes.subarray(1, 4).toString()).toBe('PNG');
		names.push(name);
	}
	return names;
}

test('Compare, Strawberry and Inflation save everything that they offer', async ({ page }) => {
	const lab = new LabPage(page);
	await lab.open();
	expect(await saveAll(page, 'Export')).toEqual([
		...['tokens.json', 'tokens.csv', 'figures.csv', 'tokens.png', 'tokens.svg']
	]);
	await lab.open('./strawberry/');
	expect(await saveAll(page, 'Export')).toEqual(['strawberry.png', 'strawberry.svg']);
	await lab.open('./inflation/');
	expect(await saveAll(page, 'Export')).toEqual(
		['csv', 'json'].map((ending) => `inflation.${ending}`)
	);
});

test('Diff saves its report, or says that it cannot be written', async ({ page, context }) => {
	const diff = new DiffPage(page);
	await diff.open('?a=lab-a&b=lab-b');
	await context.setOffline(true);
	await chooseItem(page, 'Export', /^Report as Markdown/);
	await expect(page.getByText('The report could not be written')).toBeVisible();
	await context.setOffline(false);
	await diff.open();
	expect(await saveAll(page, 'Export')).toEqual(['drift.md', 'drift.json']);
});
