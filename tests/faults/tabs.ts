/** Tabs that work in parallel, and tabs that are closed while saving. */
import type { Page } from '@playwright/test';
import { drop, tokenizerJson } from '../e2e/dropped-files';
import { openMyTokenizers } from '../e2e/lab-page';
import { below, pick, type Random } from '../support/random-texts';
import { LARGE } from './killed-workers';
import { assert, expect, type Fault, type Visitor } from './fault';

async function namesIn(page: Page): Promise<string> {
	const dialog = await openMyTokenizers(page);
	// Give the database time to respond before reading the list.
	await page.waitForTimeout(200);
	const names = await dialog.getByRole('listitem').getByRole('heading').allInnerTexts();
	await page.keyboard.press('Escape');
	await dialog.waitFor({ state: 'hidden' });
	return names.sort().join(', ');
}

async function save(page: Page, name: string): Promise<void> {
	await drop(page, { name: `${name}.json`, content: tokenizerJson() });
	await expect(page.locator('.announcement')).toContainText(`${name} is a tokenizer`);
}

async function remove(page: Page, name: string): Promise<void> {
	const dialog = await openMyTokenizers(page);
	const entry = dialog
		.getByRole('listitem')
		.filter({ has: page.getByRole('heading', { name, exact: true }) });
	await entry.getByRole('button', { name: 'Delete' }).click();
	await expect(entry).toHaveCount(0);
	await page.keyboard.press('Escape');
	await dialog.waitFor({ state: 'hidden' });
}

async function train(page: Page, text: string): Promise<void> {
	await page.locator('nav').getByRole('link', { name: 'Train' }).click();
	await page.getByTestId('corpus-input').fill(text);
	await page.getByTestId('train').click();
	await page.locator('main[data-status="ready"]').waitFor();
	await page.goBack();
	await page.getByTestId('text-input').waitFor();
}

const OPERATIONS = ['edit', 'save', 'remove', 'train'] as const;
const ROUNDS = 5;

async function workInTwoTabs(visitor: Visitor, random: Random): Promise<void> {
	const tabs = await Promise.all([visitor.open('./?t=gpt2'), visitor.open('./?t=gpt2')]);
	const texts = ['', ''];
	const names = new Set<string>();
	for (let round = 0; round < ROUNDS; round++) {
		// Each tab removes a different tokenizer.
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
				} else await train(page, `tab ${tab} ab ab ab`);
			})
		);
	}
	for (const [tab, page] of [...tabs, await visitor.open('./?t=gpt2')].entries()) {
		await expect.poll(() => namesIn(page), { timeout: 20_000 }).toBe([...names].sort().join(', '));
		const text = texts.at(tab);
		if (text) await expect(page.getByTestId('text-input')).toHaveValue(text, { timeout: 1 });
	}
}

export const TWO_TABS: Fault = {
	name: 'two tabs at once',
	target: 'neither overwrites the other’s, no error',
	count: 20,
	async *run(stage, random, count) {
		for (let i = 0; i < count; i++)
			yield stage.try(`tabs ${i}`, (visitor) => workInTwoTabs(visitor, random));
	}
};

/**
 * Closes a tab while it is saving or downloading a tokenizer. Then checks that a new tab can load tokenizers, including
 * the saved one if saving succeeded, and can still save.
 */
async function closeTab(visitor: Visitor, isSave: boolean, delayMs: number): Promise<void> {
	const page = await visitor.open(isSave ? './?t=gpt2' : './?t=llama2,gpt2');
	if (isSave) await drop(page, { name: 'large.json', content: LARGE });
	await page.waitForTimeout(delayMs);
	await page.close();
	const next = await visitor.open('./?t=llama2#v1.t=eJxjSEwCAAJJASc');
	await next.locator('[data-tokenizer="llama2"][data-status="ready"]').waitFor();
	const names = await namesIn(next);
	assert(names === '' || names === 'large', `got "${names}", expected large or nothing`);
	if (names === 'large') {
		await next.getByTestId('tokenizer-picker').click();
		await next.getByRole('checkbox', { name: /^large / }).click();
		await next.getByRole('button', { name: 'Done' }).click();
		await next.locator('[data-tokenizer^="own-"][data-status="ready"]').waitFor();
	}
	// Later saves succeed.
	await save(next, 'later');
}

export const CLOSED_TABS: Fault = {
	name: 'a tab closed while it saves or downloads',
	target: 'the store opens, and has the tokenizer whole or not',
	count: 50,
	async *run(stage, random, count) {
		for (let i = 0; i < count; i++) {
			const delayMs = below(random, 1500);
			const isSave = i % 2 === 0;
			const name = `${isSave ? 'save' : 'download'}, closed after ${delayMs} ms`;
			yield stage.try(name, (visitor) => closeTab(visitor, isSave, delayMs));
		}
	}
};
