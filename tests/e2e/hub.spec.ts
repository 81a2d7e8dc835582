import { expect } from '@playwright/test';
import { IS_FULL } from '../support/size';
import { tokenizerJson } from './dropped-files';
import {
	COMMIT,
	CONFIG,
	dialog,
	load,
	lookUp,
	model,
	openAgain,
	openDialog,
	test,
	TOKEN,
	TOKENIZER,
	utf8
} from './hub-page';
import { axeOn, LabPage, savedCard, announcement } from './lab-page';

test('a repository becomes a tokenizer: pinned, with its size beforehand, read, kept, and asked for only when the visitor wants it', async ({
	page,
	hub
}) => {
	const lab = await openDialog(page);
	await page.keyboard.press('Escape');
	await lab.text.fill('abcab');
	await openAgain(page);
	expect(hub.requests).toEqual([]);
	await lookUp(page, 'https://huggingface.co/owner/name');
	await expect(dialog(page)).toContainText('owner/name at 607a30d (main)');
	const label = `Load ${TOKENIZER.length + CONFIG.length} bytes`;
	await dialog(page).getByRole('button', { name: label }).click();
	await expect(announcement(page)).toContainText('owner/name is a tokenizer with 5 ids');
	await expect(dialog(page)).toBeHidden();
	const card = savedCard(page);
	await expect(card.locator('[data-token-count]')).toHaveText('2');
	await expect(card).toContainText('owner/name');
	expect(hub.requests).toHaveLength(4);
	for (const { headers, path } of hub.requests) {
		const { referer, cookie, authorization } = headers;
		expect([referer, cookie, authorization]).toEqual([undefined, undefined, undefined]);
		expect(path).not.toContain('abcab');
	}
	await page.waitForURL(/own-.*#v1\.t=/);
	await page.reload();
	await expect(card.locator('[data-token-count]')).toHaveText('2');

	// The dialog offers the tokenizer that is already saved.
	await openAgain(page);
	await lookUp(page, `owner/name@${COMMIT}`);
	await expect(dialog(page).getByRole('button', { name: 'Use owner/name' })).toBeVisible();
});

test('a gated repository asks for a token, which goes to the Hub alone and is not kept', async ({
	page,
	hub
}) => {
	hub.repositories.set('owner/gated', model({ isGated: true, token: TOKEN }));
	await page.setViewportSize({ width: 360, height: 800 });
	await openDialog(page);
	await lookUp(page, 'owner/gated');
	await expect(dialog(page)).toContainText('is gated: its files need an access token');
	await load(page);
	const alert = dialog(page).getByRole('alert');
	await expect(alert).toContainText('owner/gated is gated');
	expect((await axeOn(page).include('dialog').analyze()).violations).toEqual([]);
	expect(await dialog(page).evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
	await dialog(page).getByLabel('Access token').fill('hf_wrong');
	await load(page);
	await expect(alert).toContainText('rejected the access token');
	await dialog(page).getByLabel('Access token').fill(TOKEN);
	await load(page);
	await expect(announcement(page)).toContainText('owner/gated is a tokenizer');
	const downloads = hub.requests.filter(({ host }) => host === 'download');
	expect(downloads.map(({ headers }) => headers.authorization)).toEqual([undefined]);

	await page.reload();
	await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
	await openAgain(page);
	await dialog(page).getByText('access token').first().click();
	await expect(dialog(page).getByLabel('Access token')).toHaveValue('');
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
		await page.getByRole('menuitem', { name: 'Open from the Hugging Face Hub…' }).click();
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

if (IS_FULL)
	test('a browser that may not ask the Hub, or not read its answer, is told so', async ({
		page,
		context,
		hub
	}) => {
		const lab = await openDialog(page);
		await page.keyboard.press('Escape');
		await lab.text.fill('my text');
		const expectAlert = async (words: RegExp) => {
			await openAgain(page);
			await lookUp(page, 'owner/name');
			await expect(dialog(page).getByRole('alert')).toHaveText(words);
			await page.keyboard.press('Escape');
			await expect(lab.text).toHaveValue('my text');
		};
		hub.intercept = (response) => {
			response.removeHeader('access-control-allow-origin');
			response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
			return true;
		};
		await expectAlert(/^No answer from huggingface\.co/);
		hub.requests.length = 0;
		const isPage = (url: URL) => url.pathname.endsWith('/');
		await context.route(isPage, async (route) => {
			const response = await route.fetch();
			const headers = { ...response.headers(), 'content-security-policy': "connect-src 'self'" };
			await route.fulfill({ response, headers });
		});
		await page.reload();
		await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
		await expectAlert(/site’s headers .+ connect-src/);
		expect(hub.requests).toEqual([]);
	});
