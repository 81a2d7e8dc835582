/**
 * Keeps the app itself in Cache Storage, each build in a cache of its own. Vocabularies and large texts are kept once they
 * are used, in caches that all builds share. An update is not used before it has its
 * own versions of what is kept. A file that comes from one build never reaches a page of another: files of
 * `_app/immutable/` have a hash of their content in their names, and any other file is taken from the cache of the build
 * that the page asking for it belongs to.
 */

import { hexOf } from '../../engine/text';
import { dropOthers, TEXT_CACHE, VOCABULARY_CACHE } from '../../session/downloads/caches';

/** A file of a build. */
export interface AppFile {
	/** Relative to the folder of the lab; that of a page is empty or ends with a slash. */
	readonly path: string;
	/** Number of bytes. */
	readonly size: number;
	/** SHA-256 of the bytes, in hexadecimal. */
	readonly sha256: string;
}

/** A build, as the service worker knows it. */
export interface AppBuild {
	/** Name of the build. */
	readonly version: string;
	readonly files: readonly AppFile[];
	/** Vocabularies and texts, kept once they are used. The names of all have a hash of their content. */
	readonly optional: readonly AppFile[];
	/** Address of the folder of the lab, with a slash at its end. */
	readonly home: string;
}

/** A request, as far as the answer depends on it. */
export interface AppRequest {
	readonly method: string;
	readonly url: string;
	/** Whether it opens a page. */
	readonly opensPage: boolean;
	/** Id of the page that asks. */
	readonly clientId: string;
	/** Id of the page that is opened. */
	readonly resultingClientId: string;
}

/** Caches of optional files. */
const SHARED = [VOCABULARY_CACHE, TEXT_CACHE];
const PREFIX = 'bpe-lab-app-';
/** Cache with the build of each open page, so that a service worker that was stopped meanwhile knows them. */
const PAGES = 'bpe-lab-pages';
/** Files that are fetched at the same time. */
const MAX_FETCHES = 6;
/** Maximum time of a request, in milliseconds, besides that for its bytes. */
const FETCH_TIMEOUT_MS = 15_000;
/** Bytes per millisecond of the slowest network. */
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

export class KeptApp {
	readonly #build: AppBuild;
	readonly #caches: CacheStorage;
	readonly #paths: ReadonlySet<string>;
	/** Build of each page, by its id; the cache has those of earlier runs. */
	readonly #pages = new Map<string, string>();

	constructor(build: AppBuild, caches: CacheStorage) {
		this.#build = build;
		this.#caches = caches;
		this.#paths = new Set(build.files.map(({ path }) => path));
	}

	/**
	 * Puts all files of the build into its cache, and its versions of the optional files that are kept into theirs. The build
	 * is not used unless every file has the expected bytes.
	 * @throws Error with the first file that cannot be fetched or is of another build
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

	/** Fetches the files of this build of which a cache has those of an earlier build. */
	async #keepVersions(cache: Cache): Promise<void> {
		const addresses = (await cache.keys()).map(({ url }) => url);
		const names = new Set(addresses.map(nameOf));
		for (const file of this.#build.optional) {
			const address = this.#address(file.path);
			if (!names.has(nameOf(address)) || addresses.includes(address)) continue;
			await cache.put(address, answerWith(file.path, await this.#fetch(file)));
		}
	}

	/** Bytes of a file that an earlier build has under the same name, if they are the same. */
	async #earlier(file: AppFile): Promise<ArrayBuffer | null> {
		if (!isHashed(file.path)) return null;
		const found = await this.#match(this.#address(file.path), await this.#builds());
		const bytes = await found?.arrayBuffer();
		return bytes && (await hasContent(bytes, file)) ? bytes : null;
	}

	async #fetch(file: AppFile): Promise<ArrayBuffer> {
		const response = await fetch(this.#address(file.path), {
			// A file that a proxy or the browser holds may be of an earlier build.
			cache: isHashed(file.path) ? 'default' : 'reload',
			signal: AbortSignal.timeout(FETCH_TIMEOUT_MS + file.size / MIN_RATE)
		});
		if (!response.ok) throw new Error(`${file.path}: got ${response.status}, expected 200`);
		const bytes = await response.arrayBuffer();
		if (!(await hasContent(bytes, file))) throw new Error(`${file.path}: is not of this build`);
		return bytes;
	}

	/** Notes the build of an open page. */
	async note(page: string, version: string): Promise<void> {
		this.#pages.set(page, version);
		const cache = await this.#caches.open(PAGES);
		await cache.put(this.#address(page), new Response(version));
	}

	/** Answer to a request; `null` to leave it to the browser. */
	answer(request: AppRequest): Promise<Response> | null {
		if (request.method !== 'GET' || !request.url.startsWith(this.#build.home)) return null;
		const path = request.url.slice(this.#build.home.length).replace(/[?#].*$/s, '');
		if (request.opensPage) return this.#openPage(path, request);
		if (isHashed(path)) {
			// Vocabularies are kept where they are read.
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

	/** A file whose name tells its content, so it may come from the cache of any build. */
	async #hashed(url: string): Promise<Response> {
		const address = url.replace(/[?#].*$/s, '');
		const kept =
			(await this.#match(address, await this.#builds())) ??
			(await this.#caches.match(address, { cacheName: TEXT_CACHE }));
		if (kept) return kept;
		const response = await fetch(url);
		if (response.ok && isText(address)) {
			const cache = await this.#caches.open(TEXT_CACHE);
			// With a full disk, it is fetched again next time.
			cache.put(address, response.clone()).catch(() => undefined);
		}
		return response;
	}

	/** A file of the build of the page that asks for it. */
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
	 * Deletes the builds that no page needs any more. Keeps all while it is unknown what a page needs.
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
		// A page that is being opened is not among the open ones yet.
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

	/** Builds that are kept, this one first. */
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

/** Whether a file holds declarations or a corpus. */
const isText = (path: string): boolean => /[/](all|first)[.][^/]*[.]bin$|[.]txt$/.test(path);

/** Name of a file without the hash of its content. */
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

/** Messages of a page to the service worker. */
export type ToServiceWorker =
	/** The build of the page. */
	| { readonly build: string }
	/** Puts a waiting build into use. Open pages stay with theirs. */
	| 'activate';
