import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { get_encoding } from 'tiktoken';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeVocabAndMerges } from '../lib/engine';
import { BpeModel } from '../lib/engine/model/bpe';
import { GPT2_PATTERN } from '../lib/engine/pretokenize/patterns';
import { loadTranslations } from './languages';
import { loadTokenizer } from './load-tokenizer';
import { locateFile } from './locate-file';

const folder = mkdtempSync(join(tmpdir(), 'bpe-lab-load-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** Matches a single line that begins with `start`. */
const line = (start: string, rest = '.+'): RegExp =>
	new RegExp(`^${start.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${rest}$`);

it('a loaded tokenizer encodes its first long text in the core', async () => {
	const core = vi.spyOn(BpeModel.prototype, 'encodeText');
	const text = 'a long text '.repeat(50_000);
	(await loadTokenizer('cl100k_base')).encode(text);
	expect(core).toHaveLastReturnedWith(text.length);
	core.mockRestore();
});

describe('several files', () => {
	let files: File[] = [];
	beforeAll(async () => {
		const { vocab, merges } = writeVocabAndMerges((await loadTokenizer('gpt2')).spec);
		files = [new File([merges], 'merges.txt'), new File([vocab], 'vocab.json')];
	});

	it('are told apart by their names', async () => {
		const encoding = get_encoding('gpt2');
		const tokenizer = await loadTokenizer(files, { pattern: GPT2_PATTERN });
		for (const text of ['naïve 🤖 strawberry', "it's  two  spaces\n\n"]) {
			expect([...tokenizer.encode(text).ids]).toEqual([...encoding.encode(text)]);
		}
		const letters = await loadTokenizer(files, { pattern: '.' });
		const ids = [...'there'].flatMap((letter) => [...encoding.encode(letter)]);
		expect([...letters.encode('there').ids]).toEqual(ids);
		encoding.free();
	});

	it('are refused without names', async () => {
		const unnamed = [new Blob([]), new Uint8Array(3)] as unknown as File[];
		await expect(loadTokenizer(unnamed)).rejects.toThrow(
			'source: got a list of files without names'
		);
	});
});

describe('an error names', () => {
	beforeAll(() => {
		writeFileSync(at('text.json'), 'some text');
		writeFileSync(at('empty.json'), '');
		mkdirSync(at('nothing'));
		execFileSync('mkfifo', [at('pipe.json')]);
	});

	it.each([
		['text.json', 'not JSON'],
		['empty.json', 'got an'],
		['text.json/below', 'got a file as part of this path'],
		['nothing', 'got a folder'],
		// Rejected without reading it.
		['pipe.json', 'got a pipe']
	])('the path %s', async (name, problem) => {
		await expect(loadTokenizer(at(name))).rejects.toThrow(line(`${at(name)}: ${problem}`));
	});

	it('the name of a file', async () => {
		const file = new File(['some text'], 'named.json');
		await expect(loadTokenizer(file)).rejects.toThrow(line('named.json: not JSON'));
	});
});

describe('baseUrl', () => {
	const cut = at('cut');
	beforeAll(() => {
		mkdirSync(join(cut, 'languages'), { recursive: true });
		const packed = readFileSync(fileURLToPath(locateFile('gpt2.bin')));
		writeFileSync(join(cut, 'gpt2.bin'), packed.subarray(0, packed.length / 2));
		copyFileSync(fileURLToPath(locateFile('languages.json')), join(cut, 'languages.json'));
		writeFileSync(join(cut, 'languages/all.bin'), '');
	});

	it.each(['files', './files/', '/files/', ''])(
		'must be absolute in Node: "%s"',
		async (baseUrl) => {
			await expect(loadTokenizer('gpt2', { baseUrl })).rejects.toThrow(
				line(`baseUrl: got "${baseUrl}", expected an absolute address`)
			);
		}
	);

	it('is named with a file that is cut', async () => {
		const baseUrl = pathToFileURL(cut).href;
		await expect(loadTokenizer('gpt2', { baseUrl })).rejects.toThrow(
			line(`${baseUrl}/gpt2.bin: this file of bpe-lab can't be read (`)
		);
		await expect(loadTranslations({ baseUrl })).rejects.toThrow(
			line(`${baseUrl}/languages/all.bin: this file of bpe-lab can't be read (`)
		);
	});

	it('is named if the server answers with a page', async () => {
		const server = createServer((_, response) => {
			response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
			response.end('<!doctype html>');
		});
		await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
		try {
			const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/files/`;
			await expect(loadTokenizer('gpt2', { baseUrl })).rejects.toThrow(
				line(
					`${baseUrl}gpt2.bin: this file of bpe-lab can't be read (the server answered with a web page`
				)
			);
		} finally {
			await new Promise((done) => server.close(done));
		}
	});
});
