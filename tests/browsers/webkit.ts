import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { freePort } from '../support/loopback';
import { clickActions, keyActions, type Browser } from './browser';
import { isCommand, start } from './process';

const PROGRAM = 'WebKitWebDriver';
const MINI_BROWSER = ['4.1', '4.0', '6.0']
	.flatMap((version) => [`webkit2gtk-${version}`, `webkitgtk-${version}`])
	.map((folder) => `/usr/lib/x86_64-linux-gnu/${folder}/MiniBrowser`)
	.find((path) => existsSync(path));
const SCRIPT_TIMEOUT_MS = 30_000;
const COMMAND_TIMEOUT_MS = 60_000;

/** Sends a WebDriver command (https://www.w3.org/TR/webdriver2/). */
async function send<T>(url: string, method: 'POST' | 'DELETE', body?: object): Promise<T> {
	const response = await fetch(url, {
		method,
		body: body && JSON.stringify(body),
		signal: AbortSignal.timeout(COMMAND_TIMEOUT_MS)
	});
	const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
	if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
	return value;
}

/** WebKitGTK's MiniBrowser, controlled through WebDriver. */
export const webkit: Browser = {
	name: 'WebKit',
	package: 'webkit2gtk-driver and xvfb (Debian)',
	isInstalled: () => MINI_BROWSER !== undefined && isCommand(PROGRAM) && isCommand('Xvfb'),
	async start(downloads) {
		const home = mkdtempSync(join(tmpdir(), 'bpe-lab-webkit-'));
		mkdirSync(join(home, '.config'));
		writeFileSync(
			join(home, '.config/user-dirs.dirs'),
			`XDG_DOWNLOAD_DIR=${JSON.stringify(downloads)}\n`
		);
		const screen = start('Xvfb', [
			...['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp']
		]);
		const [, display] = await screen.printed(/^(\d+)\n/m);
		const port = await freePort();
		const driver = start(PROGRAM, [`--port=${port}`, '--host=127.0.0.1'], {
			...process.env,
			HOME: home,
			XDG_CONFIG_HOME: join(home, '.config'),
			XDG_DATA_HOME: join(home, '.local/share'),
			XDG_CACHE_HOME: join(home, '.cache'),
			DISPLAY: `:${display}`
		});
		const server = `http://127.0.0.1:${port}`;
		await expect(() => fetch(`${server}/status`)).toPass({ timeout: 10_000, intervals: [100] });
		const { sessionId, capabilities } = await send<{
			sessionId: string;
			capabilities: { browserVersion: string };
		}>(`${server}/session`, 'POST', {
			capabilities: {
				alwaysMatch: {
					'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] },
					timeouts: { script: SCRIPT_TIMEOUT_MS }
				}
			}
		});
		const session = `${server}/session/${sessionId}`;
		const perform = (type: 'key' | 'pointer', actions: readonly object[]) =>
			send<undefined>(`${session}/actions`, 'POST', { actions: [{ type, id: type, actions }] });
		await send(`${session}/window/rect`, 'POST', { width: 1300, height: 900 });
		return {
			version: capabilities.browserVersion,
			open: (url) => send(`${session}/url`, 'POST', { url }),
			async evaluate<T>(expression: string) {
				const script = `return (async () => JSON.stringify(await (${expression})) ?? 'null')()`;
				const json = await send<string>(`${session}/execute/sync`, 'POST', { script, args: [] });
				return JSON.parse(json) as T;
			},
			click: (point) => perform('pointer', clickActions(point)),
			press: (keys) => perform('key', keyActions([keys])),
			// This driver rejects keys that consist of more than one code point.
			type: (text) => perform('key', keyActions(Array.from(text))),
			async close() {
				await send(session, 'DELETE');
				await driver.stop();
				await screen.stop();
				rmSync(home, { recursive: true, force: true, maxRetries: 5 });
			}
		};
	}
};
