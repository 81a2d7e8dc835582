import type { BrowserContext, Page } from '@playwright/test';

/** Lets no database open, as if the browser's storage did not answer. Call it before opening the page. */
export const silenceStorage = (page: Page | BrowserContext): Promise<unknown> =>
	page.addInitScript(() => {
		const { prototype } = IDBFactory;
		// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its factory
		const open = prototype.open;
		prototype.open = function (...args) {
			return Object.assign(open.apply(this, args), { addEventListener: () => undefined });
		};
	});

/** Lets no database accept anything, as on a full disk. Call it before opening the page. */
export const fillStorage = (page: Page | BrowserContext): Promise<unknown> =>
	page.addInitScript(() => {
		IDBObjectStore.prototype.put = () => {
			throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
		};
	});

const value = (testId: string) => (page: Page) => page.getByTestId(testId);

/** A link to each page, and the field that shows that it was applied. */
export const LINKS = [
	['./?t=gpt2', (page: Page) => page.locator('[data-tokenizer="gpt2"] [data-token-count]'), /\d/],
	['./train/?size=300', value('vocab-size'), '300'],
	['./strawberry/?t=p50k_edit', (page: Page) => page.locator('[data-tokenizer="p50k_edit"]'), /./],
	[
		'./inflation/?t=gpt2',
		(page: Page) => page.locator('[data-language="tur"][data-tokenizer="gpt2"]'),
		/./
	],
	['./drift/diff/?a=gpt2&b=llama2', value('tokenizer-a'), 'gpt2'],
	['./vocabulary/?tokenizer=llama2', value('tokenizer'), 'llama2']
] as const;
