import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { packedFile } from '../../../../tests/support/packed-tokenizers';
import type { TokenizerSpec } from '../../engine';
import { checksum, PackedFormatError, readPacked } from '../../engine/formats/packed';
import { STORAGE_TIMEOUT_MS } from '../in-time';
import { DOWNLOAD_STALL_TIMEOUT_MS, DownloadError, type DownloadProgress } from './fetch-bytes';
import { downloadSpec, unpack } from './vocabularies';

/** The smallest packed file. */
const FILE = packedFile('llama2');
const UNPACKED = new Uint8Array(gunzipSync(FILE));

/** A spec with checksums in place of large tables, which are slow to compare. */
function inShort({ model: { vocabulary, merges, ...model }, ...spec }: TokenizerSpec) {
	const sum = (table: Uint8Array | Uint32Array) =>
		checksum(new Uint8Array(table.buffer, table.byteOffset, table.byteLength));
	const tables = [vocabulary.bytes, vocabulary.ends, merges?.pairs ?? new Uint32Array()].map(sum);
	return { ...spec, model, tables };
}
const EXPECTED = inShort(readPacked(UNPACKED).spec);

/** A downloaded file is kept a little later. */
const UNTIL_KEPT = { timeout: 30_000 };

/** The part of Cache Storage that downloads use. */
class FakeCache {
	readonly entries = new Map<string, Uint8Array<ArrayBuffer>>();
	readonly deleted: string[] = [];
	full = false;

	match = (address: string) => {
		const bytes = this.entries.get(address);
		return Promise.resolve(bytes && new Response(bytes));
	};
	put = async (address: string, response: Response) => {
		if (this.full) throw new DOMException('The quota is used up.', 'QuotaExceededError');
		this.entries.set(address, new Uint8Array(await response.arrayBuffer()));
	};
	delete = (request: string | { url: string }) => {
		const address = typeof request === 'string' ? request : request.url;
		this.deleted.push(address);
		return Promise.resolve(this.entries.delete(address));
	};
	keys = () => Promise.resolve([...this.entries.keys()].map((url) => ({ url })));
}

let cache: FakeCache;
/** Responses of the server, one per request. */
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

