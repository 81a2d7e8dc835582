import { createHash } from 'node:crypto';
import {
	createServer,
	type IncomingMessage,
	type RequestListener,
	type ServerResponse
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { listen } from './loopback';

/** A repository on the {@link HubServer}. */
export interface ServedRepository {
	/** Hash of the commit that `main` points to. */
	readonly commit: string;
	/** Other revision names for that commit. */
	readonly revisions?: readonly string[];
	readonly files: Readonly<Record<string, Uint8Array>>;
	/** Paths of files stored in Git LFS, for which `resolve` redirects to the download host. */
	readonly large?: readonly string[];
	/** Whether access to the repository's files requires {@link token}. */
	readonly isGated?: boolean;
	/** Whether the repository's existence is hidden from everyone without access. */
	readonly isPrivate?: boolean;
	/** Access token for an account that can access the repository. */
	readonly token?: string;
}

export interface ServedRequest {
	readonly host: 'hub' | 'download';
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingMessage['headers'];
}

type Handle = (response: ServerResponse, request: ServedRequest) => boolean;

export interface HubServerOptions {
	/** Key and certificate in PEM, for HTTPS. */
	readonly tls?: { readonly key: string; readonly cert: string };
	/** Origin to which the server redirects downloads; by default the origin of the server's second port. */
	readonly downloadOrigin?: string;
}

const EXPOSED = 'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Linked-Size,ETag';

export type HubServer = Awaited<ReturnType<typeof serveHub>>;

/**
 * Responds the way the Hugging Face Hub does, as far as browsers can tell: with model descriptions and files, redirects
 * to a second origin for files in Git LFS, CORS with preflights, and errors with `X-Error-Code` and JSON.
 */
export async function serveHub({ tls, downloadOrigin }: HubServerOptions = {}) {
	const start = (listener: RequestListener) =>
		listen(tls ? createSecureServer(tls, listener) : createServer(listener));
	const hub = await start((request, response) => answer('hub', request, response));
	const download = await start((request, response) => answer('download', request, response));
	const scheme = tls ? 'https' : 'http';
	const ports = { hub: hub.port, download: download.port };
	const origins = {
		hub: `${scheme}://127.0.0.1:${ports.hub}`,
		download: downloadOrigin ?? `${scheme}://127.0.0.1:${ports.download}`
	};
	const served = {
		/** Ports on the loopback interface, for browsers that map the host names of the real Hub to them. */
		ports,
		/** Origins of the Hub and the download host, for clients whose Hub URL can be configured. */
		origins,
		repositories: new Map<string, ServedRepository>(),
		/** New names of repositories that have moved, by old name. */
		moved: new Map<string, string>(),
		/** Requests in order of arrival. Tests may empty this list. */
		requests: [] as ServedRequest[],
		/** If set, handles a request first; when it returns true, the server sends no response of its own. */
		intercept: null as Handle | null,
		close: async () => {
			for (const { close } of [hub, download]) await close();
		}
	};

	function answer(host: 'hub' | 'download', message: IncomingMessage, response: ServerResponse) {
		const { method = 'GET', url = '/', headers } = message;
		const request = { host, method, path: url, headers };
		served.requests.push(request);
		allowOrigin(headers.origin, response);
		if (method === 'OPTIONS') {
			response.setHeader('access-control-allow-headers', 'authorization');
			response.setHeader('access-control-allow-methods', 'GET,HEAD');
			response.writeHead(200).end();
		} else if (!served.intercept?.(response, request)) {
			if (host === 'hub') answerHub(request, response);
			else sendFile(request.path.slice(1), request, response);
		}
	}

	function answerHub(request: ServedRequest, response: ServerResponse) {
		const { path, headers } = request;
		const [, name = '', revision = ''] =
			/^\/api\/models\/(.+)\/revision\/([^/?]+)\?blobs=true$/.exec(path) ?? [];
		if (name !== '') {
			const newName = served.moved.get(name);
			if (newName !== undefined) {
				const location = path.replace(`/models/${name}/`, `/models/${newName}/`);
				response.writeHead(307, { location }).end();
				return;
			}
			const repository = find(name, headers, response);
			if (repository && isAt(repository, revision, response)) {
				sendJson(response, 200, describe(name, repository));
			}
			return;
		}
		const [, owner = '', at = '', file = ''] = /^\/(.+?)\/resolve\/([^/]+)\/(.+)$/.exec(path) ?? [];
		const repository = find(owner, headers, response);
		if (!repository || !isAt(repository, at, response)) return;
		if (repository.isGated && headers.authorization !== `Bearer ${repository.token}`) {
			const isKnown = headers.authorization !== undefined;
			fail(response, isKnown ? 403 : 401, 'GatedRepo', `Access to model ${owner} is restricted.`);
			return;
		}
		const key = decodeURIComponent(file);
		if (!Object.hasOwn(repository.files, key)) {
			fail(response, 404, 'EntryNotFound', 'Entry not found');
		} else if (repository.large?.includes(key)) {
			const location = `${origins.download}/${owner}/${file}?X-Amz-Signature=0123`;
			response.writeHead(302, { location, 'x-repo-commit': repository.commit }).end();
		} else sendFile(`${owner}/${file}`, request, response);
	}

	function find(name: string, headers: IncomingMessage['headers'], response: ServerResponse) {
		const repository = served.repositories.get(name);
		const token = headers.authorization?.replace('Bearer ', '');
		const tokens = [...served.repositories.values()].map(({ token }) => token);
		if (token !== undefined && !tokens.includes(token)) {
			fail(response, 401, '', 'Invalid credentials in Authorization header');
		} else if (!repository || (repository.isPrivate && token !== repository.token)) {
			// The Hub doesn't reveal to strangers which repositories exist.
			if (token === undefined) fail(response, 401, 'RepoNotFound', 'Invalid username or password.');
			else fail(response, 404, 'RepoNotFound', 'Repository not found');
		} else return repository;
		return undefined;
	}

	function sendFile(path: string, { headers }: ServedRequest, response: ServerResponse) {
		const [file] = path.split('?');
		for (const [name, { files }] of served.repositories) {
			if (!file.startsWith(`${name}/`)) continue;
			const whole = files[decodeURIComponent(file.slice(name.length + 1))];
			const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
			const bytes = start ? whole.subarray(Number(start), Number(end) + 1) : whole;
			response.writeHead(start ? 206 : 200, {
				'content-type': 'application/octet-stream',
				'content-length': bytes.length,
				...(start && { 'content-range': `bytes ${start}-${end}/${whole.length}` })
			});
			response.end(bytes);
			return;
		}
		fail(response, 404, 'EntryNotFound', 'Entry not found');
	}

	return served;
}

function allowOrigin(origin: string | undefined, response: ServerResponse) {
	response.setHeader('access-control-allow-origin', origin ?? '*');
	response.setHeader('access-control-expose-headers', EXPOSED);
	response.setHeader('vary', 'Origin');
}

function isAt(repository: ServedRepository, revision: string, response: ServerResponse): boolean {
	const { commit, revisions = [] } = repository;
	const known = ['main', commit, ...revisions];
	if (known.includes(decodeURIComponent(revision))) return true;
	fail(response, 404, 'RevisionNotFound', `Invalid rev id: ${revision}`);
	return false;
}

function describe(id: string, { commit, files, large = [], isGated }: ServedRepository) {
	const hash = (algorithm: string, ...parts: (string | Uint8Array)[]) =>
		parts.reduce((sum, part) => sum.update(part), createHash(algorithm)).digest('hex');
	const siblings = Object.entries(files).map(([rfilename, bytes]) => {
		const size = bytes.length;
		const blobId = hash('sha1', `blob ${size}\0`, bytes);
		return large.includes(rfilename)
			? // In Git, the blob of a file in LFS is only a pointer.
				{ rfilename, size, blobId: '0'.repeat(40), lfs: { sha256: hash('sha256', bytes), size } }
			: { rfilename, size, blobId };
	});
	return {
		id,
		modelId: id,
		sha: commit,
		private: false,
		gated: isGated ? 'auto' : false,
		siblings
	};
}

function sendJson(response: ServerResponse, status: number, json: unknown) {
	response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
	response.end(JSON.stringify(json));
}

function fail(response: ServerResponse, status: number, code: string, message: string) {
	if (code !== '') response.setHeader('x-error-code', code);
	response.setHeader('x-error-message', message);
	sendJson(response, status, { error: message });
}
