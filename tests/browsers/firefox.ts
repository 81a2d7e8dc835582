import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clickActions, graphemes, keyActions, type Browser } from './browser';
import { isCommand, start } from './process';

const PROGRAM = 'firefox-esr';

/** Settings for a profile that doesn't contact any servers by itself. */
const preferences = (downloads: string) => ({
	'app.normandy.enabled': false,
	'app.update.disabledForTesting': true,
	'browser.download.dir': downloads,
	'browser.download.folderList': 2,
	'browser.download.alwaysOpenPanel': false,
	'browser.safebrowsing.downloads.enabled': false,
	'browser.shell.checkDefaultBrowser': false,
	'browser.startup.page': 0,
	'datareporting.policy.dataSubmissionEnabled': false,
	'network.captive-portal-service.enabled': false,
	'network.connectivity-service.enabled': false,
	'services.settings.server': 'data:,',
	'toolkit.telemetry.enabled': false,
	'ui.prefersReducedMotion': 1
});

interface Evaluated {
	readonly type: 'success' | 'exception';
	readonly result?: { readonly value?: unknown };
	readonly exceptionDetails?: { readonly text: string };
}

interface Answer {
	readonly id?: number;
	readonly type: 'success' | 'error' | 'event';
	readonly result?: unknown;
	readonly error?: string;
	readonly message?: string;
}

/** Connects to the browser over WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/). */
async function connect(address: string) {
	const socket = new WebSocket(`${address}/session`);
	await new Promise((resolve, reject) => {
		socket.addEventListener('open', resolve);
		socket.addEventListener('error', () => reject(new Error(`no connection to ${address}`)));
	});
	let last = 0;
	const send = <T>(method: string, params: object) =>
		new Promise<T>((resolve, reject) => {
			const id = ++last;
			const listen = ({ data }: MessageEvent) => {
				const answer = JSON.parse(String(data)) as Answer;
				if (answer.id !== id) return;
				socket.removeEventListener('message', listen);
				if (answer.type === 'success') resolve(answer.result as T);
				else reject(new Error(`${method}: ${answer.error}: ${answer.message}`));
			};
			socket.addEventListener('message', listen);
			socket.addEventListener('close', () => reject(new Error(`${method}: Firefox has ended`)));
			socket.send(JSON.stringify({ id, method, params }));
		});
	return { send, close: () => socket.close() };
}

/** Debian's Firefox, controlled through WebDriver BiDi. */
export const firefox: Browser = {
	name: 'Firefox',
	package: 'firefox-esr (Debian)',
	isInstalled: () => isCommand(PROGRAM),
	async start(downloads) {
		const profile = mkdtempSync(join(tmpdir(), 'bpe-lab-firefox-'));
		const lines = Object.entries(preferences(downloads)).map(
			([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`
		);
		writeFileSync(join(profile, 'user.js'), lines.join('\n'));
		const program = start(PROGRAM, [
			...['--headless', '--no-remote', '--profile', profile],
			...['--remote-debugging-port', '0', '--window-size', '1280,800']
		]);
		const [, address] = await program.printed(/BiDi listening on (\S+)/);
		const { send, close } = await connect(address);
		const { capabilities } = await send<{ capabilities: { browserVersion: string } }>(
			'session.new',
			{
				capabilities: {}
			}
		);
		// The first window of a headless Firefox has no focus, and fields without focus don't fire `change`.
		const { context } = await send<{ context: string }>('browsingContext.create', {
			type: 'window'
		});
		await send('browsingContext.setViewport', { context, viewport: { width: 1280, height: 800 } });

		const perform = (type: 'key' | 'pointer', actions: readonly object[]) =>
			send<undefined>('input.performActions', { context, actions: [{ type, id: type, actions }] });
		return {
			version: capabilities.browserVersion,
			async open(url) {
				await send('browsingContext.navigate', { context, url, wait: 'complete' });
			},
			async evaluate<T>(expression: string) {
				const { result, exceptionDetails } = await send<Evaluated>('script.evaluate', {
					expression: `(async () => JSON.stringify(await (${expression})) ?? 'null')()`,
					target: { context },
					awaitPromise: true,
					userActivation: true
				});
				if (exceptionDetails) throw new Error(exceptionDetails.text);
				return JSON.parse(String(result?.value)) as T;
			},
			click: (point) => perform('pointer', clickActions(point)),
			press: (keys) => perform('key', keyActions([keys])),
			type: (text) => perform('key', keyActions(graphemes(text))),
			async close() {
				close();
				await program.stop();
				rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
			}
		};
	}
};
