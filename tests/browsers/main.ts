import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../support/static-server.js';
import { expectNoWayOut } from './ways-out';
import type { Browser, Session } from './browser';
import { chromium } from './chromium';
import { firefox } from './firefox';
import { LISTS, type List } from './lists';
import { Performer } from './perform';
import { webkit } from './webkit';

const BROWSERS = [chromium, firefox, webkit];
const BUILD = fileURLToPath(new URL('../../build', import.meta.url));

/**
 * `npm run test:browsers [-- words…]`: runs the lists (lists.ts) in Chromium, Firefox and WebKit against the built site, and
 * prints which passed. Words choose browsers and lists by parts of their names. A browser that is not installed is left
 * out.
 *
 * @returns exit code: 1 if a list failed
 */
export async function main(words: readonly string[]): Promise<number> {
	const chosen = <T extends { readonly name: string }>(all: readonly T[]): readonly T[] => {
		const found = all.filter(({ name }) =>
			words.some((word) => name.toLowerCase().includes(word.toLowerCase()))
		);
		return found.length > 0 ? found : all;
	};
	const lists = chosen(LISTS);
	const rows: string[][] = [['', ...lists.map(({ name }) => name)]];
	const failures: string[] = [];
	for (const browser of chosen(BROWSERS)) {
		if (!browser.isInstalled()) {
			print(`${browser.name} is skipped: install ${browser.package}`);
			continue;
		}
		const row: string[] = [];
		let version = '';
		for (const list of lists) {
			const outcome = await run(browser, list);
			version ||= outcome.version;
			const label = `${browser.name} ${outcome.version}, ${list.name}`;
			print(`${label}: ${outcome.reason ?? `passed in ${outcome.seconds.toFixed(1)} s`}`);
			if (outcome.reason !== null) failures.push(`${label}: ${outcome.reason}`);
			row.push(outcome.reason === null ? 'passed' : 'FAILED');
		}
		rows.push([`${browser.name} ${version}`, ...row]);
	}
	print('');
	for (const [index] of rows[0].entries())
		print(
			rows
				.map((row) => row[index].padEnd(26))
				.join('')
				.trimEnd()
		);
	for (const failure of failures) print(`\n${failure}`);
	return failures.length > 0 ? 1 : 0;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

interface Outcome {
	readonly version: string;
	readonly seconds: number;
	/** Why the list failed; `null` if it passed. */
	readonly reason: string | null;
}

async function run(browser: Browser, { steps }: List): Promise<Outcome> {
	const begin = performance.now();
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
		const performer = new Performer(session, server.url, downloads, {
			newSession,
			stopServer: server.close,
			reachOtherServer: expectNoWayOut
		});
		for (const [index, step] of steps.entries()) {
			try {
				await performer.do(step);
			} catch (error) {
				throw new Error(`step ${index + 1}: ${String(error)}`, { cause: error });
			}
		}
	} catch (error) {
		reason = error instanceof Error ? error.message : String(error);
	} finally {
		for (const session of sessions) await session.close();
		await server.close();
		rmSync(downloads, { recursive: true, force: true, maxRetries: 5 });
	}
	const seconds = (performance.now() - begin) / 1000;
	return { version: sessions[0]?.version ?? '', seconds, reason };
}
