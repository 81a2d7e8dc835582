import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { LabPage } from './lab-page';

/** The diff page as a user sees it. */
export class DiffPage {
	constructor(readonly page: Page) {}

	get main(): Locator {
		return this.page.locator('main');
	}
	get verdict(): Locator {
		return this.page.getByTestId('verdict');
	}
	get a(): Locator {
		return this.page.getByTestId('tokenizer-a');
	}
	get b(): Locator {
		return this.page.getByTestId('tokenizer-b');
	}

	check(id: string): Locator {
		return this.page.locator(`[data-check="${id}"]`);
	}

	async open(search = ''): Promise<void> {
		await new LabPage(this.page).open(`./drift/diff/${search}`);
		await this.ready();
	}

	async ready(): Promise<void> {
		await expect(this.main).toHaveAttribute('data-status', 'ready');
	}

	/** Chooses an example text from the menu. */
	async showText(name: string): Promise<void> {
		await this.page.getByRole('button', { name: 'Texts' }).click();
		await this.page.getByRole('menuitem', { name }).click();
	}

	/** Downloads the report. */
	async json(): Promise<unknown> {
		const download = this.page.waitForEvent('download');
		await this.page.getByRole('button', { name: 'Export' }).click();
		await this.page.getByRole('menuitem', { name: /Download JSON/ }).click();
		return JSON.parse(readFileSync(await (await download).path(), 'utf8')) as unknown;
	}
}

/** Scrolls to the section about damage, which is loaded when it comes near. */
export async function showDamage(page: Page): Promise<void> {
	await page.getByRole('heading', { name: 'Damage', exact: true }).scrollIntoViewIfNeeded();
}
