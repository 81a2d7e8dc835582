import { expect, test, type Page, type Request } from '@playwright/test';
import {
	openWays,
	otherServer,
	PAGE_WAYS_OUT,
	tryWayOut,
	WAYS_OUT,
	webRtcOf
} from '../support/ways-out';
import { sized } from '../support/size';
import { addedToken } from '../support/spec-parts';
import { drop, tokenizerJson } from './dropped-files';
import { LabPage } from './lab-page';

/** A word that doesn't occur on any page, in upper case so that no encoded link contains it by chance. */
const SECRET = 'QZXVKWJSECRET';

const ADDED = JSON.stringify(addedToken(5, SECRET));

/** Expression for the global object of a frame that a script adds. */
const NEW_FRAME = "document.body.appendChild(document.createElement('iframe')).contentWindow";

/** Every page, with the parts to open on it and the labels of its text fields. */
const PAGES: readonly (readonly [address: string, folded: string[], fields: string[]])[] = [
	['./?t=gpt2,llama2', [], ['Text to tokenize']],
	[
		'./train/?size=300',
		['Change your text', 'Options'],
		['Special tokens, one per line', 'Your text', 'Save the tokenizer as', 'Corpus to train on']
	],
	['./strawberry/?t=gpt2', [], ['Word', 'Letter']],
	['./inflation/?t=gpt2', [], ['Search languages']],
	['./drift/', [], ['You write', 'Search the bugs']],
	['./drift/diff/?a=gpt2&b=llama2', ['Change your text'], ['Your text']],
	['./vocabulary/?t=gpt2', [], ['Search tokens']],
	['./about/', [], []]
];

/** Waits until the page has processed all input. */
const settled = async (page: Page) => {
	await expect(page.locator('[data-status="loading"]')).toHaveCount(0);
	await expect(page.locator('main .stale')).toHaveCount(0);
};

async function contentOf(request: Request): Promise<string> {
	const headers = await request.allHeaders();
	return [request.url(), ...Object.values(headers), request.postData() ?? '']
		.flatMap((part) => [part, decodeLoosely(part)])
		.join('\n');
}

function decodeLoosely(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Opens a page and types into all of its text fields. */
async function typeEverywhere(page: Page, [address, folded, fields]: (typeof PAGES)[number]) {
	await new LabPage(page).open(address);
	for (const part of folded) await page.getByText(part).first().click();
	for (const label of fields) {
		const field = page.getByLabel(label, { exact: true });
		await field.fill(`${SECRET} and more`);
		await field.press('Tab');
	}
}

test('no request carries a text, the name of a file or what it holds, on any page', async ({
	page,
	context,
	baseURL
}) => {
	const requests: Request[] = [];
	context.on('request', (request) => requests.push(request));
	for (const shown of PAGES) {
		const [address] = shown;
		await typeEverywhere(page, shown);
		const isFirst = shown === PAGES[0];
		if (sized(isFirst, !/about|drift\/$/.test(address))) {
			const content = tokenizerJson().replace('"added_tokens":[]', `"added_tokens":[${ADDED}]`);
			await drop(page, { name: `${SECRET}.json`, content });
			await expect(page.locator('.announcement')).toContainText('is a tokenizer with');
		}
		await settled(page);
		// The page's URL now contains the text, and a reload requests that URL.
		if (sized(isFirst, true)) {
			await page.reload();
			await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
			await settled(page);
		}
	}
	// Requests from workers were recorded, too.
	expect(requests.some((request) => /assets\/gpt2\.[\w-]+\.bin$/.test(request.url()))).toBe(true);
	const carrying: string[] = [];
	for (const request of requests) {
		if (!/^(data|blob):/.test(request.url())) expect(request.url()).toContain(baseURL ?? '');
		expect(request.method()).toBe('GET');
		if (new RegExp(SECRET, 'i').test(await contentOf(request))) carrying.push(request.url());
	}
	expect(carrying).toEqual([]);
});

test('neither a page nor any of its workers can reach another server', async ({
	page,
	browser
}) => {
	const other = await otherServer();
	// First show that every request reaches the server if the browser ignores the content security policy.
	const free = await (await browser.newContext({ bypassCSP: true })).newPage();
	await free.goto(other.url);
	for (const [name, way] of Object.entries(PAGE_WAYS_OUT)) {
		await free.evaluate(tryWayOut(way, `${other.url}?free=${encodeURIComponent(name)}`));
	}
	expect(other.reached.filter((line) => line.includes('free='))).toHaveLength(
		Object.keys(PAGE_WAYS_OUT).length
	);
	for (const scope of ['window', NEW_FRAME])
		expect(await free.evaluate(webRtcOf(scope))).toContain('RTCPeerConnection');
	await free.context().close();
	other.reached.length = 0;

	let workers = 0;
	for (const shown of sized(PAGES.slice(0, 2), PAGES)) {
		const [address] = shown;
		await typeEverywhere(page, shown);
		await settled(page);
		const ofPage = await openWays((code) => page.evaluate(code), PAGE_WAYS_OUT, other.url);
		expect(ofPage, address).toEqual([]);
		for (const worker of page.workers()) {
			workers++;
			const ofWorker = await openWays((code) => worker.evaluate(code), WAYS_OUT, other.url);
			expect(ofWorker, `a worker of ${address}`).toEqual([]);
		}
		expect(await page.evaluate(webRtcOf(NEW_FRAME)), address).toEqual([]);
	}
	expect(workers).toBeGreaterThan(sized(3, 8));
	expect(other.reached).toEqual([]);
	await other.close();
});
