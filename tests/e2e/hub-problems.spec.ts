import { expect, type Page } from '@playwright/test';
import { dialog, load, lookUp, model, openDialog, test, TOKENIZER, utf8 } from './hub-page';

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
		const isPage = (url: URL) => url.pathname.endsWith('/');
		await context.route(isPage, async (route) => {
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
