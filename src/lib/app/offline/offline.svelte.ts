/** Registers the service worker and tracks its state. */
import { version } from '$app/environment';
import { asset } from '$app/paths';
import type { Announcement } from '../../session/announcement.svelte';
import { dropOthers, VOCABULARY_CACHE } from '../../session/downloads/caches';
import { inTime } from '../../session/in-time';
import type { ToServiceWorker } from './offline-cache';

/**
 * Whether the lab works offline. `keeping`: the app is being downloaded. `ready`: it is available offline. `failed`:
 * the download failed, and the next visit tries again. `unavailable`: service workers can't be used in this browser or
 * at this URL.
 */
export type OfflineState = 'unknown' | 'keeping' | 'ready' | 'failed' | 'unavailable';

export const describeOffline: Readonly<Record<OfflineState, string>> = {
	unknown: 'The lab will soon be saved in this browser for offline use.',
	keeping: 'The lab is being saved in this browser for offline use.',
	ready:
		'The lab is saved in this browser and works offline, with the tokenizers, languages and example corpora you have used. You can install it as an app from your browser’s menu.',
	failed: 'The lab could not be saved in this browser. It will try again when you open a page.',
	unavailable:
		'This browser cannot save pages for offline use, at least not at this address. It keeps the tokenizers you have used.'
};

const UPDATE_READY =
	'A newer version of the lab is ready. This page stays as it is until you reload it.';

/** How often to check for an update while a page stays open. */
const UPDATE_INTERVAL_MS = 60 * 60 * 1000;

/** Delay before another attempt to announce an update if a different announcement is shown. */
const PATIENCE_MS = 10_000;

class Offline {
	#state = $state<OfflineState>(
		globalThis.navigator?.serviceWorker?.controller ? 'ready' : 'unknown'
	);
	/** The build that is waiting to be activated; `null` if there is none. */
	#waiting: ServiceWorker | null = null;
	#lookedForUpdate = 0;

	get state(): OfflineState {
		return this.#state;
	}

	/** Starts saving the app for offline use. Call this once, when the page is idle. */
	async start(announcement: Announcement): Promise<void> {
		const { serviceWorker: container } = navigator;
		// On localhost, the service worker would also answer requests to apps later served from the same origin.
		if (!container || location.hostname === 'localhost') {
			this.#state = 'unavailable';
			await dropStaleVocabularies();
			return;
		}
		const introduce = () => send(container.controller, { build: version });
		container.addEventListener('controllerchange', introduce);
		introduce();
		try {
			const registration = await container.register(asset('/service-worker.js'), {
				updateViaCache: 'none'
			});
			this.#follow(registration, announcement);
			document.addEventListener('visibilitychange', () => this.#lookForUpdate(registration));
		} catch {
			this.#state = container.controller ? 'ready' : 'failed';
		}
	}

	#follow(registration: ServiceWorkerRegistration, announcement: Announcement): void {
		const announce = (worker: ServiceWorker) => {
			if (worker === this.#waiting) return;
			this.#waiting = worker;
			this.#announce(announcement);
		};
		const watch = (worker: ServiceWorker) => {
			worker.addEventListener('statechange', () => {
				if (worker.state === 'installed' && registration.active) announce(worker);
				if (worker.state === 'activated') this.#state = 'ready';
				if (worker.state === 'redundant' && !registration.active) this.#state = 'failed';
			});
		};
		this.#state = registration.active ? 'ready' : 'keeping';
		if (registration.installing) watch(registration.installing);
		if (registration.waiting && registration.active) announce(registration.waiting);
		registration.addEventListener('updatefound', () => {
			if (registration.installing) watch(registration.installing);
		});
	}

	/**
	 * Announces a new build, but waits while a different announcement is shown, because that announcement may offer an
	 * undo.
	 */
	#announce(announcement: Announcement): void {
		if (announcement.shown) setTimeout(() => this.#announce(announcement), PATIENCE_MS);
		else announcement.show(UPDATE_READY, [{ name: 'Reload', run: () => this.#update() }]);
	}

	#lookForUpdate(registration: ServiceWorkerRegistration): void {
		const now = Date.now();
		if (document.hidden || now - this.#lookedForUpdate < UPDATE_INTERVAL_MS) return;
		this.#lookedForUpdate = now;
		// Offline, the update check fails.
		registration.update().catch(() => undefined);
	}

	/** Activates the waiting build and reloads this page with it. Other open pages continue to use their own builds. */
	#update(): void {
		if (!this.#waiting) return;
		if (this.#waiting.state !== 'installed') {
			// Another page has already activated the build.
			location.reload();
			return;
		}
		navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
			once: true
		});
		send(this.#waiting, 'activate');
	}
}

/**
 * Deletes vocabularies from earlier builds. Needed only without a service worker, because the service worker deletes
 * them itself once all open pages use the current build.
 */
async function dropStaleVocabularies(): Promise<void> {
	// Cache Storage exists only in secure contexts.
	if (typeof caches === 'undefined') return;
	const { VOCABULARY_ADDRESSES } = await import('../../session/downloads/vocabularies');
	const cache = await inTime(caches.open(VOCABULARY_CACHE));
	if (cache) await inTime(dropOthers(cache, new Set(VOCABULARY_ADDRESSES.values())));
}

const send = (worker: ServiceWorker | null, message: ToServiceWorker): void =>
	worker?.postMessage(message);

/** Shared by the whole page, because the browser runs a single service worker for the entire site. */
export const offline = new Offline();
