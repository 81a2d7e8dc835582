import { expect, type Page, type Worker } from '@playwright/test';

const interceptWorkers = (page: Page, delayMs: number | null, isHeldFromStart: boolean) =>
	page.addInitScript(
		({ delayMs, isHeldFromStart }) => {
			const NativeWorker = window.Worker;
			let held: (() => void)[] | null = isHeldFromStart ? [] : null;
			window.Worker = class extends NativeWorker {
				constructor(address: string | URL, options?: WorkerOptions) {
					super(address, options);
					// This listener is registered first so that it runs before the page's own.
					this.addEventListener('message', (event) => {
						if (!event.isTrusted || (!held && delayMs === null)) return;
						event.stopImmediatePropagation();
						const { data, ports } = event as MessageEvent<unknown>;
						const later = new MessageEvent('message', { data, ports: [...ports] });
						const deliver = () => this.dispatchEvent(later);
						if (held) held.push(deliver);
						else setTimeout(deliver, delayMs ?? 0);
					});
				}
			};
			const hold = () => (held = []);
			const release = () => {
				const messages = held ?? [];
				held = null;
				for (const deliver of messages) deliver();
			};
			Object.assign(window, { holdableWorkers: { hold, release } });
		},
		{ delayMs, isHeldFromStart }
	);

/** Delays every message from a worker by `ms` milliseconds, as a slow machine might. Call before opening the page. */
export const slowWorkers = (page: Page, ms: number): Promise<unknown> =>
	interceptWorkers(page, ms, false);

/** Lets a test hold back all messages from workers and release them. Call before opening the page. */
export async function holdableWorkers(page: Page, isHeldFromStart = false) {
	await interceptWorkers(page, null, isHeldFromStart);
	const call = (name: 'hold' | 'release') =>
		page.evaluate((name) => {
			(window as unknown as { holdableWorkers: Record<string, () => void> }).holdableWorkers[
				name
			]();
		}, name);
	return { hold: () => call('hold'), release: () => call('release') };
}

/**
 * Makes workers hang when they read a file larger than `bytes` bytes, as if the file's drive had stopped responding.
 * Call before opening the page.
 * @returns a function that waits for a worker to start reading such a file, and returns that worker
 */
export async function holdLargeFiles(page: Page, bytes: number): Promise<() => Promise<Worker>> {
	const hold = `{
		const { arrayBuffer } = Blob.prototype;
		Blob.prototype.arrayBuffer = function () {
			if (this.size <= ${bytes}) return arrayBuffer.call(this);
			self.isHeld = true;
			return new Promise(() => undefined);
		};
	}\n`;
	// Reuse the script: a replacement worker may request it as the test ends, when fetching it again would fail.
	let script: string | undefined;
	await page.route(/\/lab\.worker[^/]*\.js$/, async (route) => {
		script ??= await (await route.fetch()).text();
		await route.fulfill({ contentType: 'text/javascript', body: hold + script });
	});
	return async () => {
		let held: Worker | undefined;
		await expect
			.poll(async () => {
				for (const worker of page.workers()) {
					// `evaluate` fails if the worker has just terminated.
					const isHeld = await worker.evaluate('self.isHeld === true').catch(() => false);
					if (isHeld) held = worker;
				}
				return held !== undefined;
			})
			.toBe(true);
		if (!held) throw new Error('got no worker, expected one that reads');
		return held;
	};
}
