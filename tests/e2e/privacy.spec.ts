import { expect, test, type Page, type Request } from '@playwright/test';
import {
	CAN_EVALUATE,
	otherServer,
	PAGE_WAYS_OUT,
	tryWayOut,
	WAYS_OUT,
	webRtcOf
} from '../support/ways-out';
import { drop, tokenizerJson } from './dropped-files';
import { LabPage } from './lab-page';

/** A word that no page has, in upper case so that no encoding of a link happens to hold it. */
const SECRET = 'QZXVKWJSECRET';

const ADDED = JSON.stringify({
	id: 5,
	content: SECRET,
	single_word: false,
	lstrip: false,
	rstrip: false,
	normalized: false,
	special: true
});

const fill = async (page: Page, label: string) => {
	const field = page.getByLabel(label, { exact: true });
	await field.fill(`${SECRET} and more`);
	await field.press('Tab');
};

/** The global object of a frame that a script adds. */
const NEW_FRAME = "document.body.appendChild(document.createElement('iframe')).contentWindow";

/** Every page, and how its texts are typed. */
const PAGES: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
	['./?t=gpt2,llama2', (page) => fill(page, 'Text to tokenize')],
	[
		'./train/?size=300',
		async (page) => {
			await page.getByText('Change your text').click();
			await fill(page, 'Your text');
			await fill(page, 'Save the tokenizer as');
			await page.getByText('Rules', { exact: false }).first().click();
			await fill(page, 'Special tokens, one per line');
			await fill(page, 'Corpus to train on');
			await page.getByTestId('train').click();
		}
	],
	[
		'./strawberry/?t=gpt2',
		async (page) => {
			await fill(page, 'Word');
			await fill(page, 'Letter');
		}
	],
	[
		'./inflation/?t=gpt2',
		async (page) => {
			await fill(page, 'Search languages');
			await page.getByText('Your own texts').click();
			await fill(page, 'Text 1, English');
			await fill(page, 'Text 2, Turkish');
		}
	],
	['./drift/', (page) => fill(page, 'Search the bugs')],
	[
		'./drift/diff/?a=gpt2&b=llama2',
		async (page) => {
			await page.getByText('Change the text').click();
			await fill(page, 'Your text');
		}
	],
	['./vocabulary/?t=gpt2', (page) => fill(page, 'Search tokens')],
	['./about/', () => Promise.resolve()]
];

/** Waits until the page has answered what it was asked. */
const settled = async (page: Page) => {
	await expect(page.locator('[data-status="loading"]')).toHaveCount(0);
	await expect(page.locator('main .stale')).toHaveCount(0);
};

/** All that a request carries, decoded. */
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

test('no request carries a text, the name of a file or what it holds, on any page', async ({
	page,
	context,
	baseURL
}) => {
	const requests: Request[] = [];
	context.on('request', (request) => requests.push(request));
	const lab = new LabPage(page);
	for (const [address, type] of PAGES) {
		await lab.open(address);
		await type(page);
		if (!address.includes('about') && !address.endsWith('drift/')) {
			const content = tokenizerJson().replace('"added_tokens":[]', `"added_tokens":[${ADDED}]`);
			await drop(page, { name: `${SECRET}.json`, content });
			await expect(page.locator('.announcement')).toContainText('is a tokenizer with');
		}
		await settled(page);
		// The link now holds the text. A reload asks for its address.
		await page.reload();
		await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
		await settled(page);
	}
	// Requests of workers are among those that were seen.
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
	// Without a policy, each of these reaches the server, so a failure elsewhere is the policy's work.
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

	const lab = new LabPage(page);
	let workers = 0;
	for (const [address, type] of PAGES) {
		await lab.open(address);
		await type(page);
		await settled(page);
		for (const [name, way] of Object.entries(PAGE_WAYS_OUT))
			expect(await page.evaluate(tryWayOut(way, other.url)), `${name} on ${address}`).toBe(
				'refused'
			);
		for (const worker of page.workers()) {
			workers++;
			for (const [name, way] of Object.entries(WAYS_OUT))
				expect(
					await worker.evaluate(tryWayOut(way, other.url)),
					`${name} in a worker of ${address}`
				).toBe('refused');
			expect(await worker.evaluate(CAN_EVALUATE)).toBe(false);
			expect(await worker.evaluate(webRtcOf('self'))).toEqual([]);
		}
		for (const scope of ['window', NEW_FRAME])
			expect(await page.evaluate(webRtcOf(scope)), `${scope} on ${address}`).toEqual([]);
		expect(await page.evaluate(CAN_EVALUATE)).toBe(false);
	}
	expect(workers).toBeGreaterThan(8);
	expect(other.reached).toEqual([]);
	await other.close();
});
