import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import ExportTokenizer from './ExportTokenizer.svelte';
import type { TokenizerExport } from './export-tokenizer';

let downloads: string[] = [];
beforeEach(() => {
	downloads = [];
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
		this: HTMLAnchorElement
	) {
		downloads.push(this.download);
	});
});
afterEach(() => {
	vi.restoreAllMocks();
});

const written = (losses: readonly string[], ...files: readonly string[]): TokenizerExport => ({
	name: 'my/own',
	losses,
	files: files.map((name) => ({ name, bytes: Uint8Array.of(1) }))
});

async function draw(write: () => Promise<TokenizerExport>) {
	const screen = await render(ExportTokenizer, { of: 'one', write });
	const choose = async (name: string) => {
		await screen.getByRole('button', { name: 'Export' }).click();
		await screen.getByRole('menuitem', { name }).click();
	};
	return { screen, choose };
}

it('downloads at once what holds the whole tokenizer', async () => {
	const { choose } = await draw(() => Promise.resolve(written([], 'tokenizer.json')));
	await choose('tokenizer.json');
	await vi.waitFor(() => expect(downloads).toEqual(['my-own.json']));
});

it('says first what would be lost, and downloads only then', async () => {
	const losses = ['the pattern /x/', '3 added tokens'];
	const { screen, choose } = await draw(() =>
		Promise.resolve(written(losses, 'vocab.json', 'merges.txt'))
	);
	await choose('vocab.json');
	const alert = screen.getByRole('alert');
	await expect
		.element(alert)
		.toHaveTextContent('vocab.json and merges.txt cannot hold the pattern /x/ and 3 added tokens.');
	expect(downloads).toEqual([]);
	await screen.getByRole('button', { name: 'Download anyway' }).click();
	expect(downloads).toEqual(['my-own-vocab.json', 'my-own-merges.txt']);
	await expect.element(alert).not.toBeInTheDocument();
});

it('downloads nothing if it is cancelled, or if the format cannot express the ids', async () => {
	const write = vi.fn(() => Promise.resolve(written(['the pattern /x/'], 'tokenizer.tiktoken')));
	const { screen, choose } = await draw(write);
	await choose('.tiktoken');
	await screen.getByRole('button', { name: 'Cancel' }).click();
	write.mockImplementation(() => Promise.reject(new Error('expected a byte-level vocabulary')));
	await choose('.tiktoken');
	await expect.element(screen.getByRole('alert')).toHaveTextContent('expected a byte-level');
	expect(downloads).toEqual([]);
});

it('says nothing about a tokenizer that is no longer shown', async () => {
	const { screen, choose } = await draw(() =>
		Promise.resolve(written(['the pattern /x/'], 'tokenizer.tiktoken'))
	);
	await choose('.tiktoken');
	await expect.element(screen.getByRole('alert')).toBeVisible();
	await screen.rerender({ of: 'another' });
	await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
});
