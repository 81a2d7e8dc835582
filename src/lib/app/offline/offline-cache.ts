/**
 * Stores the app in Cache Storage, with a separate cache for each build. Vocabularies and large texts are cached on
 * first use, in caches that all builds share.
 *
 * A new build isn't used until its own versions of all cached files have been downloaded. A page never receives a file
 * from a different build: files in `_app/immutable/` have a content hash in their names, and any other file comes from
 * the cache of the page's own build.
 */

import { hexOf } from '../../engine/text';
import { dropOthers, TEXT_CACHE, VOCABULARY_CACHE } from '../../session/downloads/caches';

export interface AppFile {
	/** Path relative to the lab's folder. A page's path is empty or ends with a slash. */
	readonly path: string;
	readonly size: number;
	/** SHA-256, in hexadecimal. */
	readonly sha256: string;
}

export interface AppBuild {
	readonly version: string;
	readonly files: readonly AppFile[];
	/** Vocabularies and texts, cached on first use. File names include a content hash. */
	readonly optional: readonly AppFile[];
	/** URL of the lab's folder, ending with a slash. */
	readonly home: string;
}

/** The parts of a request that the response depends on. */
export interface AppRequest {
	readonly method: string;
	readonly url: string;
	/** Whether the request is a navigation. */
	readonly opensPage: boolean;
	/** Id of the page that sent the request. */
	readonly clientId: string;
	/** Id of the page being opened. */
	readonly resultingClientId: string;
}

const SHARED = [VOCABULARY_CACHE, TEXT_CACHE];
const PREFIX = 'bpe-lab-app-';
/**
 * Cache that records the build of each open page. It outlives the service worker, which the browser may stop at any
 * time.
 */
const PAGES = 'bpe-lab-pages';
const MAX_FETCHES = 6;
/** Timeout for a request, not counting the time to transfer the response. */
const FETCH_TIMEOUT_MS = 15_000;
/** Slowest supported transfer rate, in bytes per millisecond. */
const MIN_RATE = 10;

const TYPES: Readonly<Record<string, string>> = {
	html: 'text/html; charset=utf-8',
	js: 'text/javascript; charset=utf-8',
	css: 'text/css; charset=utf-8',
	json: 'application/json',
	svg: 'image/svg+xml',
	png: 'image/png',
	txt: 'text/plain; charset=utf-8',
	woff2: 'font/woff2',
	webmanifest: 'application/manifest+json'
};

export class OfflineCache {
	readonly #build: AppBuild;
	readonly #caches: CacheStorage;
	readonly #paths: ReadonlySet<string>;
	/** Build of each page, by page id. Pages recorded before the service worker restarted are only in the cache. */
	readonly #pages = new Map<string, string>();

	constructor(build: AppBuild, caches: CacheStorage) {
		this.#build = build;
		this.#caches = caches;
		this.#paths = new Set(build.files.map(({ path }) => path));
	}

