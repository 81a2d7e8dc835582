import { describe, expect, it, vi } from 'vitest';
import { serveHub } from '../../../../../tests/support/hub-server';
import {
	COMMIT,
	CONFIG,
	JSON_BYTES,
	problemOf,
	TestHub
} from '../../../../../tests/support/test-hub';
import { Hub } from './hub';

const test = new TestHub();
const hubHost = () => new URL(test.server.origins.hub).host;

const answerAll = (status: number, headers: Record<string, string>, body?: string) => {
	test.server.intercept = (response) => {
		response.writeHead(status, headers).end(body);
		return true;
	};
};

/** Answers the request for the large file differently than the Hub does. */
const sendFile = (
	send: (response: Parameters<NonNullable<typeof test.server.intercept>>[0]) => void
) => {
	test.server.intercept = (response, { host }) => {
		if (host === 'download') send(response);
		return host === 'download';
	};
};

describe('a problem', () => {
	it('is that a repository, a revision or a file does not exist', async () => {
		const none = { kind: 'no-repository', repository: 'owner/none', withToken: false };
		expect(await problemOf(test.lookUp('owner/none'))).toEqual(none);
		const noRevision = { kind: 'no-revision', repository: 'owner/name', revision: 'v9' };
		expect(await problemOf(test.lookUp('owner/name', 'v9'))).toEqual(noRevision);
		const listing = await test.lookUp();
		test.server.repositories.set('owner/name', { commit: COMMIT, files: {} });
		const noFile = { kind: 'no-file', path: 'tokenizer.json' };
		expect(await problemOf(test.download(listing))).toEqual(noFile);
	});

	it.each([
		[{ 'retry-after': '17' }, 17],
		[{ ratelimit: '"api";r=0;t=55' }, 55],
		[{}, null]
	])('is a rate limit, with the time to wait: %j', async (headers, seconds) => {
		answerAll(429, headers, '{"error":"too many"}');
		expect(await problemOf(test.lookUp())).toEqual({ kind: 'rate-limit', seconds });
	});

	it('is the web page of a network with a login', async () => {
		const listing = await test.lookUp();
		const problem = { kind: 'web-page', host: hubHost() };
		for (const status of [200, 403, 511]) {
			const headers = { 'content-type': 'text/html; charset=utf-8' };
			answerAll(status, headers, '<!doctype html><title>Hotel WLAN</title>');
			expect(await problemOf(test.lookUp())).toEqual(problem);
			expect(await problemOf(test.download(listing))).toEqual(problem);
		}
	});

	it.each(['application/json', 'text/html'])('is a server in trouble: %s', async (type) => {
		answerAll(503, { 'content-type': type });
		const problem = { kind: 'status', host: hubHost(), status: 503 };
		expect(await problemOf(test.lookUp())).toEqual(problem);
	});

	it.each(['{"error"', '[]', '{"id":"../x","sha":"1","siblings":[]}'])(
		'is an answer in another form: %s',
		async (body) => {
			answerAll(200, { 'content-type': 'application/json' }, body);
			expect(await problemOf(test.lookUp())).toEqual({ kind: 'unexpected', found: body });
		}
	);

	it.each([
		...['../../../../evil/x/tokenizer.json', 'a/../tokenizer.json', './tokenizer.json'],
		...['/tokenizer.json', 'a//tokenizer.json', '..\\tokenizer.model', '%2e%2E/tokenizer.json'],
		'..%2ftokenizer.model'
	])('is the name of a file that leads out of its repository: %s', async (path) => {
		const files = { 'tokenizer.json': JSON_BYTES, [path]: JSON_BYTES };
		test.server.repositories.set('owner/escaping', { commit: COMMIT, files });
		expect(await problemOf(test.lookUp('owner/escaping'))).toEqual({ kind: 'bad-path', path });
	});

	const path = 'tokenizer.json';
	const truncated = { kind: 'truncated', path, received: 1000, size: JSON_BYTES.length };
	it.each<[string, Parameters<typeof sendFile>[0], object]>([
		[
			'a connection that breaks, with what had arrived',
			(response) => {
				response.writeHead(200, { 'content-length': JSON_BYTES.length });
				// The client receives this part before the connection ends.
				response.write(JSON_BYTES.subarray(0, 1000), () => response.socket?.end());
			},
			truncated
		],
		[
			'a file that ends early, although its server is content',
			(response) => response.writeHead(200).end(JSON_BYTES.subarray(0, 1000)),
			truncated
		],
		[
			'a file with a byte changed',
			(response) =>
				response.writeHead(200).end(JSON_BYTES.map((byte, at) => (at === 500 ? byte ^ 1 : byte))),
			{ kind: 'damaged', path }
		],
		[
			'a file that never ends',
			(response) => response.writeHead(200).end(new Uint8Array(JSON_BYTES.length * 4)),
			{ kind: 'damaged', path }
		]
	])('is %s', async (_, send, problem) => {
		const listing = await test.lookUp();
		sendFile(send);
		expect(await problemOf(test.download(listing))).toEqual(problem);
	});

	it('is a small file that is not the one of the list', async () => {
		const listing = await test.lookUp();
		test.server.intercept = (response, { path }) => {
			const isConfig = path.endsWith('tokenizer_config.json');
			if (isConfig) response.writeHead(200).end(CONFIG.toReversed());
			return isConfig;
		};
		const damaged = { kind: 'damaged', path: 'tokenizer_config.json' };
		expect(await problemOf(test.download(listing))).toEqual(damaged);
	});

	it('is a host that does not answer', async () => {
		const gone = await serveHub();
		const { hub: origin } = gone.origins;
		await gone.close();
		const problem = await problemOf(new Hub(origin).lookUp('owner/name', 'main', null));
		expect(problem).toEqual({ kind: 'silent', host: new URL(origin).host });
	});

	it('is a browser without network, or a file whose host does not answer', async () => {
		const listing = await test.lookUp();
		vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
		const silent = { kind: 'silent', host: `${hubHost()} or its download host` };
		expect(await problemOf(test.download(listing))).toEqual(silent);
		vi.stubGlobal('navigator', { onLine: false });
		expect(await problemOf(test.lookUp())).toEqual({ kind: 'offline' });
	});
});
