import { expect, type Locator, type Page } from '@playwright/test';
import { drawnIds, LabPage } from './lab-page';

/** The Strawberry page as a user sees it. */
export class StrawberryPage {
	constructor(readonly page: Page) {}

	get word(): Locator {
		return this.page.getByTestId('word-input');
	}
	get letter(): Locator {
		return this.page.getByTestId('letter-input');
	}
	get count(): Locator {
		return this.page.locator('[data-letter-count]');
	}
	card(tokenizer: string): Locator {
		return this.page.locator(`[data-tokenizer="${tokenizer}"]`);
	}
	merges(tokenizer: string): Locator {
		return this.page.locator(`[data-ladder="${tokenizer}"]`);
	}

	async open(to = ''): Promise<void> {
		await new LabPage(this.page).open(`./strawberry/${to}`);
	}

	async ready(): Promise<void> {
		await expect(this.page.locator('[data-tokenizer]:not([data-status="ready"])')).toHaveCount(0);
	}

	/** Ids of the drawn tokens, in order. */
	ids(tokenizer: string, variant: 'alone' | 'sentence'): Promise<number[]> {
		return drawnIds(this.card(tokenizer).locator(`[data-way="${variant}"]`));
	}
}
