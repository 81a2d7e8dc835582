import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from '../support/program';
import { BUILD } from '../support/site-browser';
import { serve } from '../support/static-server.js';
import type { Browser, Session } from './browser';
import { chromium } from './chromium';
import { firefox } from './firefox';
import { LISTS, type List } from './lists';
import { Performer } from './perform';
import { webkit } from './webkit';

const BROWSERS = [chromium, firefox, webkit];

const USAGE = `Usage: npm run test:browsers -- [WORDS]
Runs lists of actions in Chromium, Firefox and WebKit against the built site, and prints which passed. Words choose browsers
and lists by parts of their names. A browser that is not installed is left out. The exit code is 1 if a list failed.
Lists: ${LISTS.map(({ name }) => name).join(', ')}`;

export const main = program(USAGE, {}, async (_, words) => {
	const chosen = <T extends { readonly name: string }>(all: readonly T[]): readonly T[] => {
		const found = all.filter(({ name }) =>
			words.some((word) => name.toLowerCase().includes(word.toLowerCase()))
		);
		return found.length > 0 ? found : all;
	};
	const lists = chosen(LISTS);
	let [passed, failed] = [0, 0];
	for (const browser of chosen(BROWSERS)) {
		if (!browser.isInstalled()) {
			console.log(`${browser.name} is skipped: install ${browser.package}`);
			continue;
		}
		for (const list of lists) {
			const { version, reason } = await run(browser, list);
			const label = `${[browser.name, version].join(' ').trim()}, ${list.name}`;
			console.log(`${label}: ${reason ?? 'passed'}`);
			if (reason === null) passed++;
			else failed++;
		}
	}
	console.log(`${passed} passed, ${failed} failed`);
	return failed > 0 ? 1 : 0;
});

/** Performs the steps in a list. @returns the reason for a failure; `null` if it passed */
async function run(browser: Browser, { steps }: List) {
	const downloads = mkdtempSync(join(tmpdir(), 'bpe-lab-downloads-'));
	const server = await serve(BUILD);
	const sessions: Session[] = [];
	const newSession = async () => {
		const session = await browser.start(downloads);
		sessions.push(session);
		return session;
	};
	let reason: string | null = null;
	try {
		const session = await newSession();
		await session.open(server.url);
		const performer = new Performer(session, server.url, downloads, newSession, server.close);
		for (const [index, step] of steps.entries()) {
			await performer.do(step).catch((error: unknown) => {
				throw new Error(`step ${index + 1}: ${String(error)}`, { cause: error });
			});
		}
	} catch (error) {
		reason = error instanceof Error ? error.message : String(error);
	} finally {
		for (const session of sessions) await session.close();
		await server.close();
		rmSync(downloads, { recursive: true, force: true, maxRetries: 5 });
	}
	return { version: sessions[0]?.version ?? '', reason };
}
