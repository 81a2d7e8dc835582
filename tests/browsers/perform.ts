import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { NamedBytes } from '../e2e/dropped-files';
import type { Action, Saved, Sight, Target } from '../e2e/tasks/driver';
import type { Point, Session } from './browser';

/** An action or sight of the tasks, or something else that a list does. */
export type Step =
	| Action
	| Sight
	| Saved
	/** Address below the site's. */
	| { readonly open: string }
	/** Types with the keyboard, in a field that is emptied first. */
	| { readonly type: string; readonly into: Target }
	/** Waits until an expression is true in the page. */
	| { readonly until: string }
	/** Opens the address of the page in a new session. */
	| 'in a new session'
	| 'without a server'
	| 'reaching another server';

/** Longest wait for anything that a list looks for. */
const PATIENCE_MS = 60_000;
const POLL_MS = 100;

/** Roles and accessible names, by axe. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Elements that a target means, in a page that has axe. */
const FIND = ((): void => {
	interface Axe {
		setup: (root: Element) => void;
		teardown: () => void;
		commons: {
			aria: { getRole: (element: Element) => string | null };
			text: { accessibleText: (element: Element) => string };
			dom: { isVisibleToScreenReaders: (element: Element) => boolean };
		};
	}
	const page = window as typeof window & { axe: Axe; findElement: (target: Target) => unknown };
	page.findElement = ({ css, text = '', role, name = '' }) => {
		if (css !== undefined)
			return [...document.querySelectorAll(css)].find((element) =>
				(element.textContent ?? '').includes(text)
			);
		const { axe } = page;
		axe.setup(document.documentElement);
		try {
			return [...document.querySelectorAll('*')].find(
				(element) =>
					axe.commons.aria.getRole(element) === role &&
					axe.commons.dom.isVisibleToScreenReaders(element) &&
					axe.commons.text.accessibleText(element).toLowerCase().includes(name.toLowerCase())
			);
		} finally {
			axe.teardown();
		}
	};
}).toString();

const describe = ({ role, name, css, text }: Target) =>
	[css ?? role, text ?? name].filter(Boolean).join(' ');

/** Runs a list, step by step. */
export class Performer {
	constructor(
		private session: Session,
		private readonly site: string,
		/** Folder where the browser saves files. */
		private readonly downloads: string,
		private readonly circumstances: {
			readonly newSession: () => Promise<Session>;
			readonly stopServer: () => Promise<void>;
			readonly reachOtherServer: (session: Session) => Promise<void>;
		}
	) {}

	async do(step: Step): Promise<void> {
		if (step === 'in a new session') {
			const address = await this.session.evaluate<string>('location.href');
			this.session = await this.circumstances.newSession();
			await this.session.open(address);
		} else if (step === 'without a server') await this.circumstances.stopServer();
		else if (step === 'reaching another server') {
			await this.circumstances.reachOtherServer(this.session);
		} else if ('open' in step) await this.session.open(this.site + step.open);
		else if ('until' in step) await this.until(step.until, step.until);
		else if ('see' in step) await this.see(step);
		else if ('containing' in step) await this.findSaved(step);
		else if ('type' in step) {
			await this.click(step.into);
			await this.session.press('Control+a');
			await this.session.type(step.type);
		} else await this.act(step);
	}

	private async act(action: Action): Promise<void> {
		await this.until(`document.documentElement.matches('[data-hydrated]')`, 'a page that responds');
		if (action.once) await this.see(action.once);
		if ('click' in action) await this.click(action.click);
		else if ('press' in action) await this.session.press(action.press);
		else if ('drop' in action) await this.drop(action.drop);
		else if ('fill' in action) {
			await this.click(action.fill);
			await this.session.press('Control+a');
			// Keys take long for a text, and are refused for some characters.
			const isText = await this.inElement<boolean>(action.fill, `element.localName === 'textarea'`);
			if (isText) {
				const inserted = JSON.stringify(action.value);
				await this.session.evaluate(`document.execCommand('insertText', false, ${inserted})`);
			} else await this.session.type(action.value);
			await this.session.press('Tab');
		} else {
			const option = JSON.stringify(action.option);
			await this.inElement(
				action.select,
				`(element.value = [...element.options].find(({ label }) => label.trim() === ${option}).value,
				['input', 'change'].forEach((type) => element.dispatchEvent(new Event(type, { bubbles: true }))))`
			);
		}
	}

