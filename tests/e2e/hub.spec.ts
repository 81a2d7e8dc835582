import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { toByteLevel } from '../../src/lib/engine';
import { BYTE_PIECES, ggufFile, sentencePieceFile } from '../support/tokenizer-files';
import { tokenizerJson } from './dropped-files';
import {
	COMMIT,
	CONFIG,
	dialog,
	load,
	lookUp,
	model,
	openDialog,
	said,
	test,
	TOKEN,
	TOKENIZER,
	utf8
} from './hub-page';
import { LabPage } from './lab-page';

test('a repository becomes a tokenizer: pinned, with its size beforehand, read, kept', async ({
	page,
	hub
}) => {
	const lab = await openDialog(page);
	expect(hub.requests).toEqual([]);
	await lookUp(page, 'https://huggingface.co/owner/name');
	await expect(dialog(page)).toContainText('owner/name at 607a30d (main)');
	const files = dialog(page).getByRole('list', { name: 'Files' });
	await expect(files.getByRole('listitem')).toHaveText([
		new RegExp(`tokenizer\\.json\\s*${TOKENIZER.length} bytes`),
		new RegExp(`tokenizer_config\\.json\\s*${CONFIG.length} bytes`)
	]);
	expect(hub.requests.every(({ path }) => path.startsWith('/api/models/owner/name/'))).toBe(true);
	const label = `Load ${TOKENIZER.length + CONFIG.length} bytes`;
	await dialog(page).getByRole('button', { name: label }).click();

	await expect(said(page)).toContainText('owner/name is a tokenizer with 5 ids');
	await expect(dialog(page)).toBeHidden();
	await lab.text.fill('abcab');
	const card = page.locator('[data-tokenizer^="own-"]');
	await expect(card.locator('[data-token-count]')).toHaveText('2');
	await expect(card).toContainText('owner/name');

	// The text comes into the address after the tokenizer.
	await page.waitForURL(/own-.*#v1\.t=/);
	await page.reload();
	await expect(card.locator('[data-token-count]')).toHaveText('2');
});

const BYTES = Array.from({ length: 256 }, (_, byte) => toByteLevel(Uint8Array.of(byte)));
const GGUF = ggufFile({
	'tokenizer.ggml.model': 'gpt2',
	'tokenizer.ggml.pre': 'gpt-2',
	'tokenizer.ggml.tokens': [...BYTES, 'ab', 'abc'],
	'tokenizer.ggml.merges': ['a b', 'ab c']
});
/** The header, and 10 MB of weights. */
const WITH_WEIGHTS = new Uint8Array(GGUF.length + 10e6);
WITH_WEIGHTS.set(GGUF);
const PIECES = ['<unk>', '<s>', '</s>', ...BYTE_PIECES, '▁', 'a', 'b', 'c', 'ab', 'abc', '▁abc'];

/** Repositories without a tokenizer.json, with the ids of "abcab", worked out by hand from their merges. */
const OTHER_FORMATS: readonly (readonly [string, Record<string, Uint8Array>, string, number[]])[] =
	[
		[
			'vocab.json and merges.txt',
			{
				'vocab.json': utf8('{"a":0,"b":1,"c":2,"ab":7,"abc":9}'),
				'merges.txt': utf8('#version: 0.2\na b\nab c\n')
			},
			'Load 57 bytes',
			[9, 7]
		],
		[
			'a SentencePiece model',
			{
				'tokenizer.model': sentencePieceFile({
					pieces: PIECES.map((piece, i) => [
						piece,
						{ ab: -1, abc: -2, '▁abc': -3 }[piece] ?? -10,
						i === 0 ? 2 : i < 3 ? 3 : i < 259 ? 6 : 1
					]),
					byteFallback: true
				})
			},
			'Load 5 kB',
			[265, 263]
		],
		['GGUF', { 'model-Q4.gguf': WITH_WEIGHTS }, 'Load the header', [257, 256]]
	];

for (const [format, files, label, ids] of OTHER_FORMATS)
	test(`a repository with ${format} alone becomes a tokenizer`, async ({ page, hub }) => {
		hub.repositories.set('owner/other', { commit: COMMIT, files, large: ['model-Q4.gguf'] });
		const lab = await openDialog(page);
		await lookUp(page, 'owner/other');
		await dialog(page).getByRole('button', { name: label }).click();
		await expect(said(page)).toContainText('owner/other is a tokenizer');
		await lab.text.fill('abcab');
		await lab.ready();
		const card = page.locator('[data-tokenizer^="own-"]');
		await expect(card).toHaveAttribute('data-status', 'ready');
		expect(await lab.drawnIds((await card.getAttribute('data-tokenizer')) ?? '')).toEqual(ids);
		// Of the large file, one part was asked for.
		const ranges = hub.requests.flatMap(({ host, headers }) =>
			host === 'download' ? (headers.range ?? 'all') : []
		);
		expect(ranges).toEqual(format === 'GGUF' ? ['bytes=0-4194303'] : []);
	});

test('requests carry no referrer, no cookies and no text, and begin when the visitor asks', async ({
	page,
	hub
}) => {
	const lab = await openDialog(page);
	await lab.page.keyboard.press('Escape');
	await lab.text.fill('a private text');
	await page.getByTestId('tokenizer-picker').click();
	await page.getByRole('button', { name: 'From the Hugging Face Hub…' }).click();
	expect(hub.requests).toEqual([]);
	await lookUp(page, 'owner/name');
	await load(page);
	await expect(said(page)).toContainText('owner/name is a tokenizer');
	expect(hub.requests.map(({ host, path }) => [host, path.replace(/\?.*/, '')])).toEqual([
		['hub', '/api/models/owner/name/revision/main'],
		['hub', `/owner/name/resolve/${COMMIT}/tokenizer.json`],
		['download', '/owner/name/tokenizer.json'],
		['hub', `/owner/name/resolve/${COMMIT}/tokenizer_config.json`]
	]);
	for (const { headers, path } of hub.requests) {
		expect([headers.referer, headers.cookie, headers.authorization]).toEqual([
			undefined,
			undefined,
			undefined
		]);
		expect(path).not.toContain('private');
	}
});

test('the files are kept: loading them again sends nothing but the question for the commit', async ({
	page,
	hub
}) => {
	await openDialog(page);
	await lookUp(page, 'owner/name');
	await load(page);
	await expect(said(page)).toContainText('owner/name is a tokenizer');
	await said(page).getByRole('button', { name: 'Undo' }).click();
	hub.requests.length = 0;
	await page.getByTestId('tokenizer-picker').click();
	await page.getByRole('button', { name: 'From the Hugging Face Hub…' }).click();
	await lookUp(page, 'owner/name');
	await expect(dialog(page).getByRole('listitem').first()).toContainText('kept in this browser');
	await dialog(page).getByRole('button', { name: 'Open' }).click();
	await expect(said(page)).toContainText('owner/name is a tokenizer');
	expect(hub.requests.map(({ host }) => host)).toEqual(['hub']);

	// A third time, it is saved already.
	await page.getByTestId('tokenizer-picker').click();
	await page.getByRole('button', { name: 'From the Hugging Face Hub…' }).click();
	await lookUp(page, 'owner/name', COMMIT);
	await dialog(page).getByRole('button', { name: 'Use owner/name' }).click();
	await expect(page.locator('[data-tokenizer^="own-"]')).toHaveCount(1);
	expect(hub.requests.map(({ host }) => host)).toEqual(['hub']);
});

test('a gated repository asks for a token, which goes to the Hub alone and is not kept', async ({
	page,
	hub
}) => {
	hub.repositories.set('owner/gated', model({ isGated: true, token: TOKEN }));
	await openDialog(page);
	await lookUp(page, 'owner/gated');
	await expect(dialog(page)).toContainText('is gated: its files need an access token');
	await load(page);
	const alert = dialog(page).getByRole('alert');
	await expect(alert).toContainText('owner/gated is gated');
	await dialog(page).getByLabel('Access token').fill('hf_wrong');
	await load(page);
	await expect(alert).toContainText('does not accept this access token');
	await dialog(page).getByLabel('Access token').fill(TOKEN);
	await load(page);
	await expect(said(page)).toContainText('owner/gated is a tokenizer');
	const sent = hub.requests.filter(
		({ method, headers }) => method === 'GET' && headers.authorization === `Bearer ${TOKEN}`
	);
	expect(sent.map(({ host }) => host)).toEqual(['hub', 'hub']);
	const downloads = hub.requests.filter(({ host }) => host === 'download');
	expect(downloads.map(({ headers }) => headers.authorization)).toEqual([undefined]);

	const stored = await page.evaluate(async () => {
		const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
		for (const name of await caches.keys()) {
			const cache = await caches.open(name);
			for (const request of await cache.keys()) {
				const response = await cache.match(request);
				const headers = JSON.stringify([...(response?.headers ?? [])]);
				texts.push(request.url, headers, (await response?.text()) ?? '');
			}
		}
		return texts.join('\n');
	});
	expect(stored).toContain('/owner/gated/resolve/');
	expect(stored).not.toContain(TOKEN);
	await page.reload();
	await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
	await page.getByTestId('tokenizer-picker').click();
	await page.getByRole('button', { name: 'From the Hugging Face Hub…' }).click();
	await dialog(page).getByText('access token').first().click();
	await expect(dialog(page).getByLabel('Access token')).toHaveValue('');
});

for (const [colorScheme, width] of [
	['light', 1280],
	['dark', 360]
] as const)
	test(`axe finds nothing in the dialog, in ${colorScheme} at ${width} px`, async ({
		page,
		hub
	}) => {
		hub.repositories.set('owner/gated', model({ isGated: true, token: TOKEN }));
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 800 });
		await openDialog(page);
		await lookUp(page, 'owner/gated');
		await load(page);
		await expect(dialog(page).getByRole('alert')).toBeVisible();
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		const overflow = await dialog(page).evaluate((node) => node.scrollWidth - node.clientWidth);
		expect(overflow).toBe(0);
	});

