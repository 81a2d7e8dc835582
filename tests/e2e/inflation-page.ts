import { expect, type Locator, type Page } from '@playwright/test';
import { LabPage } from './lab-page';

export class InflationPage {
	constructor(readonly page: Page) {}

	/** Present only once everything on the page has been measured. */
	get ready(): Locator {
		return this.page.locator('main[data-status="ready"]');
	}
	get rows(): Locator {
		return this.page.getByRole('listbox', { name: /^Languages by premium/ }).getByRole('option');
	}
	get headline(): Locator {
		return this.page.getByRole('heading', { level: 1 });
	}
	get explained(): Locator {
		return this.page.locator('#why-title');
	}
	get explaining(): Locator {
		return this.page.getByLabel('Tokenizer to explain');
	}
	mark(language: string, tokenizer: string): Locator {
		return this.page.locator(`[data-language="${language}"][data-tokenizer="${tokenizer}"]`);
	}
	async ratio(language: string, tokenizer: string): Promise<number> {
		return Number(await this.mark(language, tokenizer).getAttribute('data-ratio'));
	}
	async open(search = ''): Promise<void> {
		await new LabPage(this.page).open(`./inflation/${search}`);
		await expect(this.ready).toBeVisible();
	}
}
