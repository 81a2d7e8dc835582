import type { Locator } from '@playwright/test';
import { drawnIds, LabPage } from './lab-page';

export class StrawberryPage extends LabPage {
	get word(): Locator {
		return this.page.getByTestId('word-input');
	}
	get letter(): Locator {
		return this.page.getByTestId('letter-input');
	}
	get letterCount(): Locator {
		return this.page.locator('[data-letter-count]');
	}
	merges(tokenizer: string): Locator {
		return this.page.locator(`[data-merges="${tokenizer}"]`);
	}

	override open(): Promise<void> {
		return super.open('./strawberry/');
	}

	/** Ids of the drawn tokens, in order. */
	ids(tokenizer: string, variant: 'alone' | 'sentence'): Promise<number[]> {
		return drawnIds(this.card(tokenizer).locator(`[data-way="${variant}"]`));
	}
}
