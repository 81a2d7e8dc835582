import { expect, type Locator, type Page } from '@playwright/test';
import { nativeLibrary } from '../support/native-library';
import { chosenFile, dropOn } from './dropped-files';
import { drawnIds, LabPage } from './lab-page';

export const nativeIds = async (json: string, text: string): Promise<number[] | undefined> =>
	(await nativeLibrary?.Tokenizer.fromString(json).encode(text))?.getIds();

export class TrainPage {
	constructor(readonly page: Page) {}

	get main(): Locator {
		return this.page.locator('main');
	}
	get corpus(): Locator {
		return this.page.getByTestId('corpus-input');
	}
	get size(): Locator {
		return this.page.getByTestId('vocab-size');
	}
	get step(): Locator {
		return this.page.getByTestId('step');
	}
	get shown(): Locator {
		return this.page.getByRole('region', { name: 'The corpus at this merge' });
	}

	async open(search = ''): Promise<void> {
		await new LabPage(this.page).open(`./train/${search}`);
		// A worker repeats the prerendered training to recompute its state.
		await expect(this.page.getByRole('button', { name: 'Save in this browser' })).toBeEnabled();
		await expect(this.shown.locator('[data-token-id]').first()).toBeVisible();
	}

	async train(text: string, size: string): Promise<void> {
		await this.corpus.fill(text);
		await this.size.fill(size);
		await this.page.getByTestId('train').click();
		await expect(this.main).toHaveAttribute('data-status', 'ready');
		await expect(this.shown).toContainText(text.slice(0, 20));
	}

	/** Number of tokens in the corpus after the current merge. */
	get tokensLeft(): Locator {
		return this.page.locator('[data-tokens-left]');
	}
	get trainedCount(): Locator {
		return this.page.locator('[data-trained-count]');
	}
	get text(): Locator {
		return this.page.getByLabel('Your text', { exact: true });
	}

	/** Opens the text field and fills in the text. */
	async fillText(text: string): Promise<void> {
		if (!(await this.text.isVisible())) await this.page.getByText('Change your text').click();
		await this.text.fill(text);
	}

	/** Waits until nothing from an earlier input is shown. */
	async settle(): Promise<void> {
		await expect(this.main).toHaveAttribute('data-status', 'ready');
		await expect(this.main.locator('.stale')).toHaveCount(0);
	}

	async openFile(name: string, content: string | Buffer): Promise<void> {
		await this.page.getByLabel('Open a text file').first().setInputFiles(chosenFile(name, content));
	}

	async drop(name: string, content: string): Promise<void> {
		await dropOn(this.corpus, { name, content });
	}

	/** Ids of the corpus tokens that are drawn, in order. */
	ids(): Promise<number[]> {
		return drawnIds(this.shown);
	}
}
