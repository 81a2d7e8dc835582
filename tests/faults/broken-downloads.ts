/** Breaks downloads the way networks do: responses stall, are cut off or damaged, or are replaced by another page. */
import { createServer, type ServerResponse } from 'node:http';
import type { Page } from '@playwright/test';
import { listen } from '../support/loopback';
import {
	alerts,
	assert,
	someOf,
	isSeen,
	leaveAndReturn,
	until,
	type Fault,
	type Outcome,
	type Stage,
	type Visitor
} from './fault';

type Way = (response: ServerResponse, body: Buffer) => void;

const answer =
	(status: number, type: string, text: string): Way =>
	(response) => {
		response.writeHead(status, { 'content-type': type });
		response.end(text);
	};

/** Announces the full length, but sends only the first half of the bytes. @param then called after sending */
const half =
	(then: (response: ServerResponse) => void): Way =>
	(response, body) => {
		response.writeHead(200, { 'content-length': body.length });
		response.write(body.subarray(0, body.length / 2), () => then(response));
	};

const WAYS: Readonly<Record<string, Way>> = {
	destroyed: (response) => response.destroy(),
	stalled: () => undefined,
	'stalled in the middle': half(() => undefined),
	'cut in the middle': half((response) => response.destroy()),
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
	'answered 404': answer(404, 'text/plain', 'Not found'),
	'answered 500': answer(500, 'text/plain', 'Internal server error'),
	'answered with a sign-in page': answer(
		200,
		'text/html',
		'<!doctype html><title>Sign in</title><p>Welcome to the hotel’s network.'
	)
};

/** Ways of breaking a response that leave plain text looking valid. */
const UNNOTICED_IN_TEXT = ['cut without a length', 'with a flipped bit'];

/** Serves the site, but breaks every response for one file until the network is back. */
async function breakSite(site: string, file: RegExp, way: string) {
	/** `askedAt`: time of the first request for the file, from `performance.now()`. */
	const state = { isBroken: true, askedAt: null as number | null };
	const server = createServer((request, response) => {
		void (async () => {
			const path = request.url ?? '/';
			const answer = await fetch(new URL(path, site), { redirect: 'manual' });
			const body = Buffer.from(await answer.arrayBuffer());
			if (state.isBroken && file.test(path)) {
				state.askedAt ??= performance.now();
				WAYS[way](response, body);
				return;
			}
			const headers = [...answer.headers].filter(([name]) =>
				/^(content-type|location|etag)$/.test(name)
			);
			response.writeHead(answer.status, Object.fromEntries(headers));
			response.end(body);
		})();
	});
	const { port, close } = await listen(server);
	return { state, site: `http://127.0.0.1:${port}${new URL(site).pathname}`, close };
}

interface Download {
	readonly page: string;
	readonly address: string;
	/** Word to type so that the page needs the file: the figures for the page's initial word are prerendered. */
	readonly word?: string;
	/** Matches the path of the file whose download fails. */
	readonly file: RegExp;
	/** Matches the file's name in the error message. */
	readonly subject: RegExp;
	/** Whether the file is plain text, in which missing or changed parts go unnoticed. */
	readonly isUnchecked?: boolean;
	/** Selector for an element that is visible even if the download fails. */
	readonly rest?: string;
	/** Selector for an element that is visible only after the file has been downloaded. */
	readonly whole: string;
}

const card = (id: string) => `[data-tokenizer="${id}"][data-status="ready"]`;
const READY = 'main[data-status="ready"]';
const vocabulary = (id: string) => ({
	file: new RegExp(`/${id}\\.[^/]*\\.bin`),
	subject: new RegExp(`vocabulary of ${id}`)
});
const LLAMA2 = vocabulary('llama2');
const INFLATION = {
	address: './inflation/?t=llama2',
	whole: '[data-tokenizer="llama2"][data-ratio]'
};

const DOWNLOADS: readonly Download[] = [
	{
		...LLAMA2,
		page: 'Compare',
		address: './?t=gpt2,llama2',
		rest: card('gpt2'),
		whole: card('llama2')
	},
	{
		...vocabulary('mistral-v1'),
		page: 'Strawberry',
		address: './strawberry/?t=gpt2,mistral-v1',
		word: 'broken',
		rest: card('gpt2'),
		whole: card('mistral-v1')
	},
	{ ...LLAMA2, ...INFLATION, page: 'Inflation' },
	{
		...INFLATION,
		page: 'Inflation, its texts',
		file: /\/(first|all)\.[^/]*\.bin/,
		subject: /texts of the languages/
	},
	{ ...LLAMA2, page: 'Diff', address: './drift/diff/?a=gpt2&b=llama2', whole: READY },
	{ ...LLAMA2, page: 'Vocabulary', address: './vocabulary/?tokenizer=llama2', whole: READY },
	{
		page: 'Train, an example',
		isUnchecked: true,
		address: './train/?corpus=languages',
		file: /\/languages\.[^/]*\.(txt|bin)/,
		subject: /text/i,
		whole: READY
	}
];

async function retry(page: Page): Promise<void> {
	const button = page.getByRole('button', { name: /^(Try again|Continue)$/ }).first();
	if (await button.isVisible()) await button.click({ timeout: 1000 }).catch(() => undefined);
}

async function tryDownload(stage: Stage, download: Download, way: string): Promise<Outcome> {
	const { page: name, address, subject, whole, rest, word, isUnchecked } = download;
	const { state, site, close } = await breakSite(stage.site, download.file, way);
	const work = async (visitor: Visitor) => {
		const page = await visitor.open(address);
		if (word !== undefined) await page.getByTestId('word-input').fill(word);
		await until(`${subject} in words`, async () => subject.test(await alerts(page)), 40_000);
		const ms = state.askedAt === null ? null : performance.now() - state.askedAt;
		const said = await alerts(page);
		assert(!/undefined|null|NaN|\[object|Unexpected|length/.test(said), `not in words: ${said}`);
		if (rest !== undefined) await page.locator(rest).waitFor();
		// The other pages must still work.
		await leaveAndReturn(page);
		state.isBroken = false;
		// An example corpus has no retry button, so open its link again.
		if (isUnchecked) await page.goto(address);
		await until(`${whole} once the network is back`, async () => {
			if ((await alerts(page)) === '' && (await isSeen(page, whole))) return true;
			await retry(page);
			return false;
		});
		return ms;
	};
	const outcome = await stage.try(`${name}: ${way}`, work, site);
	await close();
	return outcome;
}

export const BROKEN_DOWNLOADS: Fault = {
	name: 'downloads broken in nine ways',
	target: '17 s: 15 s without bytes, and 2 s to say it',
	maxMs: 17_000,
	count: DOWNLOADS.length * Object.keys(WAYS).length - UNNOTICED_IN_TEXT.length,
	async *run(stage, random, count) {
		const all = DOWNLOADS.flatMap((download) =>
			Object.keys(WAYS)
				.filter((way) => !(download.isUnchecked && UNNOTICED_IN_TEXT.includes(way)))
				.map((way) => ({ download, way }))
		);
		for (const { download, way } of someOf(random, all, count))
			yield tryDownload(stage, download, way);
	}
};
