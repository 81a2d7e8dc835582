import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, it, vi } from 'vitest';
import { encodeUtf8 } from '../../engine/text';
import { generatedFolder } from '../../../tools/generated';
import type * as Languages from './language-texts';

let fetched: string[];
/** Responses from the network, in order. Later requests receive the packed files. */
let answers: (() => Promise<Response>)[];
/** A fresh copy of the module, with nothing downloaded. */
let languages: typeof Languages;

const packedFile = (address: string) => {
	const name = /languages\/(first|all)/.exec(address)?.[0] ?? address;
	return new Response(new Uint8Array(readFileSync(join(generatedFolder, `${name}.bin`))));
};

beforeEach(async () => {
	fetched = [];
	answers = [];
	vi.stubGlobal('fetch', (address: string) => {
		fetched.push(/(first|all)/.exec(address)?.[0] ?? address);
		return answers.shift()?.() ?? Promise.resolve(packedFile(address));
	});
	vi.resetModules();
	languages = await import('./language-texts');
});
/** Compares errors by name, because each copy of the module has its own error class. */
const refusal = (promise: Promise<unknown>): Promise<unknown> =>
	promise.then(
		() => 'no error',
		(error: unknown) => (error instanceof Error ? [error.name, error.message] : error)
	);

it('returns the texts in the requested order', async () => {
	const texts = await languages.downloadLanguageTexts(['tur', 'eng']);
	expect([...texts.keys()]).toEqual(['tur', 'eng']);
	expect(texts.get('tur')?.text).toMatch(/^Bütün insanlar hür/);
	expect(texts.get('eng')?.text).toMatch(/^All human beings are born free/);
});

it('fetches a small file for the first languages and a full one for others, each once', async () => {
	await languages.downloadLanguageTexts(['eng', 'mya']);
	await languages.downloadLanguageTexts(['jpn']);
	expect(fetched).toEqual(['first']);
	const [some] = await Promise.all([
		languages.downloadLanguageTexts(['eng', 'shn']),
		languages.downloadLanguageTexts(['fra'])
	]);
	expect(fetched).toEqual(['first', 'all']);
	expect(some.get('shn')?.words).toBeNull();
});

it('has the text of every language of the index', async () => {
	const codes = languages.LANGUAGES.map(({ code }) => code);
	const texts = await languages.downloadLanguageTexts(codes);
	for (const { code, bytes } of languages.LANGUAGES) {
		expect(encodeUtf8(texts.get(code)?.text ?? '').length, code).toBe(bytes);
	}
});

it('reports progress', async () => {
	const heard: number[] = [];
	await languages.downloadLanguageTexts(['eng'], ({ received }) => heard.push(received));
	expect(heard.at(-1)).toBe(readFileSync(join(generatedFolder, 'languages/first.bin')).length);
});

it('reports an error, and fetches again on the next request', async () => {
	answers = [
		() => Promise.resolve(new Response('', { status: 503 })),
		() => Promise.resolve(new Response('\x1f\x8bnot gzip')),
		() => Promise.resolve(new Response(gzipSync('["eng",1]\n["tur"'))),
		// Sign-in page of a network.
		() => Promise.resolve(new Response('<html></html>'))
	];
	const again = () => refusal(languages.downloadLanguageTexts(['eng']));
	for (const problem of [
		'could not be fetched: the server answered 503, expected 200.',
		'arrived damaged (',
		'arrived damaged (',
		'arrived damaged (the declaration "eng" is not among them).'
	]) {
		const message = expect.stringContaining(`The texts of the languages ${problem}`) as string;
		expect(await again()).toEqual(['DownloadError', message]);
	}
	expect((await languages.downloadLanguageTexts(['eng'])).size).toBe(1);
});
