import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from '@playwright/test';

/** Memory, DOM nodes and event listeners still in use after garbage collection. The keys name the units. */
export type Holding = Readonly<Record<string, number>>;

/** Memory used by the page's process, including the page's workers: Private_Clean + Private_Dirty in smaps_rollup. */
export const PRIVATE = 'MB of private memory';

/**
 * How long the page must be at rest before a measurement: the number of workers stays the same, and private memory
 * changes by less than 2%.
 */
const REST_SECONDS = 15;
const MAX_REST_SECONDS = 120;

/** A page's renderer process, observed through /proc and DevTools. The browser needs `--js-flags=--expose-gc`. */
export class Renderer {
	#peak = 0;

	private constructor(
		private readonly page: Page,
		private readonly session: CDPSession,
		private readonly pid: number
	) {}

	static async of(browser: Browser, page: Page): Promise<Renderer> {
		const session = await page.context().newCDPSession(page);
		await session.send('Performance.enable');
		const devtools = await browser.newBrowserCDPSession();
		const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
		await devtools.detach();
		const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
		// A spare process uses less memory than any page.
		const [pid] = renderers.sort((a, b) => privateBytes(b) - privateBytes(a));
		return new Renderer(page, session, pid);
	}

	/** Peak private memory between two measurements, in MB. The peak occurs while reference libraries check tokens. */
	get peakMegabytes(): number {
		return this.#peak / 1e6;
	}

	/**
	 * Collects garbage on all threads and then measures memory. Before that, waits until all work has ended: when the
	 * page is idle, reference libraries load, check the page's tokens and are unloaded.
	 */
	async measure(): Promise<Holding> {
		await this.#rest();
		// An object on one thread can keep objects on another thread alive, so collect several times.
		for (let round = 0; round < 3; round++) {
			await this.session.send('HeapProfiler.collectGarbage');
			const workers = this.page
				.workers()
				.map((worker) => worker.evaluate(() => (globalThis as unknown as { gc: () => void }).gc()));
			await Promise.all(workers);
		}
		await this.#rest();
		const { metrics } = await this.session.send('Performance.getMetrics');
		const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? NaN;
		return {
			[PRIVATE]: privateBytes(this.pid) / 1e6,
			'MB of JavaScript heap': metric('JSHeapUsedSize') / 1e6,
			// Includes detached nodes that are still referenced.
			nodes: metric('Nodes'),
			listeners: metric('JSEventListeners')
		};
	}

	async #rest(): Promise<void> {
		let [workers, bytes, seconds] = [0, 0, 0];
		for (let all = 0; seconds < REST_SECONDS && all < MAX_REST_SECONDS; all++) {
			await this.page.waitForTimeout(1000);
			const [nowWorkers, nowBytes] = [this.page.workers().length, privateBytes(this.pid)];
			this.#peak = Math.max(this.#peak, nowBytes);
			if (nowWorkers === workers && Math.abs(nowBytes / bytes - 1) < 0.02) seconds++;
			else [workers, bytes, seconds] = [nowWorkers, nowBytes, 0];
		}
	}
}

function privateBytes(pid: number): number {
	const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
	const kibibytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)];
	return 1024 * kibibytes.reduce((sum, [, size]) => sum + Number(size), 0);
}
