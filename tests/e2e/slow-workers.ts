import type { Page } from '@playwright/test';

/** Delays every message from a worker by `ms` milliseconds, as a slow machine would. Call it before opening the page. */
export const slowWorkers = (page: Page, ms: number): Promise<unknown> =>
	page.addInitScript((delay) => {
		const NativeWorker = window.Worker;
		window.Worker = class extends NativeWorker {
			constructor(address: string | URL, options?: WorkerOptions) {
				super(address, options);
				// Registered first, so that it runs before the page's listeners.
				this.addEventListener('message', (event) => {
					if (!event.isTrusted) return;
					event.stopImmediatePropagation();
					const { data, ports } = event as MessageEvent<unknown>;
					const later = new MessageEvent('message', { data, ports: [...ports] });
					setTimeout(() => this.dispatchEvent(later), delay);
				});
			}
		};
	}, ms);