	/**
	 * Adds all files of the build to its cache, and updates the optional files in the shared caches to this build's
	 * versions.
	 * @throws Error naming the first file that can't be fetched or doesn't belong to this build
	 */
	async install(): Promise<void> {
		const cache = await this.#caches.open(PREFIX + this.#build.version);
		const waiting = [...this.#build.files];
		const fetchAll = async () => {
			for (let file = waiting.shift(); file; file = waiting.shift()) {
				const bytes = (await this.#earlier(file)) ?? (await this.#fetch(file));
				await cache.put(this.#address(file.path), answerWith(file.path, bytes));
			}
		};
		try {
			await Promise.all(Array.from({ length: MAX_FETCHES }, fetchAll));
			for (const name of SHARED) await this.#keepVersions(await this.#caches.open(name));
		} catch (error) {
			waiting.length = 0;
			await this.#caches.delete(PREFIX + this.#build.version);
			throw error;
		}
	}

	/** Fetches this build's version of each optional file that is cached in an older version. */
	async #keepVersions(cache: Cache): Promise<void> {
		const addresses = (await cache.keys()).map(({ url }) => url);
		const names = new Set(addresses.map(nameOf));
		for (const file of this.#build.optional) {
			const address = this.#address(file.path);
			if (!names.has(nameOf(address)) || addresses.includes(address)) continue;
			await cache.put(address, answerWith(file.path, await this.#fetch(file)));
		}
	}

	/** Bytes of the same file in an earlier build's cache; `null` if it isn't there or its content differs. */
	async #earlier(file: AppFile): Promise<ArrayBuffer | null> {
		if (!isHashed(file.path)) return null;
		const found = await this.#match(this.#address(file.path), await this.#builds());
		const bytes = await found?.arrayBuffer();
		return bytes && (await hasContent(bytes, file)) ? bytes : null;
	}

	async #fetch(file: AppFile): Promise<ArrayBuffer> {
		const response = await fetch(this.#address(file.path), {
			// A proxy or the browser may have cached this file from an earlier build.
			cache: isHashed(file.path) ? 'default' : 'reload',
			signal: AbortSignal.timeout(FETCH_TIMEOUT_MS + file.size / MIN_RATE)
		});
		if (!response.ok) throw new Error(`${file.path}: got ${response.status}, expected 200`);
		const bytes = await response.arrayBuffer();
		if (!(await hasContent(bytes, file))) throw new Error(`${file.path}: is not of this build`);
		return bytes;
	}

	async note(page: string, version: string): Promise<void> {
		this.#pages.set(page, version);
		const cache = await this.#caches.open(PAGES);
		await cache.put(this.#address(page), new Response(version));
	}

	/** Response to a request; `null` to let the browser handle it. */
	answer(request: AppRequest): Promise<Response> | null {
		if (request.method !== 'GET' || !request.url.startsWith(this.#build.home)) return null;
		const path = request.url.slice(this.#build.home.length).replace(/[?#].*$/s, '');
		if (request.opensPage) return this.#openPage(path, request);
		if (isHashed(path)) {
			// Vocabularies are cached by the code that reads them.
			return path.endsWith('.bin') && !isText(path) ? null : this.#hashed(request.url);
		}
		return this.#paths.has(path) ? this.#ofPage(path, request) : null;
	}

	#openPage(path: string, { url, resultingClientId }: AppRequest): Promise<Response> | null {
		const { version } = this.#build;
		if (!this.#paths.has(path)) {
			if (!this.#paths.has(`${path}/`)) return null;
			const to = new URL(url);
			to.pathname += '/';
			return Promise.resolve(Response.redirect(to.href, 301));
		}
		return (async () => {
			const kept = await this.#match(this.#address(path), [version]);
			if (!kept) return fetch(url);
			await this.note(resultingClientId, version);
			return kept;
		})();
	}

	/** Response with a file whose name includes a content hash, so any build's copy will do. */
	async #hashed(url: string): Promise<Response> {
		const address = url.replace(/[?#].*$/s, '');
		const kept =
			(await this.#match(address, await this.#builds())) ??
			(await this.#caches.match(address, { cacheName: TEXT_CACHE }));
		if (kept) return kept;
		const response = await fetch(url);
		if (response.ok && isText(address)) {
			const cache = await this.#caches.open(TEXT_CACHE);
			// If the disk is full, the file is fetched again next time.
			cache.put(address, response.clone()).catch(() => undefined);
		}
		return response;
	}

	/** Response with a file from the build of the page that requested it. */
	async #ofPage(path: string, { url, clientId }: AppRequest): Promise<Response> {
		const version = await this.#versionOf(clientId);
		const kept = version && (await this.#match(this.#address(path), [version]));
		return kept || fetch(url);
	}

	async #versionOf(page: string): Promise<string | undefined> {
		const noted = this.#pages.get(page);
		if (noted !== undefined) return noted;
		const cache = await this.#caches.open(PAGES);
		return (await cache.match(this.#address(page)))?.text();
	}

	/**
	 * Deletes the builds that no open page needs. If a page's build is unknown, keeps all builds.
	 * @param pages ids of all open pages
	 */
	async clear(pages: readonly string[]): Promise<void> {
		const used = new Set([this.#build.version]);
		let isKnown = true;
		for (const page of pages) {
			const version = await this.#versionOf(page);
			if (version === undefined) isKnown = false;
			else used.add(version);
		}
		// `pages` doesn't yet include a page being opened.
		const noted = new Set([...pages, ...this.#pages.keys()].map((page) => this.#address(page)));
		const cache = await this.#caches.open(PAGES);
		for (const { url } of await cache.keys()) if (!noted.has(url)) await cache.delete(url);
		if (!isKnown) return;
		for (const version of await this.#builds())
			if (!used.has(version)) await this.#caches.delete(PREFIX + version);
		if (used.size > 1) return;
		const addresses = new Set(this.#build.optional.map(({ path }) => this.#address(path)));
		for (const name of SHARED) await dropOthers(await this.#caches.open(name), addresses);
	}

	/** Versions of the cached builds, starting with this one. */
	async #builds(): Promise<string[]> {
		const { version } = this.#build;
		const names = await this.#caches.keys();
		const others = names
			.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + version)
			.map((name) => name.slice(PREFIX.length));
		return [version, ...others];
	}

	async #match(address: string, versions: readonly string[]): Promise<Response | undefined> {
		for (const version of versions) {
			const found = await this.#caches.match(address, { cacheName: PREFIX + version });
			if (found) return found;
		}
		return undefined;
	}

	#address(path: string): string {
		return this.#build.home + path;
	}
}

/** Whether a file contains text: human rights declarations or a corpus. */
const isText = (path: string): boolean => /[/](all|first)[.][^/]*[.]bin$|[.]txt$/.test(path);

/** Name of a file without its content hash. */
const nameOf = (address: string): string =>
	address.slice(address.lastIndexOf('/') + 1).replace(/[.][\w-]{8}([.]\w+)$/, '$1');

const isHashed = (path: string): boolean => path.startsWith('_app/immutable/');

async function hasContent(bytes: ArrayBuffer, { size, sha256 }: AppFile): Promise<boolean> {
	if (bytes.byteLength !== size) return false;
	return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) === sha256;
}

function answerWith(path: string, bytes: ArrayBuffer): Response {
	const ending = /[.](\w+)$/.exec(path)?.[1] ?? 'html';
	const headers = {
		'content-type': TYPES[ending] ?? 'application/octet-stream',
		'content-length': String(bytes.byteLength)
	};
	return new Response(bytes, { headers });
}

export type ToServiceWorker =
	| { readonly build: string }
	/** Activates the waiting build. Pages that are already open continue to use their own builds. */
	| 'activate';
