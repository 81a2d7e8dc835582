/** Browser storage that is blocked, unresponsive, full, lost or denied, or that has a different version. */
import type { Page } from '@playwright/test';
import { drop, tokenizerJson } from '../e2e/dropped-files';
import { alerts, assert, someOf, expect, inWorkers, type Fault, type Visitor } from './fault';

const value = (testId: string) => (page: Page) => page.getByTestId(testId);

/** A link to each page, with a field that shows whether the page applied the link. */
const LINKS = [
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

interface StorageFault {
	readonly name: string;
	/**
	 * Makes storage fail before the lab opens. `plain` opens a text file from the site, to access the site's storage
	 * without running the lab.
	 */
	readonly spoil?: (visitor: Visitor, plain: () => Promise<Page>) => Promise<unknown>;
	/** Breaks existing database connections once a page shows its text. */
	readonly later?: (plain: () => Promise<Page>) => Promise<unknown>;
	/** Message about a tokenizer that could not be saved; `null` if saving succeeds. */
	readonly says: RegExp | null;
}

/** Creates the lab's database with a given version, and leaves it open. */
const openDatabase = (page: Page, version: number) =>
	page.evaluate(
		(version) =>
			new Promise<void>((resolve, reject) => {
				const request = indexedDB.open('bpe-lab', version);
				request.onupgradeneeded = () => {
					const { result } = request;
					if (!result.objectStoreNames.contains('tokenizers'))
						result.createObjectStore('tokenizers', { keyPath: 'id' });
				};
				request.onsuccess = () => {
					// Keep a reference, because unreferenced connections are closed.
					Object.assign(window, { kept: request.result });
					resolve();
				};
				request.onerror = () => reject(new Error(request.error?.message));
			}),
		version
	);

const NOT_SAVED = /cannot save tokenizers|Waiting for this browser’s storage/;

const caches = (name: string, value: string): StorageFault => ({
	name: `Cache Storage ${name}`,
	async spoil({ context }) {
		const script = `Object.defineProperty(globalThis, 'caches', { configurable: true, value: ${value} })`;
		await context.addInitScript(script);
		await inWorkers(context, script);
	},
	says: null
});

const STORAGE_FAULTS: readonly StorageFault[] = [
	{
		name: 'a database that hangs',
		spoil: ({ context }) =>
			context.addInitScript(() => {
				const { prototype } = IDBFactory;
				// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its factory
				const open = prototype.open;
				prototype.open = function (...args) {
					return Object.assign(open.apply(this, args), { addEventListener: () => undefined });
				};
			}),
		says: NOT_SAVED
	},
	{
		name: 'a full disk',
		spoil: ({ context }) =>
			context.addInitScript(() => {
				IDBObjectStore.prototype.put = () => {
					throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
				};
			}),
		says: NOT_SAVED
	},
	{
		name: 'a database of a newer version',
		async spoil(_, plain) {
			const page = await plain();
			await openDatabase(page, 2);
			await page.close();
		},
		says: NOT_SAVED
	},
	{
		name: 'a database that is gone in mid-write',
		later: async (plain) => {
			const page = await plain();
			await page.evaluate(() => void indexedDB.deleteDatabase('bpe-lab'));
		},
		// A lost database connection is reopened.
		says: null
	},
	{
		name: 'databases that are denied',
		spoil: ({ context }) =>
			context.addInitScript(() => {
				IDBFactory.prototype.open = () => {
					throw new DOMException('The operation is insecure.', 'SecurityError');
				};
			}),
		says: NOT_SAVED
	},
	{
		name: 'localStorage and sessionStorage that are denied',
		spoil: ({ context }) =>
			context.addInitScript(() => {
				for (const name of ['localStorage', 'sessionStorage'])
					Object.defineProperty(window, name, {
						get() {
							throw new DOMException('Access is denied for this document.', 'SecurityError');
						}
					});
			}),
		says: null
	},
	caches('that is missing', 'undefined'),
	caches('that never opens', '{ open: () => new Promise(() => undefined) }'),
	caches('that throws', '{ open: () => Promise.reject(new Error("broken")) }')
];

const TEXT = 'abcab, größer 你好';

async function check(visitor: Visitor, fault: StorageFault, plain: () => Promise<Page>) {
	await fault.spoil?.(visitor, plain);
	for (const [address, field, shown] of LINKS) {
		const page = await visitor.open(address);
		const found = field(page).first();
		if (typeof shown === 'string') await expect(found).toHaveValue(shown);
		else await expect(found).toBeVisible();
		await page.close();
	}
	const page = await visitor.open('./?t=gpt2');
	const text = page.getByTestId('text-input');
	await text.fill(TEXT);
	await fault.later?.(plain);
	await drop(page, { name: 'one.json', content: tokenizerJson() });
	const said = page.locator('.announcement');
	await expect(said).toContainText('one is a tokenizer with 5 ids');
	const message = `${await said.innerText()} ${await alerts(page)}`;
	if (fault.says) assert(fault.says.test(message), `got "${message}", expected what is not kept`);
	else assert(!NOT_SAVED.test(message), `got "${message}", expected that it is kept`);
	const card = page.locator('[data-tokenizer^="own-"][data-status="ready"]');
	await expect(card).toHaveCount(1);
	assert((await text.inputValue()) === TEXT, 'the text is lost');
	if (!fault.says) {
		await expect(page).toHaveURL(/own-/);
		await page.reload();
		await expect(card).toHaveCount(1);
		await expect(text).toHaveValue(TEXT);
	}
}

export const BROKEN_STORAGE: Fault = {
	name: 'broken storage',
	target: 'links applied, what is not kept said, no lost text',
	count: STORAGE_FAULTS.length,
	async *run(stage, random, count) {
		for (const fault of someOf(random, STORAGE_FAULTS, count))
			yield stage.try(fault.name, (visitor) =>
				check(visitor, fault, async () => {
					const page = await visitor.context.newPage();
					await page.goto('./licences/llama3.txt');
					return page;
				})
			);
	}
};
