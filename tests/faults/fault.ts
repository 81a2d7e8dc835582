import {
	expect as expectSoon,
	type Browser,
	type BrowserContext,
	type Page
} from '@playwright/test';
import { pick, type Random } from '../support/random-texts';

/** Outcome of one case. */
export interface Outcome {
	readonly name: string;
	/** The mistake, in words; `null` if the outcome is right. */
	readonly problem: string | null;
	/** Time that the target is about, in milliseconds; `null` if the case has none. */
	readonly ms: number | null;
}

/** A kind of fault: a row of the table. */
export interface Fault {
	readonly name: string;
	/** Describes `maxMs`. */
	readonly target: string;
	/** Most that a case may take, if not only its outcome counts. */
	readonly maxMs?: number;
	/** Cases of a whole run. */
	readonly count: number;
	run(stage: Stage, random: Random, count: number): AsyncGenerator<Outcome>;
}

/** Time after which a case is given up, in milliseconds. */
const PATIENCE_MS = 60_000;

export const expect = expectSoon.configure({ timeout: PATIENCE_MS });

/** Errors of the console that a failed request leaves, whatever the page does about it. */
const OF_REQUESTS = /Failed to load resource|net::ERR|Content-Length/;

/** A browser with the built site. */
export class Stage {
	/** @param site address of the site, with a final slash */
	constructor(
		readonly browser: Browser,
		readonly site: string
	) {}

	/** A visitor without anything stored. @param site may be another server of the same site */
	async visitor(site = this.site): Promise<Visitor> {
		const context = await this.browser.newContext({
			baseURL: site,
			reducedMotion: 'reduce',
			serviceWorkers: 'block',
			viewport: { width: 1280, height: 800 }
		});
		context.setDefaultTimeout(PATIENCE_MS);
		return new Visitor(context);
	}

	/** Runs one case with a visitor of its own. A thrown error is the problem of the case, a number its time. */
	async try(
		name: string,
		work: (visitor: Visitor) => Promise<unknown>,
		site = this.site
	): Promise<Outcome> {
		const visitor = await this.visitor(site);
		try {
			const ms = await work(visitor);
			visitor.expectNoErrors();
			return { name, problem: null, ms: typeof ms === 'number' ? ms : null };
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			const problem = message.split('\n').filter(Boolean).slice(0, 5).join(' ');
			const said = await Promise.all(visitor.context.pages().map(alerts)).catch(() => []);
			return { name, problem: `${problem} ${said.join(' ')}`.trim(), ms: null };
		} finally {
			await visitor.close();
		}
	}
}

/** A browser context that notes every error that no one has handled. */
export class Visitor {
	readonly errors: string[] = [];

	constructor(readonly context: BrowserContext) {
		context.on('weberror', (error) => this.errors.push(error.error().message));
		context.on('dialog', (dialog) => {
			this.errors.push(`a script showed "${dialog.message()}"`);
			void dialog.dismiss();
		});
		context.on('console', (message) => {
			if (message.type() === 'error' && !OF_REQUESTS.test(message.text()))
				this.errors.push(message.text());
		});
		context.on('page', (page) => {
			page.on('crash', () => this.errors.push('the page crashed'));
		});
	}

	/** Opens a page and waits until it is hydrated. */
	async open(address: string): Promise<Page> {
		const page = await this.context.newPage();
		await page.goto(address);
		await page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
		return page;
	}

	expectNoErrors(): void {
		if (this.errors.length > 0) throw new Error(`unhandled: ${this.errors.join('; ')}`);
	}

	/** Closes the context, also while a page of it still asks for a script. */
	async close(): Promise<void> {
		await this.context.unrouteAll({ behavior: 'ignoreErrors' });
		await this.context.close();
	}
}

/** Runs a script at the start of each worker. */
export const inWorkers = (context: BrowserContext, script: string): Promise<unknown> =>
	context.route(/\/lab\.worker[^/]*\.js$/, async (route) => {
		const body = `${script};\n${await (await route.fetch()).text()}`;
		await route.fulfill({ contentType: 'text/javascript', body });
	});

/** Waits until a question is answered with yes, and asks often. @throws Error that names what did not happen */
export const until = (
	what: string,
	ask: () => boolean | Promise<boolean>,
	timeout = PATIENCE_MS
): Promise<void> => expect.poll(ask, { message: what, timeout, intervals: [20] }).toBe(true);

export function assert(condition: boolean, problem: string): asserts condition {
	if (!condition) throw new Error(problem);
}

export const isSeen = async (page: Page, selector: string): Promise<boolean> =>
	(await page.locator(selector).count()) > 0;

/** Goes to another page by the menu, and back. */
export async function leaveAndReturn(page: Page): Promise<void> {
	const { pathname } = new URL(page.url());
	await page.locator('nav a:not([aria-current])').first().click();
	await page.waitForURL((url) => url.pathname !== pathname);
	await page.goBack();
	await page.waitForURL((url) => url.pathname === pathname);
}

/** All cases, or as many of them by chance. */
export const someOf = <T>(random: Random, all: readonly T[], count: number): readonly T[] =>
	count >= all.length ? all : Array.from({ length: count }, () => pick(random, all));

/** The visible text of alerts, messages of the page and cards that failed. */
export const alerts = async (page: Page): Promise<string> =>
	(await page.locator('[role="alert"]:visible').allInnerTexts())
		.join(' ')
		.replaceAll(/\s+/g, ' ')
		.trim();
