import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import { render } from 'vitest-browser-svelte';
import KeptFiles from './KeptFiles.svelte';
import type { KeepableFile } from './keepable-files';

const CACHE = 'kept-files-test';
const CONTENT = new TextEncoder().encode('A vocabulary.');

const hexOf = async (bytes: Uint8Array<ArrayBuffer>) =>
	Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) =>
		byte.toString(16).padStart(2, '0')
	).join('');

async function file(id: string, size: number, parent?: string): Promise<KeepableFile> {
	return {
		id,
		name: id,
		subject: `The vocabulary of ${id}`,
		cache: CACHE,
		address: `${location.origin}/${id}.bin`,
		size,
		sha256: await hexOf(CONTENT),
		parent
	};
}

let files: KeepableFile[];
/** Answers to requests, by the name of the file; all others succeed. */
let answers: Record<string, (signal: AbortSignal) => Promise<Response>>;
let fetched: string[];
let persist: MockInstance<StorageManager['persist']>;
let persisted: MockInstance<StorageManager['persisted']>;

beforeEach(async () => {
	files = [
		await file('base', 200_000),
		await file('child', 500, 'base'),
		await file('grandchild', 400, 'child'),
		await file('other', 1_000_000)
	];
	answers = {};
	fetched = [];
	vi.spyOn(window, 'fetch').mockImplementation((address, init) => {
		const name = /([\w-]+)[.]bin$/.exec(address as string)?.[1] ?? '';
		fetched.push(name);
		return answers[name]?.(init?.signal as AbortSignal) ?? Promise.resolve(new Response(CONTENT));
	});
	persist = vi.spyOn(StorageManager.prototype, 'persist').mockResolvedValue(false);
	persisted = vi.spyOn(StorageManager.prototype, 'persisted').mockResolvedValue(false);
	vi.spyOn(StorageManager.prototype, 'estimate').mockResolvedValue({ usage: 5e6, quota: 2e9 });
});
afterEach(async () => {
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
	await caches.delete(CACHE);
});

const draw = () => render(KeptFiles, { tokenizers: files, texts: [] });
const stored = async () => {
	const keys = await (await caches.open(CACHE)).keys();
	return keys.map(({ url }) => url.slice(url.lastIndexOf('/') + 1));
};
/** A request that is answered only when it is given up. */
const silent = (signal: AbortSignal) =>
	new Promise<Response>((_, reject) =>
		signal.addEventListener('abort', () => reject(signal.reason as Error))
	);

