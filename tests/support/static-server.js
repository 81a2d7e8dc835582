/**
 * Serves a built site as a plain static host does: right content types, byte ranges, no compression,
 * and `404.html` for an unknown address. Under a sub-path, because that is where GitHub Pages puts it.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

/**
 * @typedef {object} StaticServer
 * @property {string} url where the site is, with the base and a final slash
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} folder the built site
 * @param {{ base?: string, port?: number }} [options] `base` begins and ends with a slash, default
 * `/lab/`; port 0, the default, takes a free one
 * @returns {Promise<StaticServer>}
 * @throws {Error} when the folder holds no index.html, or the port is taken
 */
export async function serve(folder, { base = '/lab/', port = 0 } = {}) {
	if (!existsSync(`${folder}/index.html`)) {
		throw new Error(`${folder} holds no index.html: run \`npm run build\` first`);
	}
	// `dev` reads the folder at each request, so that a rebuild needs no restart.
	const files = sirv(folder, { dev: true, etag: true });
	const server = createServer((request, response) => {
		const url = request.url ?? '/';
		if (!url.startsWith(base)) {
			response.writeHead(404, { 'content-type': 'text/plain' });
			response.end(`nothing outside ${base}\n`);
			return;
		}
		const { pathname, search } = new URL(url, 'http://host');
		if (!pathname.endsWith('/') && isFolder(join(folder, pathname.slice(base.length)))) {
			// Relative links of a page hold only below its folder, so every host redirects here.
			response.writeHead(301, { location: `${pathname}/${search}` });
			response.end();
			return;
		}
		request.url = `/${url.slice(base.length)}`;
		files(request, response, () => {
			response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
			createReadStream(join(folder, '404.html')).pipe(response);
		});
	});
	await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			resolve(undefined);
		});
	});
	const address = server.address();
	if (address === null || typeof address === 'string') {
		throw new Error(`expected a TCP address, got ${String(address)}`);
	}
	return {
		url: `http://127.0.0.1:${address.port}${base}`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		}
	};
}

/** @param {string} path */
function isFolder(path) {
	return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
