import { expect, test as base, type Page } from '@playwright/test';
import { serveHub, type HubServer, type ServedRepository } from '../support/hub-server';
import { selfSigned } from '../support/self-signed';
import { tokenizerJson } from './dropped-files';
import { LabPage } from './lab-page';

/**
 * The site connects to huggingface.co as it would for a visitor, but the browser resolves both this host and the
 * download host for large files to a server on this machine.
 */
const HUB = 'huggingface.co';
const DOWNLOADS = 'us.aws.cdn.hf.co';
export const COMMIT = '607a30d783dfa663caf39e06633721c8d4cfcd7e';
export const TOKEN = 'hf_secret';

export const utf8 = (text: string) => new TextEncoder().encode(text);
export const TOKENIZER = utf8(tokenizerJson());
export const CONFIG = utf8('{"model_max_length":1024}');

export const test = base.extend<{ hub: HubServer }, { server: HubServer }>({
	server: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
		async ({}, use) => {
			const tls = selfSigned(HUB);
			const server = await serveHub({ tls, downloadOrigin: `https://${DOWNLOADS}` });
			await use(server);
			await server.close();
		},
		{ scope: 'worker' }
	],
	launchOptions: [
		async ({ launchOptions, server: { ports } }, use) => {
			const rules = [
				`MAP ${HUB}:443 127.0.0.1:${ports.hub}`,
				`MAP ${DOWNLOADS}:443 127.0.0.1:${ports.download}`
			];
			const args = [`--host-resolver-rules=${rules.join(',')}`, '--ignore-certificate-errors'];
			await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...args] });
		},
		{ scope: 'worker' }
	],
	hub: async ({ server }, use) => {
		server.repositories.clear();
		server.requests.length = 0;
		server.intercept = null;
		server.repositories.set('owner/name', model());
		await use(server);
	}
});

export const model = (more: Partial<ServedRepository> = {}): ServedRepository => ({
	commit: COMMIT,
	revisions: ['v1'],
	files: { 'tokenizer.json': TOKENIZER, 'tokenizer_config.json': CONFIG, 'model.bin': utf8('…') },
	large: ['tokenizer.json', 'model.bin'],
	...more
});

export const dialog = (page: Page) =>
	page.getByRole('dialog', { name: 'Open from the Hugging Face Hub' });

export async function openAgain(page: Page): Promise<void> {
	await page.getByTestId('tokenizer-picker').click();
	await page.getByRole('button', { name: 'Open from the Hugging Face Hub…' }).click();
	await expect(dialog(page)).toBeVisible();
}

export async function openDialog(page: Page): Promise<LabPage> {
	const lab = new LabPage(page);
	await lab.open('./?t=gpt2');
	await openAgain(page);
	return lab;
}

export async function lookUp(page: Page, repository: string): Promise<void> {
	await dialog(page).getByLabel('Model repository').fill(repository);
	await dialog(page).getByRole('button', { name: 'Look up' }).click();
}

export const load = (page: Page) =>
	dialog(page)
		.getByRole('button', { name: /^(Load|Open)/ })
		.click();
