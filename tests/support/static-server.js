/**
 * Serves a built site the way a plain static host does: correct content types, byte ranges, and `404.html` for unknown
 * paths. Serves the site under a sub-path, as GitHub Pages does.
 */
import { once } from 'node:events';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sirv from 'sirv';

/**
 * @param {string | (() => string)} site folder of the built site, or a function that returns the folder for each
 * request
 * @param {{ base?: string, compresses?: boolean }} [options] `base` begins and ends with a slash, default `/lab/`;
 * `compresses`: sends text files gzipped, as most hosts do
 * @returns the site's URL, including the base and a trailing slash
 * @throws {Error} when the folder contains no index.html
 */
export async function serve(site, { base = '/lab/', compresses = false } = {}) {
	const folderNow = typeof site === 'string' ? () => site : site;
	if (!existsSync(`${folderNow()}/index.html`)) {
		throw new Error(`${folderNow()} holds no index.html: run \`npm run build\` first`);
	}
	/** @type {Map<string, ReturnType<typeof sirv>>} */
	const handlers = new Map();
	const server = createServer((request, response) => {
		const folder = folderNow();
		// With `dev`, the folder is read for each request, so a rebuild needs no restart.
		const files = handlers.get(folder) ?? sirv(folder, { dev: true, etag: true });
		handlers.set(folder, files);
		const url = request.url ?? '/';
		if (!url.startsWith(base)) {
			response.writeHead(404, { 'content-type': 'text/plain' });
			response.end(`nothing outside ${base}\n`);
			return;
		}
		const { pathname, search } = new URL(url, 'http://host');
		if (!pathname.endsWith('/') && isFolder(join(folder, pathname.slice(base.length)))) {
			// A page's relative links work only if its URL ends with a slash, so every host redirects a URL without one.
			response.writeHead(301, { location: `${pathname}/${search}` });
			response.end();
			return;
		}
		if (compresses && sendGzipped(folder, pathname.slice(base.length), response)) return;
		request.url = `/${url.slice(base.length)}`;
		files(request, response, () => {
			response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
			createReadStream(join(folder, '404.html')).pipe(response);
		});
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}${base}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}

/** @param {string} path */
function isFolder(path) {
	return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** @type {Record<string, string>} */
const TEXT_TYPES = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.svg': 'image/svg+xml',
	'.json': 'application/json',
	'.txt': 'text/plain'
};

/**
 * Sends a text file in compressed form. Returns `false` if there is no such file.
 *
 * @param {string} folder
 * @param {string} path
 * @param {import('node:http').ServerResponse} response
 */
function sendGzipped(folder, path, response) {
	const file = join(folder, path === '' || path.endsWith('/') ? `${path}index.html` : path);
	const type = TEXT_TYPES[extname(file)];
	if (!type || !existsSync(file)) return false;
	const content = gzipSync(readFileSync(file));
	response.writeHead(200, {
		'content-type': type,
		'content-encoding': 'gzip',
		'content-length': content.length,
		...(path.includes('/immutable/') && { 'cache-control': 'public, max-age=31536000, immutable' })
	});
	response.end(content);
	return true;
}
