import { describe, expect, it, vi } from 'vitest';
import { serveHub } from '../../../../tests/support/hub-server';
import { COMMIT, CONFIG, JSON_BYTES, problemOf, TestHub } from '../../../../tests/support/test-hub';
import { Hub } from './hub';
import { secondsToWait } from './request';

const test = new TestHub();

describe('a problem', () => {
	it('is that a repository does not exist', async () => {
		expect(await problemOf(test.lookUp('owner/none'))).toEqual({
			kind: 'no-repository',
			repository: 'owner/none',
			withToken: false
		});
	});

	it('is that a revision does not exist', async () => {
		expect(await problemOf(test.lookUp('owner/name', 'v9'))).toEqual({
			kind: 'no-revision',
			repository: 'owner/name',
			revision: 'v9'
		});
	});

	it('is a file that is gone', async () => {
		const listing = await test.lookUp();
		test.server.repositories.set('owner/name', { commit: COMMIT, files: {} });
		expect(await problemOf(test.download(listing))).toEqual({
			kind: 'no-file',
			path: 'tokenizer.json'
		});
	});

	it.each([
		[{ 'retry-after': '17' }, 17],
		[{ ratelimit: '"api";r=0;t=55' }, 55],
		[{}, null]
	])('is a rate limit, with the time to wait: %j', async (headers, seconds) => {
		test.server.intercept = (response) => {
			response.writeHead(429, headers).end('{"error":"too many"}');
			return true;
		};
		expect(await problemOf(test.lookUp())).toEqual({ kind: 'rate-limit', seconds });
	});

	it('is the web page of a network with a login', async () => {
		const listing = await test.lookUp();
		const host = new URL(test.server.origins.hub).host;
		for (const status of [200, 403, 511]) {
			test.server.intercept = (response) => {
				response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
				response.end('<!doctype html><title>Hotel WLAN</title>');
				return true;
			};
			expect(await problemOf(test.lookUp())).toEqual({ kind: 'web-page', host });
			expect(await problemOf(test.download(listing))).toEqual({ kind: 'web-page', host });
		}
	});

	it.each(['application/json', 'text/html'])('is a server in trouble: %s', async (type) => {
		test.server.intercept = (response) => {
			response.writeHead(503, { 'content-type': type }).end();
			return true;
		};
		const host = new URL(test.server.origins.hub).host;
		expect(await problemOf(test.lookUp())).toEqual({ kind: 'status', host, status: 503 });
	});

	it.each([
		['{"error"', '{"error"'],
		['[]', '[]'],
		['{"id":"../x","sha":"1","siblings":[]}', '{"id":"../x","sha":"1","siblings":[]}']
	])('is an answer in another form: %s', async (body, found) => {
		test.server.intercept = (response) => {
			response.writeHead(200, { 'content-type': 'application/json' }).end(body);
			return true;
		};
		expect(await problemOf(test.lookUp())).toEqual({ kind: 'unexpected', found });
	});

	it.each([
		...['../../../../evil/x/tokenizer.json', 'a/../tokenizer.json', './tokenizer.json'],
		...['/tokenizer.json', 'a//tokenizer.json', '..\\tokenizer.model', '%2e%2E/tokenizer.json'],
		'..%2ftokenizer.model'
	])('is the name of a file that leads out of its repository: %s', async (path) => {
		const files = { 'tokenizer.json': JSON_BYTES, [path]: JSON_BYTES };
		test.server.repositories.set('owner/escaping', { commit: COMMIT, files });
		expect(await problemOf(test.lookUp('owner/escaping'))).toEqual({ kind: 'bad-path', path });
	});

	it('is a connection that breaks, with what had arrived', async () => {
		const listing = await test.lookUp();
		test.server.intercept = (response, { host }) => {
			if (host === 'hub') return false;
			response.writeHead(200, { 'content-length': JSON_BYTES.length });
			// What was sent arrives before the end does.
			response.write(JSON_BYTES.subarray(0, 1000), () => response.socket?.end());
			return true;
		};
		expect(await problemOf(test.download(listing))).toEqual({
			kind: 'truncated',
			path: 'tokenizer.json',
			received: 1000,
			size: JSON_BYTES.length
		});
		expect([...test.cache.entries.keys()].filter((key) => key.includes('/resolve/'))).toEqual([]);
	});

	it('is a file that ends early, although its server is content', async () => {
		const listing = await test.lookUp();
		test.server.intercept = (response, { host }) => {
			if (host === 'download') response.writeHead(200).end(JSON_BYTES.subarray(0, 1000));
			return host === 'download';
		};
		expect(await problemOf(test.download(listing))).toEqual({
			kind: 'truncated',
			path: 'tokenizer.json',
			received: 1000,
			size: JSON_BYTES.length
		});
	});

	it.each([
		['with a byte changed', JSON_BYTES.map((byte, at) => (at === 500 ? byte ^ 1 : byte))],
		['that never ends', new Uint8Array(JSON_BYTES.length * 4)]
	])('is a file %s', async (_, sent) => {
		const listing = await test.lookUp();
		test.server.intercept = (response, { host }) => {
			if (host === 'download') response.writeHead(200).end(sent);
			return host === 'download';
		};
		expect(await problemOf(test.download(listing))).toEqual({
			kind: 'damaged',
			path: 'tokenizer.json'
		});
	});

	it('is a small file that is not the one of the list', async () => {
		const listing = await test.lookUp();
		test.server.intercept = (response, { path }) => {
			const isConfig = path.endsWith('tokenizer_config.json');
			if (isConfig) response.writeHead(200).end(CONFIG.toReversed());
			return isConfig;
		};
		expect(await problemOf(test.download(listing))).toEqual({
			kind: 'damaged',
			path: 'tokenizer_config.json'
		});
	});

	it('is a host that does not answer', async () => {
		const gone = await serveHub();
		const { hub: origin } = gone.origins;
		await gone.close();
		expect(await problemOf(new Hub(origin).lookUp('owner/name', 'main', null))).toEqual({
			kind: 'silent',
			host: new URL(origin).host
		});
	});

	it('is a browser without network', async () => {
		vi.stubGlobal('navigator', { onLine: false });
		vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
		expect(await problemOf(test.lookUp())).toEqual({ kind: 'offline' });
	});

	it('is an answer that pages may not read', async () => {
		vi.stubGlobal('fetch', (_: string, { mode }: RequestInit) =>
			mode === 'no-cors'
				? Promise.resolve(new Response())
				: Promise.reject(new TypeError('Failed to fetch'))
		);
		const { host } = new URL(test.server.origins.hub);
		expect(await problemOf(test.lookUp())).toEqual({ kind: 'unreadable', host });
	});

	it('is a download host that does not answer, while the Hub does', async () => {
		const listing = await test.lookUp();
		vi.stubGlobal('fetch', (address: string, { mode }: RequestInit) =>
			mode === 'no-cors' && address === test.server.origins.hub
				? Promise.resolve(new Response())
				: Promise.reject(new TypeError('Failed to fetch'))
		);
		expect(await problemOf(test.download(listing))).toEqual({
			kind: 'silent',
			host: 'the download host of the Hub'
		});
	});
});

describe('secondsToWait', () => {
	it('reads a date', () => {
		vi.useFakeTimers({ now: new Date('2026-11-27T10:00:00Z'), toFake: ['Date'] });
		const headers = new Headers({ 'retry-after': 'Fri, 27 Nov 2026 10:01:30 GMT' });
		expect(secondsToWait(headers)).toBe(90);
		vi.useRealTimers();
	});
});
