import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

/** Ids of the tokens drawn in an element, in order. */
export const drawnIds = (shown: Locator): Promise<number[]> =>
	shown
		.locator('[data-token-id]')
		.evaluateAll((tokens: HTMLElement[]) => tokens.map(({ dataset }) => Number(dataset.tokenId)));

/** Messages about opened files, including their buttons. */
export const announcement = (page: Page): Locator => page.locator('.announcement');

/** Cards of the visitor's own tokenizers. */
export const savedCard = (page: Page): Locator => page.locator('[data-tokenizer^="own-"]');

/** Creates an axe builder that saves time by reporting only violations and by not opening a second page for frames. */
export const axeOn = (page: Page): AxeBuilder =>
	new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });

/**
 * Opens a page and holds back its scripts. @returns a function that lets the scripts load and waits until the page is
 * hydrated
 */
export async function openUnhydrated(page: Page, address: string): Promise<() => Promise<void>> {
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	await page.route(/_app\/immutable\/.*\.js/, async (route) => {
		await released;
		await route.continue();
	});
	await page.goto(address, { waitUntil: 'commit' });
	// The page stays hidden until the link has been applied.
	await expect(page.locator('footer')).toBeAttached();
	await expect(page.locator('html[data-hydrated]')).toHaveCount(0);
	return async () => {
		release();
		await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
	};
}

/** Performs an action that saves a file, then reads the file. */
export async function saveFile(page: Page, act: () => Promise<unknown>) {
	const downloading = page.waitForEvent('download');
	await act();
	const download = await downloading;
	const bytes = readFileSync(await download.path());
	return { name: download.suggestedFilename(), bytes, text: bytes.toString() };
}

export async function chooseItem(page: Page, menu: string, name: string | RegExp): Promise<void> {
	await page.getByRole('button', { name: menu, exact: true }).click();
	await page.getByRole('menuitem', { name }).click();
}

/**
 * Opens a page's options unless they are already open. Uses the keyboard, because results that arrive between a mouse
 * press and its release can move the button away from the pointer.
 */
export async function openOptions(page: Page): Promise<void> {
	const button = page.getByTestId('options');
	if ((await button.getAttribute('aria-expanded')) === 'true') return;
	await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
	// While a link is being applied, the button is hidden and cannot take focus.
	await expect(button).toBeVisible();
	await button.press('Enter');
}

/** Tokenizers shown on cards, in order. */
export const cardsOf = (page: Page): Promise<(string | undefined)[]> =>
	page
		.locator('[data-tokenizer]')
		.evaluateAll((cards: HTMLElement[]) => cards.map(({ dataset }) => dataset.tokenizer));

/**
 * Lists the tab stops before the first result on a page.
 * @param result selector for the element that contains the result
 * @param passed selector for elements that don't count, such as links
 */
export async function controlsBefore(
	page: Page,
	result: string,
	passed = 'nav, .skip, header a'
): Promise<string[]> {
	await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	const stops: string[] = [];
	for (let i = 0; i < 30; i++) {
		await page.keyboard.press('Tab');
		const stop = await page.evaluate(
			([result, passed]) => {
				const element = document.activeElement;
				if (element?.closest(passed)) return 'passed';
				return !element || element.closest(result) ? 'result' : element.outerHTML.slice(0, 60);
			},
			[result, passed] as const
		);
		if (stop === 'result') break;
		if (stop !== 'passed') stops.push(stop);
	}
	expect(stops.length).toBeGreaterThan(0);
	return stops;
}

export async function openMyTokenizers(page: Page): Promise<Locator> {
	await page.getByRole('contentinfo').getByRole('button', { name: 'My tokenizers' }).click();
	const dialog = page.getByRole('dialog', { name: 'My tokenizers' });
	await dialog.waitFor();
	return dialog;
}

export class LabPage {
	constructor(readonly page: Page) {}

	get text(): Locator {
		return this.page.getByTestId('text-input');
	}

	card(tokenizer: string): Locator {
		return this.page.locator(`[data-tokenizer="${tokenizer}"]`);
	}

	count(tokenizer: string): Locator {
		return this.card(tokenizer).locator('[data-token-count]');
	}

	/** Ids of the tokens drawn on a card, in order. */
	drawnIds(tokenizer: string): Promise<number[]> {
		return drawnIds(this.card(tokenizer));
	}

	/** Waits until every card has results for the current input. */
	async ready(): Promise<void> {
		await expect(this.page.locator('[data-tokenizer]:not([data-status="ready"])')).toHaveCount(0);
	}

	async open(address = './'): Promise<void> {
		await this.page.goto(address);
		await expect(this.page.locator('html[data-hydrated]')).toHaveCount(1);
	}

	/** Pastes the way a browser does, with a clipboard event that contains the exact text. */
	async paste(text: string): Promise<void> {
		await this.text.focus();
		await this.text.press('ControlOrMeta+a');
		await this.text.evaluate((field, pasted) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', pasted);
			const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
			// A synthetic event doesn't paste by itself, so insert the text unless the page has handled the event.
			// eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else inserts text the way a user does
			if (field.dispatchEvent(event)) document.execCommand('insertText', false, pasted);
		}, text);
	}

	/** Adds or removes one tokenizer in the picker. */
	async choose(tokenizer: string): Promise<void> {
		await this.page.getByTestId('tokenizer-picker').click();
		await this.page
			.getByRole('checkbox', { name: new RegExp(`^${tokenizer.replaceAll('.', '[.]')} `) })
			.click();
		await this.page.getByRole('button', { name: 'Done' }).click();
	}
}
