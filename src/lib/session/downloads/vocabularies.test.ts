import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { packedFile } from '../../../../tests/support/packed-tokenizers';
import type { TokenizerSpec } from '../../engine';
import { checksum, PackedFormatError, readPacked } from '../../engine/formats/packed';
import { DownloadError, type DownloadProgress } from './fetch-bytes';
import { downloadSpec, dropStaleVocabularies, unpack } from './vocabularies';

/** A real file, the smallest there is. */
const FILE = packedFile('llama2');
const UNPACKED = new Uint8Array(gunzipSync(FILE));

/** A spec with its large tables as checksums: comparing them entry by entry takes a second. */
function inShort({ model: { vocabulary, merges, ...model }, ...spec }: TokenizerSpec) {
	const sum = (table: Uint8Array | Uint32Array) =>
		checksum(new Uint8Array(table.buffer, table.byteOffset, table.byteLength));
	const tables = [vocabulary.bytes, vocabulary.ends, merges ?? new Uint32Array()].map(sum);
	return { ...spec, model, tables };
}
const EXPECTED = inShort(readPacked(UNPACKED).spec);

/** Cache Storage with one cache, as far as downloading needs it. */
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
/** What the server answers, one response a request. */
let answers: (() => Promise<Response>)[];
let fetched: string[];

const ok =
	(bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
	() =>
		Promise.resolve(new Response(bytes, { headers }));

/** Bytes that come in several pieces, then perhaps a failure. */
const pieces = (parts: Uint8Array[], failure?: Error) => () =>
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
	vi.stubGlobal('fetch', (address: string) => {
		fetched.push(address);
		const answer = answers.shift();
		if (!answer) throw new Error('got a request more than the test expects');
		return answer();
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
		expect([...cache.entries.keys()]).toEqual(fetched);
		expect(await download()).toEqual(EXPECTED);
		expect(fetched).toHaveLength(1);
	});

	it('drops a copy that is damaged and fetches once more', async () => {
		answers = [ok(FILE)];
		await download();
		const [address] = fetched;
		const damaged = FILE.slice();
		damaged[damaged.length >> 1] ^= 1;
		cache.entries.set(address, damaged);
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
		expect(fetched).toHaveLength(2);
		expect(cache.deleted).toEqual([address]);
		expect(cache.entries.get(address)).toEqual(FILE);
	});

	it('drops the copy of another tokenizer that lies under its address', async () => {
		answers = [ok(FILE)];
		await download();
		cache.entries.set(fetched[0], packedFile('mistral-v1'));
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
	});

	it('does not keep what arrived damaged, and says that it did', async () => {
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

	it('says so when the network does not answer', async () => {
		answers = [() => Promise.reject(new TypeError('Failed to fetch'))];
		const error = await refusal(download());
		expect(error).toBeInstanceOf(DownloadError);
		expect(error).toMatchObject({
			message:
				'The vocabulary of llama2 could not be fetched: the network did not answer. Check the connection and try again.'
		});
	});

	it('says what the server answered', async () => {
		answers = [() => Promise.resolve(new Response('Not found', { status: 404 }))];
		const error = await refusal(download());
		expect(error).toBeInstanceOf(DownloadError);
		expect(error).toMatchObject({
			message:
				'The vocabulary of llama2 could not be fetched: the server answered 404, expected 200. Try again.'
		});
	});

	it('says how far it came when the connection breaks', async () => {
		answers = [pieces([FILE.slice(0, 1000), FILE.slice(1000, 1500)], new TypeError('reset'))];
		const error = await refusal(download());
		expect(error).toBeInstanceOf(DownloadError);
		expect(error).toMatchObject({
			message:
				'The vocabulary of llama2 broke off after 1500 bytes. Check the connection and try again.'
		});
	});

	it('refuses a body that is cut off without an error', async () => {
		answers = [ok(FILE.slice(0, FILE.length - 100))];
		expect(await refusal(download())).toBeInstanceOf(DownloadError);
	});

	it('refuses a page that stands where the file should be', async () => {
		answers = [ok(new TextEncoder().encode('<!doctype html><title>Hotel WLAN</title>'))];
		const error = await refusal(download());
		expect(error).toBeInstanceOf(DownloadError);
		expect(error).toMatchObject({
			message: expect.stringContaining('another kind of file') as string
		});
	});

	it('reads a file that the server has unpacked already', async () => {
		answers = [ok(UNPACKED)];
		expect(await download()).toEqual(EXPECTED);
	});

	it('tells how much has arrived of how much', async () => {
		answers = [pieces([FILE.slice(0, 1000), FILE.slice(1000)])];
		const seen: DownloadProgress[] = [];
		await download((progress) => seen.push(progress));
		expect(seen).toEqual([
			{ received: 1000, total: FILE.length },
			{ received: FILE.length, total: FILE.length }
		]);
	});

	it('gives 0 as the total where the server does not say it', async () => {
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

	it('works when the disk is full', async () => {
		cache.full = true;
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
	});

	it('fetches when looking into the cache fails', async () => {
		cache.match = () => Promise.reject(new Error('broken'));
		answers = [ok(FILE)];
		expect(await download()).toEqual(EXPECTED);
	});

	it('passes on that it was aborted, as no failure of the network', async () => {
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

	it('knows no vocabulary that the build does not have', async () => {
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

describe('dropStaleVocabularies', () => {
	it('forgets the files of earlier builds and keeps those of this one', async () => {
		vi.stubGlobal('location', { href: 'https://lab.example/bpe/' });
		answers = [ok(FILE)];
		await download();
		const current = new URL(fetched[0], 'https://lab.example/bpe/').href;
		cache.entries.clear();
		cache.entries.set(current, FILE);
		cache.entries.set('https://lab.example/bpe/llama2.0ld.bin', FILE);
		await dropStaleVocabularies();
		expect([...cache.entries.keys()]).toEqual([current]);
	});

	it('does nothing where there is no Cache Storage', async () => {
		vi.stubGlobal('caches', undefined);
		await expect(dropStaleVocabularies()).resolves.toBeUndefined();
	});
});
