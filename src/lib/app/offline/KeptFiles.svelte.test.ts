import { afterEach, beforeEach, expect, it, vi, type MockInstance } from 'vitest';
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

/** Draws the files. */
async function draw() {
	const screen = await render(KeptFiles, { tokenizers: files, texts: [] });
	const sees = (text: string) => expect.element(screen.getByText(text)).toBeVisible();
	const offers = (name: string) =>
		expect.element(screen.getByRole('button', { name })).toBeVisible();
	const press = (name: string | RegExp) => screen.getByRole('button', { name }).click();
	const alerts = (text: string) =>
		expect.element(screen.getByRole('alert')).toHaveTextContent(text);
	return { screen, sees, offers, press, alerts };
}
const stored = async () => {
	const keys = await (await caches.open(CACHE)).keys();
	return keys.map(({ url }) => url.slice(url.lastIndexOf('/') + 1));
};
/** A request that is answered only when it is given up. */
const silent = (signal: AbortSignal) =>
	new Promise<Response>((_, reject) =>
		signal.addEventListener('abort', () => reject(signal.reason as Error))
	);

it('says what is kept, how large the rest is, and how much space there is', async () => {
	const { screen, sees, offers } = await draw();
	await sees('0 of 4 tokenizers kept.');
	await offers('Keep all: 1.2 MB more');
	await expect.element(screen.getByText('201 kB with base', { exact: true })).toBeVisible();
	await sees('201 kB with base and child');
	await expect
		.element(screen.getByText('This site uses 5.0 MB of the 2.0 GB that the browser allows.'))
		.toHaveTextContent('Once you keep something here, it is asked not to.');
	expect(persist).not.toHaveBeenCalled();
});

it('keeps a file with those that it is a difference to, and asks the browser to leave them', async () => {
	const { sees, press } = await draw();
	await press('Keep grandchild');
	await sees('Kept: base, child and grandchild.');
	expect(fetched).toEqual(['base', 'child', 'grandchild']);
	await sees('3 of 4 tokenizers kept: 201 kB.');
	await sees('kept, 200 kB, needed by child and grandchild');
	expect(persist).toHaveBeenCalledTimes(1);
	await sees('delete nothing by itself, and declined.');
	await press('Keep other');
	await sees('4 of 4 tokenizers kept: 1.2 MB.');
	expect(persist).toHaveBeenCalledTimes(1);
});

it('says that the browser agreed to leave them', async () => {
	persist.mockResolvedValue(true);
	persisted.mockResolvedValueOnce(false).mockResolvedValue(true);
	const { sees, press } = await draw();
	await press('Keep base');
	await sees('The browser has agreed to delete nothing by itself.');
});

it('removes a file with those that need it', async () => {
	const { sees, press } = await draw();
	await press(/^Keep all/);
	await press('Remove child, grandchild');
	await sees('Removed: child and grandchild.');
	await vi.waitFor(async () => expect(await stored()).toEqual(['base.bin', 'other.bin']));
	await sees('2 of 4 tokenizers kept: 1.2 MB.');
});

it('does not count a difference whose other file is missing', async () => {
	const cache = await caches.open(CACHE);
	await cache.put(files[1].address, new Response(CONTENT));
	const { sees, press } = await draw();
	await sees('0 of 4 tokenizers kept.');
	await press('Keep child');
	await sees('2 of 4 tokenizers kept: 201 kB.');
	expect(fetched).toEqual(['base']);
});

it('stops, keeps what is complete, and begins again', async () => {
	answers = { other: silent };
	const { screen, sees, offers, press } = await draw();
	await press(/^Keep all/);
	await offers('Downloading other');
	await expect
		.element(screen.getByRole('progressbar', { name: 'Bytes downloaded' }))
		.toHaveAttribute('max', '1200900');
	await press('Stop');
	await offers('Keep other');
	await expect.element(screen.getByRole('button', { name: 'Keep all: 1.0 MB more' })).toHaveFocus();
	expect(screen.getByRole('alert').elements()).toEqual([]);
	expect(await stored()).toEqual(['base.bin', 'child.bin', 'grandchild.bin']);
	answers = {};
	await press('Keep other');
	await sees('4 of 4 tokenizers kept');
});

it('takes further files while it downloads', async () => {
	let answer: (response: Response) => void = () => undefined;
	answers = { base: () => new Promise((resolve) => (answer = resolve)) };
	const { sees, offers, press } = await draw();
	await press('Keep base');
	await press('Keep other');
	await offers('Waiting other');
	answer(new Response(CONTENT));
	await sees('Kept: base and other.');
});

it('keeps the files before one that fails, and says why it failed', async () => {
	answers = { other: () => Promise.resolve(new Response('', { status: 503 })) };
	const { screen, sees, press, alerts } = await draw();
	await press(/^Keep all/);
	await alerts(
		'The vocabulary of other could not be fetched: the server answered 503, expected 200. Try again.'
	);
	expect(await stored()).toEqual(['base.bin', 'child.bin', 'grandchild.bin']);
	answers = {};
	await press(/^Keep all/);
	await sees('4 of 4 tokenizers kept');
	expect(screen.getByRole('alert').elements()).toEqual([]);
});

it.each([
	['a change', new TextEncoder().encode('A vocabularY.')],
	['a missing end', CONTENT.slice(0, 5)],
	['what is not gzip after all', Uint8Array.of(0x1f, 0x8b, 1, 2, 3)]
])('keeps no file with %s', async (_, content) => {
	answers = { base: () => Promise.resolve(new Response(content)) };
	const { press, alerts } = await draw();
	await press('Keep base');
	await alerts(
		'The vocabulary of base arrived damaged (its SHA-256 is not the expected one). Try again.'
	);
	expect(await stored()).toEqual([]);
});

it('says if there is no room, and if the browser stores nothing', async () => {
	const put = vi.spyOn(Cache.prototype, 'put');
	put.mockRejectedValueOnce(new DOMException('Full.', 'QuotaExceededError'));
	put.mockRejectedValueOnce(new DOMException('No.', 'UnknownError'));
	const { sees, press, alerts } = await draw();
	await press('Keep base');
	await alerts(
		'This browser has no room for base (200 kB). Remove others or free up space, and try again.'
	);
	await press('Keep base');
	await alerts('This browser did not store base. Try again.');
	await press('Keep base');
	await sees('Kept: base.');
});

it('says if the storage is refused, or is missing', async () => {
	const error = new DOMException('The operation is insecure.', 'SecurityError');
	vi.spyOn(CacheStorage.prototype, 'open').mockRejectedValue(error);
	const refused = await draw();
	await refused.alerts(
		'This browser’s storage failed (The operation is insecure.). Reload the page and try again.'
	);
	await refused.screen.unmount();
	vi.stubGlobal('caches', undefined);
	const missing = await draw();
	await missing.sees('This browser stores no files at this address');
});

it('says that it waits for the storage, and gives up', async () => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	vi.spyOn(CacheStorage.prototype, 'open').mockReturnValue(new Promise(() => undefined));
	const drawn = draw();
	await vi.advanceTimersByTimeAsync(0);
	const { screen, alerts } = await drawn;
	expect(screen.getByText('Looking at what is kept …').elements()).toHaveLength(1);
	await vi.advanceTimersByTimeAsync(10_000);
	vi.useRealTimers();
	await alerts('This browser’s storage does not answer. Reload the page.');
});
