import { expect, type Download, type Locator, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { drop, type NamedBytes } from '../dropped-files';

/** Something on a page, as plain data: an accessible role and name, or a documented hook. */
export interface Target {
	readonly role?:
		'button' | 'link' | 'menuitem' | 'radio' | 'checkbox' | 'combobox' | 'searchbox' | 'spinbutton';
	/** Accessible name, whole or in part. */
	readonly name?: string;
	/** CSS selector. */
	readonly css?: string;
	/** Text in what the selector finds. */
	readonly text?: string;
}

/** Does one thing: a click, a key command, a choice of files, or a field that is filled in. */
export type Action = {
	/** Seen before a visitor goes on, where a page takes its time. */
	readonly once?: Sight;
} & (
	| { readonly click: Target }
	| { readonly press: string }
	| { readonly drop: readonly NamedBytes[] }
	| { readonly fill: Target; readonly value: string }
	| { readonly select: Target; readonly option: string }
);

/** Where something is seen, and strings that it contains. */
export interface Sight {
	readonly see: Target;
	readonly saying: readonly string[];
	/** The whole text. */
	readonly is?: string;
	/** Whether it is seen without scrolling. */
	readonly isInView?: boolean;
}

/** A saved file: the beginning of its name, and strings in it. An empty list accepts every content. */
export interface Saved {
	readonly name: string;
	readonly containing: readonly string[];
}

export interface Task {
	readonly name: string;
	/** Most actions that it may take, of which reading the answer is one. */
	readonly maxActions?: number;
	/** From the home page on. */
	readonly actions: readonly Action[];
	readonly finds: readonly Sight[];
	/** File that the last action saves. */
	readonly saves?: Saved;
}

function locate(page: Page, { role, name, css, text }: Target): Locator {
	if (css !== undefined) return page.locator(css, { hasText: text }).first();
	if (role === undefined) throw new Error('a target needs a role or a selector');
	return page.getByRole(role, name === undefined ? {} : { name }).first();
}

async function act(page: Page, action: Action): Promise<void> {
	if ('click' in action) await locate(page, action.click).click();
	else if ('press' in action) await page.keyboard.press(action.press);
	else if ('fill' in action) {
		const field = locate(page, action.fill);
		await field.fill(action.value);
		await field.blur();
	} else if ('select' in action) {
		await locate(page, action.select).selectOption({ label: action.option });
	} else {
		await drop(page, ...action.drop);
	}
}

async function look(page: Page, { see, saying, is, isInView }: Sight): Promise<void> {
	for (const text of saying) await expect(locate(page, see)).toContainText(text);
	if (is !== undefined) await expect(locate(page, see)).toHaveText(is);
	if (isInView) await expect(locate(page, see)).toBeInViewport({ ratio: 1 });
}

async function check(download: Download, { name, containing }: Saved): Promise<void> {
	expect(download.suggestedFilename()).toMatch(new RegExp(`^${name}`));
	const content = await readFile(await download.path(), 'utf8');
	expect(content.length).toBeGreaterThan(0);
	for (const text of containing) expect(content).toContain(text);
}

/** Does the actions of a task one after the other, and looks for its answer. `page` shows the home page. */
export async function perform(page: Page, { actions, finds, saves }: Task): Promise<void> {
	const saving = saves ? page.waitForEvent('download') : null;
	for (const action of actions) {
		// A visitor waits for a page, too.
		await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
		if (action.once) await look(page, action.once);
		await act(page, action);
	}
	for (const sight of finds) await look(page, sight);
	if (saves && saving) await check(await saving, saves);
}
