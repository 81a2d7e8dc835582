import { expect, type Locator, type Page } from '@playwright/test';
import { LabPage } from './lab-page';

export class InflationPage {
	constructor(readonly page: Page) {}

	/** Matches the page once everything on it has been measured. */
	get ready(): Locator {
		return this.page.locator('main[data-status="ready"]');
	}
	get rows(): Locator {
		return this.page.getByRole('listbox', { name: /^Languages by premium/ }).getByRole('option');
	}
	get headline(): Locator {
		return this.page.getByRole('heading', { level: 1 });
	}
	/** Name of the language being explained. */
	get explained(): Locator {
		return this.page.locator('#why-title');
	}
	/** Field for choosing the tokenizer used in the explanation. */
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
