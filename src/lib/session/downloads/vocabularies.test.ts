import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeCache } from '../../../../tests/support/fake-cache';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { smallRanks } from '../../../../tests/support/small-specs';
import { PackedFormatError, readPacked, writePacked } from '../../engine/formats/packed';
import { STORAGE_TIMEOUT_MS } from '../in-time';
import { DOWNLOAD_STALL_TIMEOUT_MS, DownloadError, type DownloadProgress } from './fetch-bytes';
import { downloadSpec, unpack } from './vocabularies';

const packedFile = (id: string) => new Uint8Array(gzipSync(writePacked(id, smallRanks())));
const FILE = packedFile('llama2');
const UNPACKED = new Uint8Array(writePacked('llama2', smallRanks()));
const EXPECTED = readPacked(UNPACKED).spec;

/** Downloaded files are cached after a delay. */
const UNTIL_KEPT = { timeout: 30_000 };

let cache: FakeCache;
/** Responses from the server, one per request. */
let answers: ((signal?: AbortSignal) => Promise<Response>)[];
let fetched: string[];

const ok =
	(bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
	() =>
		Promise.resolve(new Response(bytes, { headers }));

/** A body in several chunks, optionally followed by a failure. */
const chunks = (parts: Uint8Array[], failure?: Error) => () =>
	Promise.resolve(
		new Response(
			new ReadableStream({
				pull(controller) {
					const part = parts.shift();
					if (part) controller.enqueue(part);
					else if (failure) controller.error(failure);
					else controller.close();
				}
			}),
			{ headers: { 'content-length': String(FILE.length) } }
		)
	);

const download = (onprogress: (progress: DownloadProgress) => void = () => undefined) =>
	downloadSpec('llama2', onprogress);

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
	promise.catch((error: unknown) => error);

beforeEach(() => {
	cache = new FakeCache();
	answers = [];
	fetched = [];
	vi.stubGlobal('caches', { open: () => Promise.resolve(cache) });
	vi.stubGlobal('fetch', (address: string, { signal }: RequestInit) => {
		fetched.push(address);
		const answer = answers.shift();
		if (!answer) throw new Error('got a request more than the test expects');
		return answer(signal ?? undefined);
	});
});
describe('downloadSpec', () => {
	it('fetches, unpacks, and keeps the file for the next time', async () => {
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
		expect(fetched).toHaveLength(1);
		expect(fetched[0]).toContain('llama2');
		await vi.waitFor(() => expect([...cache.entries.keys()]).toEqual(fetched), UNTIL_KEPT);
		expect(await download()).toEqual(EXPECTED);
		expect(fetched).toHaveLength(1);
	});

	it.each([
		['is damaged', () => FILE.with(FILE.length >> 1, FILE[FILE.length >> 1] ^ 1)],
		['is of another tokenizer', () => packedFile('mistral-v1')]
	])('drops a copy that %s, and fetches once more', async (_, copy) => {
		answers = [ok(FILE)];
		await download();
		const [address] = fetched;
		await vi.waitFor(() => expect(cache.entries.size).toBe(1), UNTIL_KEPT);
		cache.entries.set(address, copy());
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
		expect(fetched).toHaveLength(2);
		expect(cache.deleted).toEqual([address]);
		await vi.waitFor(() => expect(cache.entries.get(address)).toEqual(FILE), UNTIL_KEPT);
	});

	const damaged = FILE.with(-20, FILE[FILE.length - 20] ^ 1);
	const notFound = () => Promise.resolve(new Response('Not found', { status: 404 }));
	const parts = [FILE.slice(0, 100), FILE.slice(100, 150)];

	it.each([
		['arrives damaged', ok(damaged), /arrived damaged \(.+\)\. Try again\.$/],
		['is silent', () => Promise.reject(new TypeError('Failed')), /: the network did not answer\./],
		['is not found', notFound, /could not be fetched: the server answered 404, expected 200\./],
		['breaks off', chunks(parts, new TypeError('reset')), /broke off after 150 bytes\. Check the/],
		['is truncated without an error', ok(FILE.slice(0, FILE.length - 100)), /arrived damaged/],
		['is a page', ok(new TextEncoder().encode('<!doctype html>WLAN')), /a different kind of file/]
	])('reports a file that %s, and does not keep it', async (_, answer, words) => {
		answers = [answer];
		const error = await refusal(download());
		expect(error).toBeInstanceOf(DownloadError);
		expect((error as Error).message).toMatch(words);
		expect((error as Error).message).toMatch(/^The vocabulary of llama2 /);
		expect(cache.entries.size).toBe(0);
	});

	it('reads a file that the server has already decompressed', async () => {
		answers = [ok(UNPACKED)];
		expect(await download()).toEqual(EXPECTED);
	});

	it('reports progress with the total, which is 0 if the server does not name it', async () => {
		answers = [chunks([FILE.slice(0, 100), FILE.slice(100)])];
		const seen: DownloadProgress[] = [];
		await download((progress) => seen.push(progress));
		expect(seen).toEqual([
			{ received: 100, total: FILE.length },
			{ received: FILE.length, total: FILE.length }
		]);
		vi.stubGlobal('caches', undefined);
		answers = [ok(FILE)];
		await download((progress) => seen.push(progress));
		expect(seen.at(-1)?.total).toBe(0);
	});

	it.each([
		['is missing', () => vi.stubGlobal('caches', undefined)],
		['is refused', () => vi.stubGlobal('caches', { open: () => Promise.reject(new Error('no')) })],
		['is full', () => Object.assign(cache, { isFull: true })],
		['is broken', () => Object.assign(cache, { match: () => Promise.reject(new Error('broken')) })]
	])('works if Cache Storage %s', async (_, breakCache) => {
		breakCache();
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
	});

	describe('with storage or a network that does not answer', () => {
		useFakeTimers();
		const never = () => new Promise<never>(() => undefined);

		it.each([
			['opens', () => vi.stubGlobal('caches', { open: never })],
			['finds a file', () => Object.assign(cache, { match: never })],
			['stores a file', () => Object.assign(cache, { put: never })]
		])('fetches the file if the cache never %s', async (_, breakCache) => {
			breakCache();
			answers = [ok(FILE)];
			const found = download();
			await vi.advanceTimersByTimeAsync(STORAGE_TIMEOUT_MS);
			expect(await found).toEqual(EXPECTED);
		});

		/** A response whose body never ends unless it is aborted. */
		const stalled = (parts: Uint8Array[]) => (signal?: AbortSignal) =>
			Promise.resolve(
				new Response(
					new ReadableStream({
						start(controller) {
							for (const part of parts) controller.enqueue(part);
							signal?.addEventListener('abort', () => controller.error(signal.reason));
						}
					})
				)
			);
		const silent = (signal?: AbortSignal) =>
			new Promise<Response>((_, reject) => {
				signal?.addEventListener('abort', () => reject(signal.reason as Error));
			});

		it('gives up a download of which nothing arrives, and says so', async () => {
			answers = [stalled([FILE.slice(0, 100)])];
			const error = refusal(download());
			await vi.advanceTimersByTimeAsync(DOWNLOAD_STALL_TIMEOUT_MS + 1);
			const message =
				'The vocabulary of llama2 broke off after 100 bytes (nothing arrived for 15 seconds). Check the connection and try again.';
			expect(await error).toMatchObject({ name: 'DownloadError', retry: true, message });
		});

		it('gives up a server that does not answer', async () => {
			answers = [silent];
			const error = refusal(download());
			await vi.advanceTimersByTimeAsync(DOWNLOAD_STALL_TIMEOUT_MS);
			const words = 'the network did not answer (nothing arrived for 15 seconds)';
			expect(await error).toMatchObject({ message: expect.stringContaining(words) as string });
		});

		it('leaves no timer behind', async () => {
			answers = [ok(FILE)];
			await download();
			await vi.waitFor(() => expect(cache.entries.size).toBe(1), UNTIL_KEPT);
			await vi.advanceTimersByTimeAsync(0);
			expect(vi.getTimerCount()).toBe(0);
		});
	});

	it('rejects an unknown vocabulary', async () => {
		const error = await refusal(downloadSpec('gpt5', () => undefined));
		const message = 'There is no vocabulary named "gpt5" in this build of the lab.';
		expect(error).toMatchObject({ name: 'DownloadError', message });
	});
});

it('refuses to unpack the vocabulary of another tokenizer', async () => {
	const error = await refusal(unpack('llama2', packedFile('mistral-v1')));
	const message = 'packed vocabulary: got "mistral-v1", expected "llama2"';
	expect(error).toEqual(new PackedFormatError(message));
});
