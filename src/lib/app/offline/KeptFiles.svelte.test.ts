import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { hexOf } from '../../engine/text';
import KeptFiles from './KeptFiles.svelte';
import type { KeepableFile } from './keepable-files';

const CACHE = 'kept-files-test';
const CONTENT = new TextEncoder().encode('A vocabulary.');

let files: KeepableFile[];
/** Response to a request for the second file. */
let answer: (signal: AbortSignal) => Promise<Response>;
let fetched: string[];

const succeed = () => Promise.resolve(new Response(CONTENT));

beforeEach(async () => {
	const sha256 = hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', CONTENT)));
	files = Object.entries({ first: 200_000, second: 1_000_000 }).map(([name, size]) => {
		const address = `${location.origin}/${name}`;
		return { name, subject: `The vocabulary of ${name}`, cache: CACHE, address, size, sha256 };
	});
	answer = succeed;
	fetched = [];
	vi.spyOn(window, 'fetch').mockImplementation((address, init) => {
		fetched.push(address as string);
		return address === files[1].address ? answer(init?.signal as AbortSignal) : succeed();
	});
});
afterEach(async () => {
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
	await caches.delete(CACHE);
});

async function draw() {
	const screen = await render(KeptFiles, { tokenizers: files, texts: files });
	const sees = (text: string | RegExp) => expect.element(screen.getByText(text)).toBeVisible();
	const press = (name: string | RegExp) => screen.getByRole('button', { name }).click();
	const alerts = (text: string) =>
		expect.element(screen.getByRole('alert')).toHaveTextContent(text);
	return { screen, sees, press, alerts };
}
const openCache = () => caches.open(CACHE);
const stored = async () => (await (await openCache()).keys()).map(({ url }) => url);

it('keeps all files, asks the browser to leave them, and removes them', async () => {
	const storage = StorageManager.prototype;
	const persist = vi.spyOn(storage, 'persist').mockResolvedValue(false);
	const persisted = vi.spyOn(storage, 'persisted').mockResolvedValue(false);
	vi.spyOn(storage, 'estimate').mockResolvedValue({ usage: 5e6, quota: 2e9 });
	const { screen, sees, press } = await draw();
	// Without a service worker, texts are not offered.
	await sees(/keeps 0 of 2 tokenizers[.]/);
	await sees(/^This site uses 5.0 MB of the 2.0 GB .* also asks it not to[.]$/);
	expect(persist).not.toHaveBeenCalled();
	await press('Keep all: 1.2 MB more');
	await sees('Kept 2 files.');
	await sees(/keeps 2 of 2 tokenizers: 1.2 MB[.]/);
	await sees(/, but declined[.]/);
	const keepAll = screen.getByRole('button', { name: 'Keep all' });
	await expect.element(keepAll).toHaveAttribute('aria-disabled', 'true');
	await screen.getByText('Kept files', { exact: true }).click();
	await sees('second, 1.0 MB');
	persisted.mockResolvedValue(true);
	await press('Remove all');
	await sees('Removed 2 files.');
	await sees(/agreed not to delete anything on its own[.]$/);
	expect(await stored()).toEqual([]);
	await press(/^Keep all/);
	await sees(/keeps 2 of 2/);
	expect(persist).toHaveBeenCalledTimes(1);
});

it('waits for what another tab downloads, and sees what it removes', async () => {
	const { sees, press } = await draw();
	const { address } = files[0];
	let release = () => {};
	const downloaded = new Promise<void>((resolve) => (release = resolve));
	const otherTab = navigator.locks.request(`bpe-lab-keep ${address}`, async () => {
		await downloaded;
		await (await openCache()).put(address, new Response(CONTENT));
	});
	await press(/^Keep all/);
	await sees(/^Downloading first/);
	release();
	await otherTab;
	await sees('Kept 2 files.');
	expect(fetched).toEqual([files[1].address]);
	await (await openCache()).delete(address);
	document.dispatchEvent(new Event('visibilitychange'));
	await sees(/keeps 1 of 2/);
});

it('stops at once, keeps what is complete, and begins again', async () => {
	answer = (signal) =>
		new Promise((_, reject) =>
			signal.addEventListener('abort', () => reject(signal.reason as Error))
		);
	const { screen, sees, press } = await draw();
	await press(/^Keep all/);
	await sees('Downloading second: 200 kB of 1.2 MB so far');
	await expect.element(screen.getByRole('progressbar')).toHaveAttribute('max', '1200000');
	await press('Stop');
	await sees(/^Stopped/);
	await expect.element(screen.getByRole('button', { name: 'Keep all: 1.0 MB more' })).toHaveFocus();
	expect(screen.getByRole('alert').elements()).toEqual([]);
	expect(await stored()).toEqual([files[0].address]);
	answer = succeed;
	await press(/^Keep all/);
	await sees('Kept 1 file.');
});

const respond = (content: BodyInit, status = 200) => {
	answer = () => Promise.resolve(new Response(content, { status }));
};
const failToStore = (name: string) =>
	vi.spyOn(Cache.prototype, 'put').mockRejectedValueOnce(new DOMException('No.', name));
it.each([
	['second could not be fetched: the server answered 503', () => respond('', 503)],
	['second arrived damaged (its SHA-256', () => respond('A vocabularY.')],
	['second arrived damaged', () => respond(Uint8Array.of(0x1f, 0x8b, 1, 2, 3))],
	['has no room for more files.', () => failToStore('QuotaExceededError')],
	['storage failed (No.). Reload', () => failToStore('UnknownError')]
])('says that keeping failed, and tries again: %s', async (problem, fail) => {
	fail();
	const { screen, sees, press, alerts } = await draw();
	await press(/^Keep all/);
	await alerts(problem);
	expect(await stored()).not.toContain(files[1].address);
	answer = succeed;
	await press(/^Keep all/);
	await sees(/keeps 2 of 2/);
	expect(screen.getByRole('alert').elements()).toEqual([]);
});

it('says that the storage does not answer, is refused or is missing', async () => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	const open = vi.spyOn(CacheStorage.prototype, 'open');
	open.mockReturnValueOnce(new Promise(() => undefined));
	open.mockRejectedValue(new DOMException('It is insecure.', 'SecurityError'));
	const drawn = draw();
	await vi.advanceTimersByTimeAsync(0);
	const { screen, sees, alerts } = await drawn;
	expect(screen.getByText('Looking at what is kept …').elements()).toHaveLength(1);
	await vi.advanceTimersByTimeAsync(10_000);
	vi.useRealTimers();
	await alerts('This browser’s storage failed (no answer for 10 seconds). Reload the page');
	document.dispatchEvent(new Event('visibilitychange'));
	await alerts('This browser’s storage failed (It is insecure.).');
	await screen.unmount();
	vi.stubGlobal('caches', undefined);
	await draw();
	await sees(/can’t store files at this address/);
	vi.unstubAllGlobals();
});
