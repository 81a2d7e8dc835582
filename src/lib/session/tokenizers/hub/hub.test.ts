import { beforeEach, describe, expect, it } from 'vitest';
import {
	COMMIT,
	CONFIG,
	JSON_BYTES,
	JSON_TEXT,
	problemOf,
	TestHub,
	TEXTS,
	textsOf,
	utf8
} from '../../../../../tests/support/test-hub';
import { ggufFile } from '../../../../../tests/support/tokenizer-files';
import type { DownloadProgress } from '../../downloads/fetch-bytes';

const TOKEN = 'hf_secret';
const test = new TestHub();

const serve = (
	name: string,
	files: Record<string, Uint8Array>,
	more: Partial<Parameters<typeof test.server.repositories.set>[1]> = {}
) => test.server.repositories.set(name, { commit: COMMIT, files, ...more });

describe('looking up a repository', () => {
	it.each(['main', 'v1', 'refs/pr/1', COMMIT])('pins %s to its commit', async (revision) => {
		expect(await test.lookUp('owner/name', revision)).toMatchObject({
			repository: 'owner/name',
			revision,
			commit: COMMIT,
			isGated: false
		});
	});

	it('lists the files of the tokenizer with their sizes, before anything is downloaded', async () => {
		const { tokenizers } = await test.lookUp();
		expect(tokenizers).toMatchObject([
			{
				name: 'tokenizer.json',
				files: [
					{ path: 'tokenizer.json', size: JSON_BYTES.length },
					{ path: 'tokenizer_config.json', size: CONFIG.length }
				]
			}
		]);
		expect(test.server.requests).toHaveLength(1);
		// Sends no token unless one was entered, no cookies and no referrer.
		const { authorization, cookie, referer } = test.server.requests[0].headers;
		expect([authorization, cookie, referer]).toEqual([undefined, undefined, undefined]);
	});

	it('follows a repository to its new name, and finds a tekken.json', async () => {
		test.server.moved.set('old', 'owner/name');
		expect(await test.lookUp('old')).toMatchObject({ repository: 'owner/name', commit: COMMIT });
		serve('owner/tekken', { 'tekken.json': utf8('{}') });
		expect(await test.lookUp('owner/tekken')).toMatchObject({
			tokenizers: [{ name: 'tekken.json' }]
		});
	});
});

describe('a download', () => {
	it('brings the bytes of every file, through the download host for large ones', async () => {
		const listing = await test.lookUp();
		const { fetch } = globalThis;
		const files = await textsOf(await test.download(listing));
		expect([files, globalThis.fetch]).toEqual([TEXTS, fetch]);
		expect(test.server.requests.some(({ host }) => host === 'download')).toBe(true);
	});

	it('reports progress up to the total of all files', async () => {
		const listing = await test.lookUp();
		const total = JSON_BYTES.length + CONFIG.length;
		const seen: DownloadProgress[] = [];
		await test.download(listing, null, (progress) => seen.push(progress));
		expect(seen.length).toBeGreaterThan(2);
		expect(seen.every((progress) => progress.total === total)).toBe(true);
		const received = seen.map((progress) => progress.received);
		expect(received).toEqual(received.toSorted((a, b) => a - b));
		expect(received.at(-1)).toBe(total);
	});

	it('loads names that need escapes', async () => {
		serve('owner/odd', { 'a b/tokenizer.json': JSON_BYTES });
		const loaded = await test.download(await test.lookUp('owner/odd'));
		expect(await textsOf(loaded)).toEqual({ 'a b/tokenizer.json': JSON_TEXT });
	});
});

