/** Tabs that work at the same time, and tabs that are closed while they save. */
import type { Page } from 'playwright';
import { drop, tokenizerJson } from '../e2e/dropped-files';
import { below, pick } from '../support/random-texts';
import { largeTokenizer } from './killed-workers';
import { assert, until, type Fault } from './fault';

async function openList(page: Page) {
	await page.getByRole('contentinfo').getByRole('button', { name: 'My tokenizers' }).click();
	const dialog = page.getByRole('dialog', { name: 'My tokenizers' });
	await dialog.waitFor();
	return dialog;
}

async function namesIn(page: Page): Promise<string> {
	const dialog = await openList(page);
	// Read once the database has answered.
	await page.waitForTimeout(200);
	const names = await dialog.getByRole('listitem').getByRole('heading').allInnerTexts();
	await page.keyboard.press('Escape');
	await dialog.waitFor({ state: 'hidden' });
	return names.sort().join(', ');
}

async function save(page: Page, name: string): Promise<void> {
	await drop(page, { name: `${name}.json`, content: tokenizerJson() });
	await until(`${name} is saved`, async () =>
		(await page.locator('.announcement').innerText()).includes(`${name} is a tokenizer`)
	);
}

async function remove(page: Page, name: string): Promise<void> {
	const dialog = await openList(page);
	const entry = dialog
		.getByRole('listitem')
		.filter({ has: page.getByRole('heading', { name, exact: true }) });
	await entry.getByRole('button', { name: 'Delete' }).click();
	await until(`${name} is deleted`, async () => (await entry.count()) === 0);
	await page.keyboard.press('Escape');
	await dialog.waitFor({ state: 'hidden' });
}

const OPERATIONS = ['edit', 'save', 'remove', 'train'] as const;
const ROUNDS = 5;

export const TWO_TABS: Fault = {
	name: 'two tabs at once',
	target: 'neither overwrites the other’s, no error',
	maxMs: null,
	count: 20,
	async *run(stage, random, count) {
		for (let i = 0; i < count; i++)
			yield stage.try(`tabs ${i}`, async (visitor) => {
				const tabs = await Promise.all([visitor.open('./?t=gpt2'), visitor.open('./?t=gpt2')]);
				const texts = ['', ''];
				const names = new Set<string>();
				for (let round = 0; round < ROUNDS; round++) {
					// Each removes another one.
					const removable = [...names];
					await Promise.all(
						tabs.map(async (page, tab) => {
							const operation = pick(random, OPERATIONS);
							const own = removable.filter((_, at) => at % 2 === tab);
							if (operation === 'edit' || (operation === 'remove' && own.length === 0)) {
								texts[tab] = `tab ${tab}, round ${round}`;
								await page.getByTestId('text-input').fill(texts[tab]);
							} else if (operation === 'save') {
								const name = `t${tab}r${round}`;
								await save(page, name);
								names.add(name);
							} else if (operation === 'remove') {
								const name = pick(random, own);
								await remove(page, name);
								names.delete(name);
							} else {
								await page.locator('nav').getByRole('link', { name: 'Train' }).click();
								const corpus = page.getByTestId('corpus-input');
								await corpus.fill(`tab ${tab} ab ab ab`);
								await page.getByTestId('train').click();
								const main = page.locator('main[data-status="ready"]');
								await until('a training', async () => (await main.count()) === 1);
								await page.goBack();
								await page.getByTestId('text-input').waitFor();
							}
						})
					);
				}
				const expected = [...names].sort().join(', ');
				for (const [tab, page] of [...tabs, await visitor.open('./?t=gpt2')].entries()) {
					await until(
						`tab ${tab} has ${expected || 'no tokenizer'}`,
						async () => (await namesIn(page)) === expected,
						20_000
					);
					const text = texts.at(tab);
					if (text)
						assert(
							(await page.getByTestId('text-input').inputValue()) === text,
							`tab ${tab} lost its text`
						);
				}
				return null;
			});
	}
};

const LARGE = largeTokenizer();

export const CLOSED_TABS: Fault = {
	name: 'a tab closed while it saves or downloads',
	target: 'the store opens, and has the tokenizer whole or not',
	maxMs: null,
	count: 50,
	async *run(stage, random, count) {
		for (let i = 0; i < count; i++) {
			const delayMs = below(random, 1500);
			const isSave = i % 2 === 0;
			yield stage.try(
				`${isSave ? 'save' : 'download'}, closed after ${delayMs} ms`,
				async (visitor) => {
					const page = await visitor.open(isSave ? './?t=gpt2' : './?t=llama2,gpt2');
					if (isSave) await drop(page, { name: 'large.json', content: LARGE });
					await page.waitForTimeout(delayMs);
					await page.close();
					const next = await visitor.open('./?t=llama2#v1.t=eJxjSEwCAAJJASc');
					const ready = (id: string) =>
						until(
							`${id} answers`,
							async () =>
								(await next.locator(`[data-tokenizer${id}][data-status="ready"]`).count()) > 0
						);
					await ready('="llama2"');
					const names = await namesIn(next);
					assert(names === '' || names === 'large', `got "${names}", expected large or nothing`);
					if (names === 'large') {
						await next.getByTestId('tokenizer-picker').click();
						await next.getByRole('checkbox', { name: /^large / }).click();
						await next.getByRole('button', { name: 'Done' }).click();
						await ready('^="own-"');
					}
					// What comes next is saved.
					await save(next, 'later');
					return null;
				}
			);
		}
	}
};
