import { expect, type Locator, type Page } from '@playwright/test';
import { chooseItem, LabPage, saveFile } from './lab-page';

/** The Inflation page as a user knows it. */
export class InflationPage {
	constructor(readonly page: Page) {}

	get status(): Locator {
		return this.page.getByText('Measured in this browser');
	}
	get rows(): Locator {
		return this.page.getByRole('listbox', { name: /^Languages by premium/ }).getByRole('option');
	}
	get headline(): Locator {
		return this.page.getByRole('heading', { level: 1 });
	}
	/** Name of the explained language. */
	get explained(): Locator {
		return this.page.locator('#why-title');
	}
	/** Explains the chosen language in another tokenizer. */
	async explainIn(tokenizer: string): Promise<void> {
		const tokenizers = this.page.getByRole('radiogroup', { name: 'Tokenizer to explain' });
		await tokenizers.getByText(tokenizer, { exact: true }).click();
	}
	get verdict(): Locator {
		return this.page.getByTestId('suffix-verdict');
	}
	mark(language: string, tokenizer: string): Locator {
		return this.page.locator(`[data-language="${language}"][data-tokenizer="${tokenizer}"]`);
	}
	async ratio(language: string, tokenizer: string): Promise<number> {
		return Number(await this.mark(language, tokenizer).getAttribute('data-ratio'));
	}
	async open(search = ''): Promise<void> {
		await new LabPage(this.page).open(`./inflation/${search}`);
		await expect(this.status).toBeVisible();
	}
	/** Shows or hides a part of the page that is folded at first. */
	async toggle(title: string): Promise<void> {
		await this.page.getByRole('heading', { name: title }).click();
	}
	/** The figures, as the export menu saves them. */
	async exportedJson(): Promise<string> {
		return (await saveFile(this.page, () => chooseItem(this.page, 'Export', 'Figures as JSON')))
			.text;
	}
}