describe('a GGUF file', () => {
	const HEADER = ggufFile({
		'tokenizer.ggml.model': 'gpt2',
		'tokenizer.ggml.pre': 'gpt-2',
		'tokenizer.ggml.tokens': Array.from({ length: 300_000 }, (_, i) => `token ${i}`)
	});
	/** More than all requests together download. */
	const WEIGHTS = 30e6;

	const GGUF = new Uint8Array(HEADER.length + WEIGHTS);
	GGUF.set(HEADER);

	beforeEach(() => {
		const files = { 'model-Q4.gguf': GGUF, 'tokenizer_config.json': CONFIG };
		serve('owner/gguf', files, { large: ['model-Q4.gguf'] });
	});

	it('is loaded up to the end of its metadata', async () => {
		const listing = await test.lookUp('owner/gguf');
		expect(listing.tokenizers[0].files.map(({ path }) => path)).toEqual(['model-Q4.gguf']);
		const seen: DownloadProgress[] = [];
		const [{ file }] = await test.download(listing, null, (progress) => seen.push(progress));
		expect(file.size).toBe(HEADER.length);
		expect(Buffer.compare(Buffer.from(await file.arrayBuffer()), HEADER)).toBe(0);
		const ranges = test.server.requests.flatMap(({ host, headers }) =>
			host === 'download' ? (headers.range ?? 'all') : []
		);
		expect(ranges).toEqual(['bytes=0-4194303', 'bytes=4194304-8388607']);
		// The total size is unknown.
		expect(seen.every(({ total }) => total === 0)).toBe(true);
		expect(seen.at(-1)?.received).toBe(HEADER.length);
	});

	it('is not loaded whole from a host that sends no parts', async () => {
		const listing = await test.lookUp('owner/gguf');
		test.server.intercept = (response, { host }) => {
			if (host !== 'download') return false;
			response.writeHead(200, { 'content-length': 1e6 });
			response.write(HEADER.subarray(0, 1000));
			return true;
		};
		const size = HEADER.length + WEIGHTS;
		const problem = { kind: 'no-ranges', path: 'model-Q4.gguf', size };
		expect(await problemOf(test.download(listing))).toMatchObject(problem);
	});

	it('says where a part broke off', async () => {
		const listing = await test.lookUp('owner/gguf');
		test.server.intercept = (response, { host }) => {
			if (host !== 'download') return false;
			response.writeHead(206);
			response.end(HEADER.subarray(0, 1000));
			return true;
		};
		const problem = { kind: 'truncated', path: 'model-Q4.gguf', received: 1000, size: 4 << 20 };
		expect(await problemOf(test.download(listing))).toEqual(problem);
	});

	it('that is something else is refused', async () => {
		serve('owner/zip', { 'model.gguf': utf8('PK and so on') });
		await expect(test.download(await test.lookUp('owner/zip'))).rejects.toThrow(
			'model.gguf: got a different format from the one in the name, expected GGUF'
		);
	});
});

describe('a token', () => {
	beforeEach(() => {
		const files = { 'tokenizer.json': JSON_BYTES };
		serve('owner/gated', files, { large: ['tokenizer.json'], isGated: true, token: TOKEN });
	});

	it('opens a gated repository and never reaches the download host', async () => {
		const listing = await test.lookUp('owner/gated', 'main', TOKEN);
		expect(listing.isGated).toBe(true);
		await test.download(listing, TOKEN);
		const sent = test.server.requests.map(({ host, headers }) => [host, headers.authorization]);
		expect(sent).toEqual([
			['hub', `Bearer ${TOKEN}`],
			['hub', `Bearer ${TOKEN}`],
			['download', undefined]
		]);
	});

	it('is asked for by a gated repository, and may be of an account without access, or unknown to the Hub', async () => {
		serve('other/name', {}, { token: 'hf_other' });
		for (const token of [null, 'hf_other']) {
			const listing = await test.lookUp('owner/gated', 'main', token);
			const problem = { kind: 'gated', repository: 'owner/gated', withToken: token !== null };
			expect(await problemOf(test.download(listing, token))).toEqual(problem);
		}
		const wrong = test.lookUp('owner/name', 'main', 'hf_wrong');
		expect(await problemOf(wrong)).toEqual({ kind: 'bad-token' });
	});

	it('shows a private repository to its owner alone', async () => {
		serve('owner/private', { 'tokenizer.json': JSON_BYTES }, { isPrivate: true, token: TOKEN });
		const problem = { kind: 'no-repository', repository: 'owner/private', withToken: false };
		expect(await problemOf(test.lookUp('owner/private'))).toEqual(problem);
		expect(await test.lookUp('owner/private', 'main', TOKEN)).toMatchObject({ commit: COMMIT });
	});
});
