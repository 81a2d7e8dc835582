/** Links to all pages, changed the way a chat program, a careless edit or an attacker might change them. */
import { deflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { decodeTextHash, encodeTextHash } from '../../src/lib/session/documents/link-codec';
import { addressOf, PAGE_LINKS } from '../e2e/linked-pages';
import { below, pick, type Random } from '../support/random-texts';
import { alerts, assert, expect, leaveAndReturn, until, type Fault, type Stage } from './fault';

/** One in this many links is also opened with a full page load. */
const LOADED_ONE_IN = 100;
/** The hash of one in this many links is also opened on a page that contains typed text. */
const TYPED_ONE_IN = 50;
/** Time within which an open page must show the result of following a link, in milliseconds. */
const RESPONSE_MS = 10_000;

/** Values that careless programs misinterpret. */
const HOSTILE = [
	...['"><img src=x onerror=alert(1)>', '<script>alert(1)</script>', 'javascript:alert(1)'],
	...['__proto__', 'constructor', '../../etc/passwd', '{{7*7}}${alert(1)}', '-1', '1e999', 'NaN'],
	...['9'.repeat(400), 'own-', '\u0000\u202e\ufeff', '\ud800', '[]'],
	'[{"kind":"split-regex","split":0,"regex":"("}]',
	`[${'['.repeat(500)}`,
	'a'.repeat(2_000)
];

function changeText(random: Random, text: string): string {
	const at = below(random, text.length + 1);
	const to = Math.min(text.length, at + 1 + below(random, 12));
	const char = String.fromCharCode(33 + below(random, 94));
	return pick(random, [
		() => text.slice(0, at),
		() => text.slice(0, at) + text.slice(to),
		() => text.slice(0, at) + char + text.slice(at),
		() => text.slice(0, at) + char + text.slice(at + 1),
		() => text.slice(0, to) + text.slice(at),
		() => `${text.slice(0, at)}%${text.slice(at)}`
	])();
}

function changeSearch(random: Random, search: string): string {
	const fields = search.split('&').map((field) => field.split('='));
	const [name] = pick(random, fields);
	const value = encodeURIComponent(pick(random, HOSTILE).toWellFormed());
	const replaced = fields.map(([key, old]) => `${key}=${key === name ? value : old}`).join('&');
	return pick(random, [
		() => replaced,
		() => replaced,
		() => `${search}&${name}=${value}`,
		() => `${search}&${value}=${value}`,
		() => `${search}&${search}`,
		() => changeText(random, search)
	])();
}

const base64Url = (bytes: Buffer): string => bytes.toString('base64url');

function changeHash(random: Random, hash: string): string {
	const payload = hash.slice(hash.indexOf('=') + 1);
	const bytes = Buffer.from(payload, 'base64url');
	if (bytes.length > 0) bytes[below(random, bytes.length)] ^= 1 << below(random, 8);
	const text = Buffer.from(`\0${pick(random, HOSTILE).toWellFormed()}`);
	return pick(random, [
		() => hash.replace('v1', `v${pick(random, ['0', '2', '99999999999', '1.1', '-1', ''])}`),
		() => hash.replace(/\.\w/, pick(random, ['.x', '.', '.tt', '.i', '.s'])),
		() => `v1.t=${base64Url(bytes)}`,
		() => `v1.t=${base64Url(bytes.subarray(0, below(random, bytes.length + 1)))}`,
		() => `v1.t=${base64Url(deflateSync(text))}`,
		() => `v1.i=${base64Url(deflateSync(text))}`,
		() => `v1.t=${base64Url(deflateSync(Buffer.alloc(3_000_000)))}`,
		() => `v1.t=${base64Url(deflateSync(Buffer.from([below(random, 4), 1, 2, 0xff])))}`,
		() => `${hash}&s=${base64Url(bytes)}`,
		() => changeText(random, hash)
	])();
}

function tamper(random: Random, address: string): string {
	const [path, rest = ''] = address.split('?');
	const [search, hash = ''] = rest.split('#');
	const isHash = hash !== '' && (search === '' || random() < 0.5);
	const changed = isHash ? hash : changeHash(random, hash === '' ? 'v1.t=' : hash);
	const newSearch = isHash || search === '' ? search : changeSearch(random, search);
	const newHash = isHash ? changeHash(random, hash) : random() < 0.2 ? changed : hash;
	return `${path}?${newSearch}#${newHash.replaceAll('#', '')}`;
}

/** Decodes a hash the way a page does. @throws Error if the hash is rejected with a message that isn't a sentence */
const decode = (hash: string) =>
	decodeTextHash(hash).catch((error: unknown) => {
		assert(
			/^Error: This link .*[.]$/.test(String(error)),
			`got "${String(error)}", expected a sentence`
		);
	});

/** Follows a link on an open page, as a click would, and waits until the page has drawn the result. */
const follow = (page: Page, href: string): Promise<boolean> =>
	page.evaluate(async (href) => {
		const link = document.createElement('a');
		link.href = href;
		document.body.append(link);
		const before = location.pathname;
		link.click();
		link.remove();
		const isThere = () => location.href === link.href || location.pathname !== before;
		for (let i = 0; i < 100 && !isThere(); i++) await new Promise((next) => setTimeout(next, 5));
		await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
		return (document.querySelector('main')?.textContent.trim().length ?? 0) > 0;
	}, href);

const withLimit = <T>(work: Promise<T>): Promise<T> =>
	Promise.race([
		work,
		new Promise<T>((_, reject) =>
			setTimeout(() => reject(new Error('the page does not respond')), RESPONSE_MS)
		)
	]);

const TYPED = 'What the visitor typed: größer, 你好.';

function isDecodable(hash: string): boolean {
	try {
		// Use the result, because bundlers drop calls that seem to have no side effects.
		return decodeURIComponent(hash).length >= 0;
	} catch {
		return false;
	}
}

/** Loads a link, goes to a different page, and comes back. */
const loadAndReturn = (stage: Stage, link: string) =>
	stage.try(`loaded: ${link.slice(0, 300)}`, async (visitor) => {
		const page = await visitor.open(link);
		// The page is hidden until the link has been applied.
		await expect(page.locator('main')).toHaveText(/\S/, { useInnerText: true });
		await leaveAndReturn(page);
		await expect(page.locator('main')).toHaveText(/\S/, { useInnerText: true });
	});

const openOverText = (stage: Stage, hash: string) =>
	stage.try(`over a typed text: #${hash.slice(0, 80)}`, async (visitor) => {
		const page = await visitor.open('./?t=gpt2');
		const text = page.getByTestId('text-input');
		const written = await encodeTextHash({ kind: 'text', value: TYPED });
		await text.fill(TYPED);
		await page.waitForURL((url) => url.hash === `#${written}`);
		await page.evaluate((hash) => (location.hash = hash), hash);
		const isRefused = async () => (await alerts(page)) !== '';
		// Only a hash that starts with a version can hold a text; any other hash is an anchor.
		if (/^v\d+(\.|$)/.test(hash)) {
			const isTyped = async () => (await text.inputValue()) === TYPED;
			await until('a text or a refusal', async () => (await isRefused()) || !(await isTyped()));
			if (!(await isRefused())) await page.goBack();
		}
		await expect(text).toHaveValue(TYPED);
	});

export const TAMPERED_LINKS: Fault = {
	name: 'tampered links',
	target: 'no hang, no error, no script, no lost text',
	count: 10_000,
	async *run(stage, random, count) {
		const real = await Promise.all(Object.values(PAGE_LINKS).map(addressOf));
		// Consecutive links are for different pages, because a page reads its URL only when it opens.
		const links = Array.from({ length: count }, (_, i) => tamper(random, real[i % real.length]));
		let visitor = await stage.visitor();
		let page = await visitor.open('./about/');
		for (const [i, link] of links.entries()) {
			const hash = link.slice(link.indexOf('#') + 1);
			const name = link.slice(0, 300);
			let problem: string | null = null;
			// No page can contain such a link, so open its URL directly.
			const isMalformed = !isDecodable(hash);
			if (isMalformed) yield loadAndReturn(stage, link);
			try {
				await decode(hash);
				if (isMalformed) continue;
				const isShown = await withLimit(follow(page, new URL(link, stage.site).href));
				assert(isShown, 'the page is blank');
				visitor.expectNoErrors();
			} catch (error) {
				problem = error instanceof Error ? error.message : String(error);
				await visitor.close();
				visitor = await stage.visitor();
				page = await visitor.open('./about/');
			}
			yield { name, problem, ms: null };
			if (i % LOADED_ONE_IN === 0) yield loadAndReturn(stage, link);
			if (i % TYPED_ONE_IN === 0) yield openOverText(stage, hash.slice(0, 20_000));
		}
		await visitor.close();
	}
};
