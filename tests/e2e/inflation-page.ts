import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Download, type Locator, type Page } from '@playwright/test';
import { LabPage } from './lab-page';

const ROOT = resolve(import.meta.dirname, '../..');

/** The tested fields of a row that `bpe-lab inflation --json` prints. */
export interface PrintedRow {
	readonly tokenizer: string;
	readonly language: string;
	readonly tokens: number;
	readonly ratio: number | null;
}

export function cli(...args: string[]): PrintedRow[] {
	const printed = execFileSync('node', ['src/cli/bin.js', 'inflation', ...args, '--json'], {
		cwd: ROOT,
		encoding: 'utf8',
		maxBuffer: 1e8
	});
	return JSON.parse(printed) as PrintedRow[];
}

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
	/** Chooses a baseline by name, as typed. */
	async chooseBaseline(name: string): Promise<void> {
		const field = this.page.getByRole('combobox', { name: 'Baseline' });
		await field.fill(name);
		await field.press('Enter');
	}
	/** Name of the explained language. */
	get explained(): Locator {
		return this.page.locator('#why-title');
	}
	/** Explains a language of the chart. */
	async explain(name: string): Promise<void> {
		await this.rows.filter({ hasText: name }).first().click();
		await expect(this.explained).toContainText(name);
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
	/** Downloads an item of the export menu. */
	async exported(name: string): Promise<Download> {
		const download = this.page.waitForEvent('download');
		await this.page.getByRole('button', { name: 'Export' }).click();
		await this.page.getByRole('menuitem', { name }).click();
		return download;
	}
}

export const textOf = async (download: Download) => readFileSync(await download.path(), 'utf8');