test('Diff takes a repository as side B, and two revisions as what an upgrade changed', async ({
	page,
	hub
}) => {
	const changed = utf8(tokenizerJson(3, 4));
	hub.repositories.set('owner/name', model({ revisions: [] }));
	hub.repositories.set('owner/next', model({ files: { 'tokenizer.json': changed }, large: [] }));
	await new LabPage(page).open('drift/diff/');
	const b = page.getByTestId('tokenizer-b');
	const chooseFromHub = async (repository: string) => {
		await page.getByRole('button', { name: 'Open your two tokenizers' }).click();
		await page.getByRole('menuitem', { name: 'From the Hugging Face Hub…' }).click();
		await lookUp(page, repository);
		await load(page);
		await expect(b.locator('option:checked')).toHaveText(repository);
	};
	await chooseFromHub('owner/name');
	await page.getByRole('button', { name: 'Swap A and B' }).click();
	await chooseFromHub('owner/next');
	await expect(page.getByTestId('tokenizer-a').locator('option:checked')).toHaveText('owner/name');
	await expect(page.getByTestId('verdict')).toHaveAttribute('data-verdict', 'silent');
});

test('a link that names a repository asks before it fetches, and keeps the place of its tokenizer', async ({
	page,
	hub,
	browser
}) => {
	const lab = await openDialog(page);
	await lookUp(page, 'owner/name');
	await load(page);
	await expect(said(page)).toContainText('owner/name is a tokenizer');
	await lab.text.fill('abcab');
	await page.waitForURL(/#v1\.t=.*hub(:|%3A)owner/);
	await expect(page.locator('[data-tokenizer^="own-"] [data-token-count]')).toHaveText('2');
	const address = page.url();

	// On a machine that has never seen it.
	hub.requests.length = 0;
	const other = await browser.newPage({ reducedMotion: 'reduce' });
	await new LabPage(other).open(address);
	const card = other.locator('[data-tokenizer^="own-"]');
	await card.getByRole('button', { name: 'Load owner/name from the Hub…' }).click();
	await expect(dialog(other)).toContainText('A link names a tokenizer of owner/name.');
	await expect(dialog(other).getByLabel('Revision')).toHaveValue(COMMIT);
	expect(hub.requests).toEqual([]);
	await dialog(other).getByRole('button', { name: 'Look up' }).click();
	await load(other);
	await expect(card.locator('[data-token-count]')).toHaveText('2');
	await expect(card).toHaveCount(1);
	await other.close();
});

test('Stop ends the download, and another one succeeds', async ({ page, hub }) => {
	let closed = false;
	hub.intercept = (response, { host, method }) => {
		if (host !== 'download' || method !== 'GET') return false;
		response.writeHead(200, { 'content-length': TOKENIZER.length });
		response.write(TOKENIZER.subarray(0, 100));
		response.on('close', () => (closed = true));
		return true;
	};
	await openDialog(page);
	await lookUp(page, 'owner/name');
	await load(page);
	await expect(dialog(page)).toContainText(`100 bytes of ${TOKENIZER.length + CONFIG.length}`);
	await dialog(page).getByRole('button', { name: 'Stop' }).click();
	await expect(dialog(page).getByRole('alert')).toHaveText('Stopped.');
	await expect.poll(() => closed).toBe(true);
	hub.intercept = null;
	await load(page);
	await expect(said(page)).toContainText('owner/name is a tokenizer');
});
