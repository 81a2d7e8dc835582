import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import { dropOn, type NamedBytes } from '../e2e/dropped-files';
import type { Point, Session } from './browser';
import { expectNoWayOut } from './ways-out';

/** Describes an element on a page, by its accessible role and name or by a documented hook. */
export interface Target {
	readonly role?: 'button' | 'link' | 'menuitem' | 'searchbox' | 'spinbutton';
	/** Accessible name, or part of it. */
	readonly name?: string;
	readonly css?: string;
	readonly text?: string;
}

type Action =
	| { readonly click: Target }
	| { readonly drop: readonly NamedBytes[] }
	| { readonly fill: Target; readonly value: string };

/** An element that should be visible, and strings that it should contain. */
export interface Sight {
	readonly see: Target;
	readonly saying: readonly string[];
	/** The element's entire text. */
	readonly is?: string;
	/** Whether the element must be visible without scrolling. */
	readonly isInView?: boolean;
}

/** The start of a saved file's name, and strings that the file should contain. */
interface Saved {
	readonly name: string;
	readonly containing: readonly string[];
}

export type Step =
	| Action
	| Sight
	| Saved
	/** URL relative to the site's URL. */
	| { readonly open: string }
	/** Empties a field, then types into it with the keyboard. */
	| { readonly type: string; readonly into: Target }
	/** Waits until an expression is true in the page. */
	| { readonly until: string }
	/** Opens the current URL in a new session. */
	| 'in a new session'
	| 'without a server'
	| 'reaching another server';

/** Retries until a check passes, because a page may not respond while the browser is navigating away. */
const eventually = (check: () => Promise<void>): Promise<void> =>
	expect(check).toPass({ timeout: 60_000, intervals: [100] });

/** axe provides roles and accessible names. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Defines `findElement` on a page where axe is loaded. */
const FIND = `window.findElement = ({ css, text = '', role, name = '' }) => {
	const find = (selector, isMeant) => [...document.querySelectorAll(selector)].find(isMeant);
	if (css !== undefined) return find(css, ({ textContent }) => textContent.includes(text));
	const { aria, dom, text: words } = axe.commons;
	axe.setup(document.documentElement);
	try {
		return find('*', (element) =>
			aria.getRole(element) === role && dom.isVisibleToScreenReaders(element) &&
			words.accessibleText(element).toLowerCase().includes(name.toLowerCase()));
	} finally {
		axe.teardown();
	}
}`;

const describe = ({ role, name, css, text }: Target) =>
	[css ?? role, text ?? name].filter(Boolean).join(' ');

export class Performer {
	constructor(
		private session: Session,
		private readonly site: string,
		private readonly downloads: string,
		private readonly newSession: () => Promise<Session>,
		private readonly stopServer: () => Promise<void>
	) {}

	async do(step: Step): Promise<void> {
		if (step === 'in a new session') {
			const address = await this.session.evaluate<string>('location.href');
			this.session = await this.newSession();
			await this.session.open(address);
		} else if (step === 'without a server') await this.stopServer();
		else if (step === 'reaching another server') await expectNoWayOut(this.session);
		else if ('open' in step) await this.session.open(this.site + step.open);
		else if ('until' in step) await this.until(step.until);
		else if ('see' in step) await this.see(step);
		else if ('containing' in step) await this.findSaved(step);
		else if ('type' in step) {
			await this.click(step.into);
			await this.session.press('Control+a');
			await this.session.type(step.type);
		} else await this.act(step);
	}

	private async act(action: Action): Promise<void> {
		await this.until(`document.documentElement.matches('[data-hydrated]')`);
		if ('click' in action) await this.click(action.click);
		else if ('drop' in action) await this.drop(action.drop);
		else {
			await this.click(action.fill);
			await this.session.press('Control+a');
			// Typing long text key by key is slow, and the drivers reject some characters.
			const field = `findElement(${JSON.stringify(action.fill)})`;
			const isText = await this.session.evaluate<boolean>(`${field}.localName === 'textarea'`);
			if (isText) {
				const inserted = JSON.stringify(action.value);
				await this.session.evaluate(`document.execCommand('insertText', false, ${inserted})`);
			} else await this.session.type(action.value);
			await this.session.press('Tab');
		}
	}

	/** Clicks the middle of an element once the element stops moving and nothing covers it. */
	private async click(target: Target): Promise<void> {
		let point: Point | null = null;
		await eventually(async () => {
			await this.prepare();
			point = await this.session.evaluate<Point | null>(
				`(async (element) => {
					if (!element || element.disabled) return null;
					element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
					const before = element.getBoundingClientRect();
					await new Promise(requestAnimationFrame);
					await new Promise(requestAnimationFrame);
					const { x, y, width, height } = element.getBoundingClientRect();
					if (before.x !== x || before.y !== y) return null;
					const point = { x: x + width / 2, y: y + height / 2 };
					const hit = document.elementFromPoint(point.x, point.y);
					return element.contains(hit) || hit?.contains(element) ? point : null;
				})(findElement(${JSON.stringify(target)}))`
			);
			expect(point, `where to click ${describe(target)}`).not.toBeNull();
		});
		if (point) await this.session.click(point);
	}

	private drop(files: readonly NamedBytes[]): Promise<void> {
		// `dropOn` needs only this method of Playwright's locator.
		const evaluate = (work: unknown, value: unknown) =>
			this.session.evaluate<undefined>(
				`(${String(work)})(document.querySelector('header'), ${JSON.stringify(value)})`
			);
		return dropOn({ evaluate } as unknown as Locator, ...files);
	}

	private see({ see, saying, is, isInView }: Sight): Promise<void> {
		return eventually(async () => {
			await this.prepare();
			const found = await this.session.evaluate<{ text: string; isInView: boolean } | null>(
				`((element) => {
					if (!element) return null;
					const { top, bottom } = element.getBoundingClientRect();
					const text = 'select' in element ? element.value : element.textContent;
					return { text: text.replace(/\\s+/g, ' ').trim(), isInView: top >= 0 && bottom <= innerHeight };
				})(findElement(${JSON.stringify(see)}))`
			);
			for (const text of saying) expect(found?.text, describe(see)).toContain(text);
			expect(found?.text, describe(see)).toEqual(is ?? expect.any(String));
			if (isInView) expect(found?.isInView, `${describe(see)} is in view`).toBe(true);
		});
	}

	private findSaved({ name, containing }: Saved): Promise<void> {
		const pattern = new RegExp(`^${name}(?!.*[.](part|crdownload|wkdownload)$)`);
		return eventually(async () => {
			const files = readdirSync(this.downloads);
			const file = files.find((path) => pattern.test(path));
			expect(file, `${name} among ${files.join(', ')}`).toBeDefined();
			const content = readFileSync(join(this.downloads, file ?? ''), 'utf8');
			expect(content).not.toBe('');
			for (const text of containing) expect(content).toContain(text);
			await Promise.resolve();
		});
	}

	private until(expression: string): Promise<void> {
		return eventually(async () => {
			await this.prepare();
			const isTrue = `(async () => Boolean(await (${expression})))()`;
			expect(await this.session.evaluate<boolean>(isTrue), expression).toBe(true);
		});
	}

	private async prepare(): Promise<void> {
		if (await this.session.evaluate<boolean>(`'findElement' in window`)) return;
		await this.session.evaluate(`(() => { ${AXE}; ${FIND} })()`);
	}
}