const download = async (onprogress: (progress: DownloadProgress) => void = () => undefined) =>
	inShort(await downloadSpec('llama2', onprogress));

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
	promise.then(
		() => 'no error',
		(error: unknown) => error
	);

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
afterEach(() => {
	vi.unstubAllGlobals();
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

	it('drops a copy that is damaged and fetches once more', async () => {
		answers = [ok(FILE)];
		await download();
		const [address] = fetched;
		await vi.waitFor(() => expect(cache.entries.size).toBe(1), UNTIL_KEPT);
		const damaged = FILE.slice();
		damaged[damaged.length >> 1] ^= 1;
		cache.entries.set(address, damaged);
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
		expect(fetched).toHaveLength(2);
		expect(cache.deleted).toEqual([address]);
		await vi.waitFor(() => expect(cache.entries.get(address)).toEqual(FILE), UNTIL_KEPT);
	});

	it('drops the copy of another tokenizer under its address', async () => {
		answers = [ok(FILE)];
		await download();
		await vi.waitFor(() => expect(cache.entries.size).toBe(1), UNTIL_KEPT);
		cache.entries.set(fetched[0], packedFile('mistral-v1'));
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
	});

	it('reports a damaged file, and does not cache it', async () => {
		const damaged = FILE.slice();
		damaged[damaged.length - 20] ^= 1;
		answers = [ok(damaged)];
		const error = await refusal(download());
		expect(error).toBeInstanceOf(DownloadError);
		expect(error).toMatchObject({
			message: expect.stringMatching(
				/^The vocabulary of llama2 arrived damaged \(.+\). Try again\.$/
			) as string
		});
		expect(cache.entries.size).toBe(0);
	});

	it('reports that the network does not answer', async () => {
		answers = [() => Promise.reject(new TypeError('Failed to fetch'))];
		const error = await refusal(download());
		expect(error).toBeInstanceOf(DownloadError);
		expect(error).toMatchObject({
			message:
				'The vocabulary of llama2 could not be fetched: the network did not answer. Check the connection and try again.'
		});
	});

	it('reports the answer of the server', async () => {
		answers = [() => Promise.resolve(new Response('Not found', { status: 404 }))];
		const error = await refusal(download());
		expect(error).toBeInstanceOf(DownloadError);
		expect(error).toMatchObject({
			message:
				'The vocabulary of llama2 could not be fetched: the server answered 404, expected 200. Try again.'
		});
	});

	it('reports how much arrived before the connection broke', async () => {
		answers = [chunks([FILE.slice(0, 1000), FILE.slice(1000, 1500)], new TypeError('reset'))];
		const error = await refusal(download());
		expect(error).toBeInstanceOf(DownloadError);
		expect(error).toMatchObject({
			message:
				'The vocabulary of llama2 broke off after 1500 bytes. Check the connection and try again.'
		});
	});

	it('refuses a body that is truncated without an error', async () => {
		answers = [ok(FILE.slice(0, FILE.length - 100))];
		expect(await refusal(download())).toBeInstanceOf(DownloadError);
	});

	it('refuses a page in place of the file', async () => {
		answers = [ok(new TextEncoder().encode('<!doctype html><title>Hotel WLAN</title>'))];
		const error = await refusal(download());
		expect(error).toBeInstanceOf(DownloadError);
		expect(error).toMatchObject({
			message: expect.stringContaining('another kind of file') as string
		});
	});

	it('reads a file that the server has already decompressed', async () => {
		answers = [ok(UNPACKED)];
		expect(await download()).toEqual(EXPECTED);
	});

	it('reports progress with the total', async () => {
		answers = [chunks([FILE.slice(0, 1000), FILE.slice(1000)])];
		const seen: DownloadProgress[] = [];
		await download((progress) => seen.push(progress));
		expect(seen).toEqual([
			{ received: 1000, total: FILE.length },
			{ received: FILE.length, total: FILE.length }
		]);
	});

	it('reports 0 as the total if the server does not name it', async () => {
		answers = [ok(FILE)];
		const totals: number[] = [];
		await download(({ total }) => totals.push(total));
		expect(new Set(totals)).toEqual(new Set([0]));
	});

	it('works without Cache Storage, and with one that refuses', async () => {
		vi.stubGlobal('caches', undefined);
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
		vi.stubGlobal('caches', {
			open: () => Promise.reject(new DOMException('no', 'SecurityError'))
		});
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
	});

	it('works with a full disk', async () => {
		cache.full = true;
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
	});

	it('fetches if reading the cache fails', async () => {
		cache.match = () => Promise.reject(new Error('broken'));
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
	});

	describe('with storage or a network that does not answer', () => {
		beforeEach(() => {
			vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		});
		afterEach(() => {
			vi.useRealTimers();
		});
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

		/** A response whose body never ends, as long as it is wanted. */
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
			answers = [stalled([FILE.slice(0, 1000)])];
			const error = refusal(download());
			await vi.advanceTimersByTimeAsync(DOWNLOAD_STALL_TIMEOUT_MS - 1);
			await vi.advanceTimersByTimeAsync(2);
			expect(await error).toMatchObject({
				name: 'DownloadError',
				retry: true,
				message:
					'The vocabulary of llama2 broke off after 1000 bytes (nothing arrived for 15 seconds). Check the connection and try again.'
			});
		});

		it('gives up a server that does not answer', async () => {
			answers = [silent];
			const error = refusal(download());
			await vi.advanceTimersByTimeAsync(DOWNLOAD_STALL_TIMEOUT_MS);
			expect(await error).toMatchObject({
				message:
					'The vocabulary of llama2 could not be fetched: the network did not answer (nothing arrived for 15 seconds). Check the connection and try again.'
			});
		});

		it('leaves no timer behind', async () => {
			answers = [ok(FILE)];
			await download();
			await vi.waitFor(() => expect(cache.entries.size).toBe(1), UNTIL_KEPT);
			await vi.advanceTimersByTimeAsync(0);
			expect(vi.getTimerCount()).toBe(0);
		});
	});

	it('passes on an abort, which is not a network failure', async () => {
		const abort = new AbortController();
		const reason = new DOMException('Not wanted.', 'AbortError');
		answers = [
			() => {
				abort.abort(reason);
				return Promise.reject(reason);
			}
		];
		const error = await refusal(downloadSpec('llama2', () => undefined, abort.signal));
		expect(error).toBe(reason);
	});

	it('rejects an unknown vocabulary', async () => {
		const error = await refusal(downloadSpec('gpt5', () => undefined));
		expect(error).toMatchObject({
			name: 'DownloadError',
			message: 'There is no vocabulary named "gpt5" in this build of the lab.'
		});
	});
});

describe('unpack', () => {
	it('refuses the vocabulary of another tokenizer', async () => {
		const error = await refusal(unpack('llama2', packedFile('mistral-v1')));
		expect(error).toBeInstanceOf(PackedFormatError);
		expect(error).toMatchObject({
			message: 'packed vocabulary: got "mistral-v1", expected "llama2"'
		});
	});
});
