import { expect, type Locator, type Page } from '@playwright/test';
import { chooseItem, LabPage, saveFile } from './lab-page';

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

	async json(): Promise<unknown> {
		const { text } = await saveFile(this.page, () =>
			chooseItem(this.page, 'Export', 'Report as JSON')
		);
		return JSON.parse(text) as unknown;
	}
}

/** Scrolls to the damage section, which loads when it comes near the viewport. */
export async function showDamage(page: Page): Promise<void> {
	await page.getByRole('heading', { name: 'Damage', exact: true }).scrollIntoViewIfNeeded();
}
