import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { serveHub, type HubServer, type ServedRepository } from '../support/hub-server';
import { selfSigned } from '../support/self-signed';
import { tokenizerJson } from './dropped-files';
import { LabPage } from './lab-page';

/**
 * The site talks to huggingface.co as it does for a visitor. The browser resolves that host, and the host that large files
 * are redirected to, to a server on this machine.
 */
const HUB = 'huggingface.co';
const DOWNLOADS = 'us.aws.cdn.hf.co';
const COMMIT = '607a30d783dfa663caf39e06633721c8d4cfcd7e';
const TOKEN = 'hf_secret';

const utf8 = (text: string) => new TextEncoder().encode(text);
const TOKENIZER = utf8(tokenizerJson());
const CONFIG = utf8('{"model_max_length":1024}');

const test = base.extend<{ hub: HubServer }, { server: HubServer }>({
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

/** A model whose tokenizer.json is a large file. */
const model = (more: Partial<ServedRepository> = {}): ServedRepository => ({
	commit: COMMIT,
	revisions: ['v1'],
	files: { 'tokenizer.json': TOKENIZER, 'tokenizer_config.json': CONFIG, 'model.bin': utf8('…') },
	large: ['tokenizer.json', 'model.bin'],
	...more
});

const dialog = (page: Page) => page.getByRole('dialog', { name: 'From the Hugging Face Hub' });
const said = (page: Page) => page.locator('.announcement');

/** Opens the dialog from the picker of Compare. */
async function openDialog(page: Page): Promise<LabPage> {
	const lab = new LabPage(page);
	await lab.open();
	await page.getByTestId('tokenizer-picker').click();
	await page.getByRole('button', { name: 'From the Hugging Face Hub…' }).click();
	await expect(dialog(page)).toBeVisible();
	return lab;
}

async function lookUp(page: Page, repository: string, revision = ''): Promise<void> {
	await dialog(page).getByLabel('Model repository').fill(repository);
	await dialog(page).getByLabel('Revision').fill(revision);
	await dialog(page).getByRole('button', { name: 'Look up' }).click();
}

const load = (page: Page) =>
	dialog(page)
		.getByRole('button', { name: /^(Load|Open)/ })
		.click();

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

	await page.waitForURL(/own-/);
	await page.reload();
	await expect(card.locator('[data-token-count]')).toHaveText('2');
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
		await page.getByRole('button', { name: 'From the Hugging Face Hub…' }).click();
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

test.describe('what goes wrong is said where it happened, and changes nothing', () => {
	const text = 'my text';

	/** Opens the dialog on a page with a text, asks, and expects an alert. */
	async function expectAlert(page: Page, ask: () => Promise<void>, words: string | RegExp) {
		const lab = await openDialog(page);
		await page.keyboard.press('Escape');
		await lab.text.fill(text);
		await page.getByTestId('tokenizer-picker').click();
		await page.getByRole('button', { name: 'From the Hugging Face Hub…' }).click();
		await ask();
		await expect(dialog(page).getByRole('alert')).toHaveText(words);
		await dialog(page).getByRole('button', { name: 'Close' }).click();
		await expect(lab.text).toHaveValue(text);
		await lab.ready();
	}

	for (const [name, repository, revision, words] of [
		['a name that is none', 'owner/name/x', '', /^Got "owner\/name\/x", expected owner\/name/],
		['a missing repository', 'owner/none', '', /^The Hub has no public model owner\/none\./],
		['a missing revision', 'owner/name', 'v9', /^owner\/name has no branch, tag or commit "v9"\./]
	] as const)
		test(name, async ({ page, hub }) => {
			expect(hub.repositories.size).toBe(1);
			await expectAlert(page, () => lookUp(page, repository, revision), words);
		});

	test('a rate limit', async ({ page, hub }) => {
		hub.intercept = (response) => {
			response.setHeader('access-control-expose-headers', 'Retry-After');
			response.writeHead(429, { 'retry-after': '40' }).end();
			return true;
		};
		await expectAlert(page, () => lookUp(page, 'owner/name'), /Try again in 40 seconds\.$/);
	});

	test('the web page of a network with a login', async ({ page, hub }) => {
		hub.intercept = (response) => {
			response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Hotel</title>');
			return true;
		};
		await expectAlert(page, () => lookUp(page, 'owner/name'), /^Got a web page in place of/);
	});

	test('an answer that the page may not read', async ({ page, hub }) => {
		hub.intercept = (response) => {
			response.removeHeader('access-control-allow-origin');
			response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
			return true;
		};
		await expectAlert(page, () => lookUp(page, 'owner/name'), /does not allow .+ \(CORS\)/);
	});

	test('a host whose headers forbid the Hub', async ({ page, context, hub }) => {
		await context.route('**/*.js', async (route) => {
			const response = await route.fetch();
			const headers = { ...response.headers(), 'content-security-policy': "connect-src 'self'" };
			await route.fulfill({ response, headers });
		});
		const words = /^The headers of this site forbid requests to huggingface\.co/;
		await expectAlert(page, () => lookUp(page, 'owner/name'), words);
		expect(hub.requests).toEqual([]);
	});

	test('a host that does not answer', async ({ page, hub }) => {
		hub.intercept = (response) => {
			response.destroy();
			return true;
		};
		await expectAlert(page, () => lookUp(page, 'owner/name'), /^No answer from huggingface\.co\./);
	});

	test('a download host that does not answer', async ({ page, hub }) => {
		hub.intercept = (response, { host }) => {
			if (host === 'download') response.destroy();
			return host === 'download';
		};
		const ask = async () => {
			await lookUp(page, 'owner/name');
			await load(page);
		};
		await expectAlert(page, ask, /^No answer from the download host of the Hub\./);
	});

	test('a browser without a network', async ({ page, context, hub }) => {
		expect(hub.requests).toEqual([]);
		const ask = async () => {
			await context.setOffline(true);
			await lookUp(page, 'owner/name');
		};
		await expectAlert(page, ask, /^This browser is offline\./);
	});

	test('a download that breaks off', async ({ page, hub }) => {
		hub.intercept = (response, { host }) => {
			if (host !== 'download') return false;
			response.writeHead(200, { 'content-length': TOKENIZER.length });
			response.write(TOKENIZER.subarray(0, 200), () => response.destroy());
			return true;
		};
		const ask = async () => {
			await lookUp(page, 'owner/name');
			await load(page);
		};
		await expectAlert(page, ask, /^tokenizer\.json broke off after \d+ bytes of \d+ bytes\./);
	});

	test('a file that the lab cannot use, in the words of its reader', async ({ page, hub }) => {
		hub.repositories.set('owner/broken', model({ files: { 'tokenizer.json': utf8('{') } }));
		const ask = async () => {
			await lookUp(page, 'owner/broken');
			await load(page);
		};
		await expectAlert(page, ask, /^owner\/broken: .+expected a tokenizer\.json/);
	});
});
