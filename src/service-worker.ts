import { version } from '$service-worker';
import { OfflineCache, type AppFile, type ToServiceWorker } from './lib/app/offline/offline-cache';

declare const self: ServiceWorkerGlobalScope;

/** Path, size and SHA-256 of each file in this build, inserted by `tools/app-files.js`. */
const FILES = '%files%';
/** Files that are cached on first use. */
const OPTIONAL = '%optional%';

const read = (list: string) =>
	list.split(';').map((line): AppFile => {
		const [path, size, sha256] = line.split(',');
		return { path, size: Number(size), sha256 };
	});
const app = new OfflineCache(
	{
		version,
		files: read(FILES),
		optional: read(OPTIONAL),
		home: new URL('./', location.href).href
	},
	caches
);

self.addEventListener('install', (event) => event.waitUntil(app.install()));

self.addEventListener('activate', (event) =>
	event.waitUntil(
		// From now on, pages that loaded from the network during the first visit also use the service worker.
		self.clients.claim().then(clear)
	)
);

self.addEventListener('fetch', (event) => {
	const { request, clientId, resultingClientId } = event;
	const { method, url, mode } = request;
	const opensPage = mode === 'navigate';
	const answer = app.answer({ method, url, opensPage, clientId, resultingClientId });
	if (!answer) return;
	event.respondWith(answer);
	if (opensPage) event.waitUntil(answer.then(clear));
});

self.addEventListener('message', (event) => {
	const message = event.data as ToServiceWorker;
	if (message === 'activate') void self.skipWaiting();
	else if (event.source instanceof Client)
		event.waitUntil(app.note(event.source.id, message.build));
});

/** Deletes earlier builds once no page needs them. */
async function clear(): Promise<void> {
	const { installing, waiting } = self.registration;
	// Don't delete the next build's cache.
	if (installing || waiting) return;
	const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
	await app.clear(pages.map(({ id }) => id));
}
