import {
	expect as expectSoon,
	type Browser,
	type BrowserContext,
	type Page
} from '@playwright/test';
import { pick, type Random } from '../support/random-texts';

export interface Outcome {
	readonly name: string;
	/** Description of the mistake; `null` if the outcome is right. */
	readonly problem: string | null;
	/** Time to compare with the target, in milliseconds; `null` if the case has none. */
	readonly ms: number | null;
}

/** A kind of fault: one row of the results table. */
export interface Fault {
	readonly name: string;
	/** Describes `maxMs`. */
	readonly target: string;
	/** Maximum time per case in milliseconds; absent if the time doesn't matter. */
	readonly maxMs?: number;
	/** Number of cases in a full run. */
	readonly count: number;
	run(stage: Stage, random: Random, count: number): AsyncGenerator<Outcome>;
}

/** Time after which a case is abandoned, in milliseconds. */
const PATIENCE_MS = 60_000;

export const expect = expectSoon.configure({ timeout: PATIENCE_MS });

/** Matches console errors that the browser logs for failed requests, however the page handles the failures. */
const OF_REQUESTS = /Failed to load resource|net::ERR|Content-Length/;

/** A browser that runs the built site. */
export class Stage {
	/** @param site URL of the site, with a trailing slash */
	constructor(
		readonly browser: Browser,
		readonly site: string
	) {}

	/** A visitor with empty storage. @param site URL of the site, which may be on a different server */
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

	/**
	 * Runs a case as a new visitor. If `work` throws an error, it becomes the outcome's `problem`. If `work` returns a
	 * number, it becomes `ms`.
	 */
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

/** A browser context that records every unhandled error. */
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

	/** Closes the context, even while one of its pages is loading a script. */
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

/** Polls until a condition holds. @throws Error naming the condition that did not become true */
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

/** Goes to a different page through the menu, then comes back. */
export async function leaveAndReturn(page: Page): Promise<void> {
	const { pathname } = new URL(page.url());
	await page.locator('nav a:not([aria-current])').first().click();
	await page.waitForURL((url) => url.pathname !== pathname);
	await page.goBack();
	await page.waitForURL((url) => url.pathname === pathname);
}

/** All cases, or a random selection of `count` cases if `count` is smaller. */
export const someOf = <T>(random: Random, all: readonly T[], count: number): readonly T[] =>
	count >= all.length ? all : Array.from({ length: count }, () => pick(random, all));

/** Visible text of alerts, page messages and failed cards. */
export const alerts = async (page: Page): Promise<string> =>
	(await page.locator('[role="alert"]:visible').allInnerTexts())
		.join(' ')
		.replaceAll(/\s+/g, ' ')
		.trim();
