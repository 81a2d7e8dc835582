/** Downloads that break in every way in which a network breaks them. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright';
import { alerts, assert, pick, until, type Fault, type Stage } from './fault';

/** How an answer with the right bytes is broken. */
const WAYS: Readonly<Record<string, (response: ServerResponse, body: Buffer) => void>> = {
	destroyed: (response) => response.destroy(),
	stalled: () => undefined,
	'stalled in the middle'(response, body) {
		response.writeHead(200, { 'content-length': body.length });
		response.write(body.subarray(0, body.length / 2));
	},
	'cut in the middle'(response, body) {
		response.writeHead(200, { 'content-length': body.length });
		response.write(body.subarray(0, body.length / 2), () => response.destroy());
	},
	'cut without a length'(response, body) {
		response.writeHead(200);
		response.end(body.subarray(0, body.length / 2));
	},
	'with a flipped bit'(response, body) {
		const flipped = Buffer.from(body);
		flipped[Math.floor(body.length * 0.6)] ^= 4;
		response.writeHead(200);
		response.end(flipped);
	},
	'answered 404'(response) {
		response.writeHead(404, { 'content-type': 'text/plain' });
		response.end('Not found');
	},
	'answered 500'(response) {
		response.writeHead(500, { 'content-type': 'text/plain' });
		response.end('Internal server error');
	},
	'answered with a sign-in page'(response) {
		response.writeHead(200, { 'content-type': 'text/html' });
		response.end('<!doctype html><title>Sign in</title><p>Welcome to the hotel’s network.');
	}
};

/** Ways that nothing shows in a plain text. */
const UNNOTICED_IN_TEXT = ['cut without a length', 'with a flipped bit'];

/** A server of the site with one file whose answers can be broken. */
class BrokenSite {
	/** Way in which the file is broken; `null` once the network is back. */
	way: keyof typeof WAYS | null;
	/** Time of the first request for the file, as of `performance.now()`. */
	askedAt: number | null = null;
	readonly #server;

	constructor(site: string, file: RegExp, way: keyof typeof WAYS) {
		this.way = way;
		this.#server = createServer((request, response) => {
			void (async () => {
				const path = request.url ?? '/';
				const answer = await fetch(new URL(path, site), { redirect: 'manual' });
				const body = Buffer.from(await answer.arrayBuffer());
				if (this.way !== null && file.test(path)) {
					this.askedAt ??= performance.now();
					WAYS[this.way](response, body);
					return;
				}
				const headers = Object.fromEntries(
					[...answer.headers].filter(([name]) => /^(content-type|location|etag)$/.test(name))
				);
				response.writeHead(answer.status, headers);
				response.end(body);
			})();
		});
	}

	/** @param base of the site */
	async open(base: string): Promise<string> {
		await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${base}`;
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}
}

interface Download {
	readonly page: string;
	readonly address: string;
	/** Word to type, because the figures of the first one are prerendered. */
	readonly word?: string;
	/** Path of the file that breaks. */
	readonly file: RegExp;
	/** How the message names it. */
	readonly subject: RegExp;
	/** Whether it is a plain text, in which nothing shows that a part is missing or changed. */
	readonly isUnchecked?: boolean;
	/** Seen although the file is missing. */
	readonly rest?: string;
	/** Seen once the file is there. */
	readonly whole: string;
}

const card = (id: string) => `[data-tokenizer="${id}"][data-status="ready"]`;
const VOCABULARY = { file: /\/llama2\.[^/]*\.bin/, subject: /vocabulary of llama2/ };

const DOWNLOADS: readonly Download[] = [
	{
		page: 'Compare',
		address: './?t=gpt2,llama2',
		...VOCABULARY,
		rest: card('gpt2'),
		whole: card('llama2')
	},
	{
		page: 'Strawberry',
		address: './strawberry/?t=gpt2,mistral-v1',
		word: 'broken',
		file: /\/mistral-v1\.[^/]*\.bin/,
		subject: /vocabulary of mistral-v1/,
		rest: card('gpt2'),
		whole: card('mistral-v1')
	},
	{
		page: 'Inflation',
		address: './inflation/?t=llama2',
		...VOCABULARY,
		whole: '[data-tokenizer="llama2"][data-ratio]'
	},
	{
		page: 'Inflation, its texts',
		address: './inflation/?t=llama2',
		file: /\/(first|all)\.[^/]*\.bin/,
		subject: /texts of the languages/,
		whole: '[data-tokenizer="llama2"][data-ratio]'
	},
	{
		page: 'Diff',
		address: './drift/diff/?a=gpt2&b=llama2',
		...VOCABULARY,
		whole: 'main[data-status="ready"]'
	},
	{
		page: 'Vocabulary',
		address: './vocabulary/?tokenizer=llama2',
		...VOCABULARY,
		whole: 'main[data-status="ready"]'
	},
	{
		page: 'Train, an example',
		isUnchecked: true,
		address: './train/?corpus=languages',
		file: /\/languages\.[^/]*\.(txt|bin)/,
		subject: /text/i,
		whole: 'main[data-status="ready"]'
	}
];

const isSeen = async (page: Page, selector: string) => (await page.locator(selector).count()) > 0;

async function retry(page: Page): Promise<void> {
	const button = page.getByRole('button', { name: /^(Try again|Continue)$/ }).first();
	if (await button.isVisible()) await button.click({ timeout: 1000 }).catch(() => undefined);
}

const breakDownload = (stage: Stage, broken: BrokenSite, download: Download, site: string) =>
	stage.try(
		`${download.page}: ${broken.way}`,
		async (visitor) => {
			const page = await visitor.open(download.address);
			const { subject, whole, rest, word } = download;
			if (word !== undefined) await page.getByTestId('word-input').fill(word);
			await until(`${subject} in words`, async () => subject.test(await alerts(page)), 40_000);
			const ms = broken.askedAt === null ? null : performance.now() - broken.askedAt;
			const said = await alerts(page);
			assert(!/undefined|null|NaN|\[object|Unexpected|length/.test(said), `not in words: ${said}`);
			if (rest !== undefined) await until(`${rest} beside it`, () => isSeen(page, rest));
			// The rest of the page works: another page and back.
			const { pathname } = new URL(page.url());
			await page.locator('nav a:not([aria-current])').first().click();
			await until('another page', () => new URL(page.url()).pathname !== pathname);
			await page.goBack();
			broken.way = null;
			// An example has no button to try again: its link, or the menu, asks for it.
			if (download.isUnchecked) await page.goto(download.address);
			await until(`${whole} once the network is back`, async () => {
				if ((await alerts(page)) === '' && (await isSeen(page, whole))) return true;
				await retry(page);
				return false;
			});
			return ms;
		},
		site
	);

export const BROKEN_DOWNLOADS: Fault = {
	name: 'downloads broken in nine ways',
	target: '17 s: 15 s without bytes, and 2 s to say it',
	maxMs: 17_000,
	counts: [DOWNLOADS.length * Object.keys(WAYS).length - UNNOTICED_IN_TEXT.length, 8],
	async *run(stage, random, count) {
		const all = DOWNLOADS.flatMap((download) =>
			Object.keys(WAYS)
				.filter((way) => !(download.isUnchecked && UNNOTICED_IN_TEXT.includes(way)))
				.map((way) => ({ download, way }))
		);
		const cases =
			count >= all.length ? all : Array.from({ length: count }, () => pick(random, all));
		for (const { download, way } of cases) {
			const broken = new BrokenSite(stage.site, download.file, way);
			const site = await broken.open(new URL(stage.site).pathname);
			yield breakDownload(stage, broken, download, site);
			await broken.close();
		}
	}
};