describe('KeptFiles', () => {
	it('says what is kept, how large the rest is, and how much space there is', async () => {
		const screen = await draw();
		await expect.element(screen.getByText('0 of 4 tokenizers kept.')).toBeVisible();
		await expect
			.element(screen.getByRole('button', { name: 'Keep all: 1.2 MB more' }))
			.toBeVisible();
		await expect.element(screen.getByText('201 kB with base', { exact: true })).toBeVisible();
		await expect.element(screen.getByText('201 kB with base and child')).toBeVisible();
		await expect
			.element(screen.getByText('This site uses 5.0 MB of the 2.0 GB that the browser allows.'))
			.toHaveTextContent('Once you keep something here, it is asked not to.');
		expect(persist).not.toHaveBeenCalled();
	});

	it('keeps a file with those that it is a difference to, and asks the browser to leave them', async () => {
		const screen = await draw();
		await screen.getByRole('button', { name: 'Keep grandchild' }).click();
		await expect.element(screen.getByText('Kept: base, child and grandchild.')).toBeVisible();
		expect(fetched).toEqual(['base', 'child', 'grandchild']);
		await expect.element(screen.getByText('3 of 4 tokenizers kept: 201 kB.')).toBeVisible();
		await expect
			.element(screen.getByText('kept, 200 kB, needed by child and grandchild'))
			.toBeVisible();
		expect(persist).toHaveBeenCalledTimes(1);
		await expect.element(screen.getByText('delete nothing by itself, and declined.')).toBeVisible();
		await screen.getByRole('button', { name: 'Keep other' }).click();
		await expect.element(screen.getByText('4 of 4 tokenizers kept: 1.2 MB.')).toBeVisible();
		expect(persist).toHaveBeenCalledTimes(1);
	});

	it('says that the browser agreed to leave them', async () => {
		persist.mockResolvedValue(true);
		persisted.mockResolvedValueOnce(false).mockResolvedValue(true);
		const screen = await draw();
		await screen.getByRole('button', { name: 'Keep base' }).click();
		await expect
			.element(screen.getByText('The browser has agreed to delete nothing by itself.'))
			.toBeVisible();
	});

	it('removes a file with those that need it', async () => {
		const screen = await draw();
		await screen.getByRole('button', { name: /^Keep all/ }).click();
		await screen.getByRole('button', { name: 'Remove child, grandchild' }).click();
		await expect.element(screen.getByText('Removed: child and grandchild.')).toBeVisible();
		await vi.waitFor(async () => expect(await stored()).toEqual(['base.bin', 'other.bin']));
		await expect.element(screen.getByText('2 of 4 tokenizers kept: 1.2 MB.')).toBeVisible();
	});

	it('does not count a difference whose other file is missing', async () => {
		const cache = await caches.open(CACHE);
		await cache.put(files[1].address, new Response(CONTENT));
		const screen = await draw();
		await expect.element(screen.getByText('0 of 4 tokenizers kept.')).toBeVisible();
		await screen.getByRole('button', { name: 'Keep child' }).click();
		await expect.element(screen.getByText('2 of 4 tokenizers kept: 201 kB.')).toBeVisible();
		expect(fetched).toEqual(['base']);
	});

	it('stops, keeps what is complete, and begins again', async () => {
		answers = { other: silent };
		const screen = await draw();
		await screen.getByRole('button', { name: /^Keep all/ }).click();
		await expect.element(screen.getByRole('button', { name: 'Downloading other' })).toBeVisible();
		await expect
			.element(screen.getByRole('progressbar', { name: 'Bytes downloaded' }))
			.toHaveAttribute('max', '1200900');
		await screen.getByRole('button', { name: 'Stop' }).click();
		await expect.element(screen.getByRole('button', { name: 'Keep other' })).toBeVisible();
		await expect
			.element(screen.getByRole('button', { name: 'Keep all: 1.0 MB more' }))
			.toHaveFocus();
		expect(screen.getByRole('alert').elements()).toEqual([]);
		expect(await stored()).toEqual(['base.bin', 'child.bin', 'grandchild.bin']);
		answers = {};
		await screen.getByRole('button', { name: 'Keep other' }).click();
		await expect.element(screen.getByText('4 of 4 tokenizers kept')).toBeVisible();
	});

	it('takes further files while it downloads', async () => {
		let answer: (response: Response) => void = () => undefined;
		answers = { base: () => new Promise((resolve) => (answer = resolve)) };
		const screen = await draw();
		await screen.getByRole('button', { name: 'Keep base' }).click();
		await screen.getByRole('button', { name: 'Keep other' }).click();
		await expect.element(screen.getByRole('button', { name: 'Waiting other' })).toBeVisible();
		answer(new Response(CONTENT));
		await expect.element(screen.getByText('Kept: base and other.')).toBeVisible();
	});

	it('keeps the files before one that fails, and says why it failed', async () => {
		answers = { other: () => Promise.resolve(new Response('', { status: 503 })) };
		const screen = await draw();
		await screen.getByRole('button', { name: /^Keep all/ }).click();
		await expect
			.element(screen.getByRole('alert'))
			.toHaveTextContent(
				'The vocabulary of other could not be fetched: the server answered 503, expected 200. Try again.'
			);
		expect(await stored()).toEqual(['base.bin', 'child.bin', 'grandchild.bin']);
		answers = {};
		await screen.getByRole('button', { name: /^Keep all/ }).click();
		await expect.element(screen.getByText('4 of 4 tokenizers kept')).toBeVisible();
		expect(screen.getByRole('alert').elements()).toEqual([]);
	});

	it.each([
		['a change', new TextEncoder().encode('A vocabularY.')],
		['a missing end', CONTENT.slice(0, 5)],
		['what is not gzip after all', Uint8Array.of(0x1f, 0x8b, 1, 2, 3)]
	])('keeps no file with %s', async (_, content) => {
		answers = { base: () => Promise.resolve(new Response(content)) };
		const screen = await draw();
		await screen.getByRole('button', { name: 'Keep base' }).click();
		await expect
			.element(screen.getByRole('alert'))
			.toHaveTextContent(
				'The vocabulary of base arrived damaged (its SHA-256 is not the expected one). Try again.'
			);
		expect(await stored()).toEqual([]);
	});

	it('says if there is no room, and if the browser stores nothing', async () => {
		const put = vi.spyOn(Cache.prototype, 'put');
		put.mockRejectedValueOnce(new DOMException('Full.', 'QuotaExceededError'));
		put.mockRejectedValueOnce(new DOMException('No.', 'UnknownError'));
		const screen = await draw();
		await screen.getByRole('button', { name: 'Keep base' }).click();
		await expect
			.element(screen.getByRole('alert'))
			.toHaveTextContent(
				'This browser has no room for base (200 kB). Remove others or free up space, and try again.'
			);
		await screen.getByRole('button', { name: 'Keep base' }).click();
		await expect
			.element(screen.getByRole('alert'))
			.toHaveTextContent('This browser did not store base. Try again.');
		await screen.getByRole('button', { name: 'Keep base' }).click();
		await expect.element(screen.getByText('Kept: base.')).toBeVisible();
	});

	it('says if the storage is refused, or is missing', async () => {
		vi.spyOn(CacheStorage.prototype, 'open').mockRejectedValue(
			new DOMException('The operation is insecure.', 'SecurityError')
		);
		const refused = await draw();
		await expect
			.element(refused.getByRole('alert'))
			.toHaveTextContent(
				'This browser’s storage failed (The operation is insecure.). Reload the page and try again.'
			);
		await refused.unmount();
		vi.stubGlobal('caches', undefined);
		const missing = await draw();
		await expect
			.element(missing.getByText('This browser stores no files at this address'))
			.toBeVisible();
	});

	it('says that it waits for the storage, and gives up', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		vi.spyOn(CacheStorage.prototype, 'open').mockReturnValue(new Promise(() => undefined));
		const drawn = draw();
		await vi.advanceTimersByTimeAsync(0);
		const screen = await drawn;
		expect(screen.getByText('Looking at what is kept …').elements()).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(10_000);
		vi.useRealTimers();
		await expect
			.element(screen.getByRole('alert'))
			.toHaveTextContent('This browser’s storage does not answer. Reload the page.');
	});
});