	/** Value of an expression about an element, which is waited for. */
	private async inElement<T>(target: Target, expression: string): Promise<T> {
		await this.until(`findElement(${JSON.stringify(target)}) !== undefined`, describe(target));
		return this.session.evaluate<T>(
			`((element) => ${expression})(findElement(${JSON.stringify(target)}))`
		);
	}

	/** Clicks the middle of an element once it rests and nothing covers it. */
	private async click(target: Target): Promise<void> {
		let point: Point | null = null;
		await this.poll(
			async () => {
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
				return point !== null;
			},
			() => `nothing to click at ${describe(target)}`
		);
		if (point) await this.session.click(point);
	}

	private drop(files: readonly NamedBytes[]): Promise<void> {
		return this.session.evaluate(
			`((files) => {
				const dataTransfer = new DataTransfer();
				for (const { name, content } of files)
					dataTransfer.items.add(new File([typeof content === 'string' ? content : Uint8Array.from(content)], name));
				for (const type of ['dragenter', 'dragover', 'drop'])
					document.querySelector('header').dispatchEvent(
						new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })
					);
			})(${JSON.stringify(files)})`
		);
	}

	private async see({ see, saying, is, isInView }: Sight): Promise<void> {
		let seen = '';
		await this.poll(
			async () => {
				const found = await this.session.evaluate<{ text: string; isInView: boolean } | null>(
					`((element) => {
						if (!element) return null;
						const { top, bottom } = element.getBoundingClientRect();
						const text = 'select' in element ? element.value : element.textContent;
						return { text: text.replace(/\\s+/g, ' ').trim(), isInView: top >= 0 && bottom <= innerHeight };
					})(findElement(${JSON.stringify(see)}))`
				);
				seen = found?.text ?? 'nothing';
				return (
					found !== null &&
					saying.every((text) => found.text.includes(text)) &&
					(is === undefined || found.text === is) &&
					(!isInView || found.isInView)
				);
			},
			() =>
				`${describe(see)} says ${JSON.stringify(seen.slice(0, 200))}, expected ${JSON.stringify(is ?? saying)}${isInView ? ' in view' : ''}`
		);
	}

	private async findSaved({ name, containing }: Saved): Promise<void> {
		const pattern = new RegExp(`^${name}`);
		await this.poll(
			() => {
				const file = readdirSync(this.downloads).find(
					(path) => pattern.test(path) && !/[.](part|crdownload|wkdownload)$/.test(path)
				);
				if (file === undefined) return Promise.resolve(false);
				const content = readFileSync(join(this.downloads, file), 'utf8');
				return Promise.resolve(
					content !== '' && containing.every((text) => content.includes(text))
				);
			},
			() =>
				`saved ${readdirSync(this.downloads).join(', ') || 'nothing'}, expected ${name} with ${JSON.stringify(containing)}`
		);
	}

	private until(expression: string, what: string): Promise<void> {
		return this.poll(
			() => this.session.evaluate<boolean>(`(async () => Boolean(await (${expression})))()`),
			() => `waited in vain for ${what}`
		);
	}

	/** Waits until a check succeeds. A page that is just being left may refuse to answer. */
	private async poll(check: () => Promise<boolean>, describeFailure: () => string): Promise<void> {
		const end = Date.now() + PATIENCE_MS;
		for (;;) {
			let problem = '';
			try {
				await this.prepare();
				if (await check()) return;
			} catch (error) {
				problem = `: ${String(error)}`;
			}
			if (Date.now() > end) throw new Error(describeFailure() + problem);
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
	}

	private async prepare(): Promise<void> {
		if (await this.session.evaluate<boolean>(`'findElement' in window`)) return;
		await this.session.evaluate(`(() => { ${AXE} })()`);
		await this.session.evaluate(`(${FIND})()`);
	}
}
