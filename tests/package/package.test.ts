/** The npm package as users get it: packed, installed offline and without scripts into an empty folder, and used. */
import { execFileSync } from 'node:child_process';
import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { rolldown } from 'rolldown';
import { get_encoding } from 'tiktoken';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/lib/tokenizers/catalogue';
import { findChromium } from '../support/chromium.js';
import { ROOT, runProgram } from '../support/launcher';
import { HAS_GIT } from '../support/scratch-repository';
import { serve } from '../support/static-server.js';
import { testInCi } from './in-ci';

const MAX_PACKED_BYTES = 20_000_000;

const folder = mkdtempSync(join(tmpdir(), 'bpe-lab-package-'));
const app = join(folder, 'app');
const installed = join(app, 'node_modules/bpe-lab');
const BIN = join(app, 'node_modules/.bin/bpe-lab');

/** A user's environment, without the variables that npm sets for the scripts that run these tests. */
const env = Object.fromEntries(
	Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) && name !== 'INIT_CWD')
);
const npm = (cwd: string, ...args: string[]) =>
	execFileSync('npm', [...args, '--no-audit', '--no-fund'], {
		cwd,
		env,
		encoding: 'utf8',
		stdio: 'pipe'
	});
const write = (name: string, text: string) => writeFileSync(join(app, name), text);
const node = (...args: string[]) => runProgram(app, process.execPath, args);

const TEXT = 'naïve 🤖 strawberry\n';
const encoding = get_encoding('gpt2');
const IDS = [...encoding.encode(TEXT)];
encoding.free();
let tarball = '';

beforeAll(() => {
	mkdirSync(app);
	tarball = process.env.PACKED ?? pack();
	write('package.json', JSON.stringify({ name: 'app', private: true, type: 'module' }));
	npm(app, 'install', '--offline', '--ignore-scripts', tarball);
	write('text.txt', TEXT);
});
afterAll(() => rmSync(folder, { recursive: true }));

function pack(): string {
	const [{ filename }] = JSON.parse(npm(ROOT, 'pack', '--json', '--pack-destination', folder)) as {
		filename: string;
	}[];
	return join(folder, filename);
}

describe('the package', () => {
	it('is small, needs no other package, and has no scripts', () => {
		expect(statSync(tarball).size).toBeLessThan(MAX_PACKED_BYTES);
		const read = (folder: string) =>
			JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
		const manifest = read(installed);
		for (const field of ['private', 'dependencies', 'devDependencies', 'scripts'])
			expect(manifest).not.toHaveProperty(field);
		expect(read(ROOT)).toHaveProperty('scripts');
		expect(String(execFileSync(BIN, ['--version']))).toBe(`${String(manifest.version)}\n`);
		expect(readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
			'bpe-lab'
		]);
	});

	it('has licences and notices, and neither source maps nor tests', () => {
		const files = readdirSync(installed, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1));
		const copies = CATALOGUE.map(({ licence }) => `static/licences/${licence.copy}`);
		const shipped = ['LICENSE', 'NOTICE', 'dist/licences.txt', 'dist/spark/count.py', ...copies];
		expect(files).toEqual(expect.arrayContaining(shipped));
		expect(files.filter((name) => /[.]map$|[.]test[.]|^src\//.test(name))).toEqual([]);
		const licences = readFileSync(join(installed, 'dist/licences.txt'), 'utf8');
		for (const name of ['commander', 'js-tiktoken', '@xenova/transformers']) {
			expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
		}
		const holders = [
			'Copyright 2008 Google Inc.  All rights reserved.',
			'Copyright 2021-2026 Buf Technologies, Inc.',
			'Copyright (c) 2022 OpenAI, Shantanu Jain'
		];
		expect(licences.split('\n')).toEqual(expect.arrayContaining(holders));
		// The texts served by the site also cover the vocabularies.
		expect(licences).not.toMatch(/vocabular|About page/i);
	});

	it('has a bill of materials, with the checksums that npm states', () => {
		interface Component {
			type: string;
			name: string;
			purl: string;
			hashes?: object[];
			licenses?: { license: { id?: string; name?: string } }[];
		}
		const read = (json: string): { components: Component[]; metadata: unknown } => JSON.parse(json);
		const bill = read(readFileSync(join(installed, 'dist/bill.cdx.json'), 'utf8'));
		const licences = readFileSync(join(installed, 'dist/licences.txt'), 'utf8');
		const libraries = bill.components.filter(({ type }) => type === 'library');
		for (const { name } of libraries) expect(licences).toContain(`\n${name} `);
		expect(libraries).toHaveLength(licences.split(/^-{80}$/m).length);
		const stated = read(npm(ROOT, 'sbom', '--package-lock-only', '--sbom-format=cyclonedx'));
		const checksums = ({ purl, hashes }: Component) => ({ purl, hashes });
		expect(stated.components.map(checksums)).toEqual(
			expect.arrayContaining(libraries.map(checksums))
		);
		const vocabularies = bill.components.filter(({ type }) => type === 'data');
		const licenceOf = ({ name, licenses: [one] = [] }: Component) => [
			name,
			one.license.id ?? one.license.name
		];
		expect(vocabularies.map(licenceOf)).toEqual(
			CATALOGUE.map(({ id, licence }) => [id, licence.name])
		);
		const { license } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
		expect(bill).toMatchObject({
			bomFormat: 'CycloneDX',
			metadata: { component: { licenses: [{ expression: license }] } }
		});
	});
});

describe('the command line', () => {
	const bpeLab = (args: string, input = '') => runProgram(app, BIN, args.split(' '), input);

	beforeAll(() => {
		const run = (...args: string[]) => execFileSync(BIN, args, { cwd: app, encoding: 'utf8' });
		run('train', '--vocab-size', '40', '--out', 'small.json', '--quiet', 'text.txt');
		write('baseline.json', run('fingerprint', 'small.json', '--json'));
		const small: unknown = JSON.parse(readFileSync(join(app, 'small.json'), 'utf8'));
		write('copy.json', JSON.stringify(small, null, 4));
		if (HAS_GIT) execFileSync('git', ['init', '--quiet'], { cwd: app });
	});

	/** Arguments, input and expected output of every command, in the order of the help. */
	const RUNS: [command: string, args: string, input: string, output: RegExp | string][] = [
		['tokenizers', '', '', /^id +family[^]*\nwhisper /],
		['encode', '-t gpt2 --runtime js-tiktoken', TEXT, `${IDS.join(' ')}\n`],
		['encode', '-t gpt2 --runtime transformers.js', TEXT, `${IDS.join(' ')}\n`],
		['decode', '-t gpt2', IDS.join(' '), TEXT],
		['trace', '-t gpt2 text.txt', '', /"merges"/],
		['train', '--vocab-size 40 --out trained.json text.txt', '', ''],
		['count', '', 'a b b\n', '"a"\t1\n" b"\t2\n"\\n"\t1\n'],
		['inspect', 'small.json', '', /tokenizer\.json/],
		['convert', 'gpt2 --out converted.json', '', ''],
		['fingerprint', 'gpt2', '', /^bpe-lab-drift-v\d+:[0-9a-f]{64} {2}gpt2\n$/],
		['inflation', '-t gpt2', '', /^tokenizer +language[^]*\ngpt2 +eng /],
		['diff', 'small.json copy.json', '', /^small.json → copy.json: formatting-only$/m],
		['diff', '--baseline baseline.json copy.json --fail-on any', '', /small/],
		['gate', '--base HEAD', '', /^compared 0, .*: nothing to compare\n$/],
		['completion', 'bash', '', /^_bpe_lab/]
	];

	it.for(RUNS)('runs %s %s', async ([command, args, input, output], { skip }) => {
		skip(command === 'gate' && !HAS_GIT, 'Git is not installed');
		const result = await bpeLab(`${command} ${args}`.trim(), input);
		expect(result).toMatchObject({ code: 0 });
		if (typeof output === 'string') expect(result.output).toBe(output);
		else expect(result.output).toMatch(output);
	});

	it('counts tokens as the README says', () => {
		const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
		const commands = Array.from(readme.matchAll(/^bpe-lab (encode .*)$/gm), ([, args]) => args);
		expect(commands).toHaveLength(2);
		write('book.txt', 'strawberry '.repeat(1000));
		const outputs = commands.map((args) =>
			execFileSync('sh', ['-c', `"${BIN}" ${args}`], { cwd: app, encoding: 'utf8' })
		);
		// Counts from tiktoken for o200k_base, and from Hugging Face's library for Llama 3.
		expect(outputs).toEqual(['1003\n', '7\n']);
	});

	it('fails with exit code 2 and one line if the working directory is gone', async () => {
		const script = `mkdir gone && cd gone && rmdir ../gone && exec "${process.execPath}" "${BIN}" encode -t gpt2 text.txt`;
		const { code, output, errors } = await runProgram(app, 'sh', ['-c', script]);
		expect({ code, output }).toEqual({ code: 2, output: '' });
		expect(errors).toBe(
			'bpe-lab: text.txt: there is no such file; to pass the input itself, use --text\n'
		);
	});

	it('has no command but these', async () => {
		const { output } = await bpeLab('--help');
		const [, list] = output.split('Commands:\n');
		const commands = Array.from(list.matchAll(/^ {2}(\w+)/gm), ([, name]) => name);
		expect(commands.filter((name) => name !== 'help')).toEqual([
			...new Set(RUNS.map(([name]) => name))
		]);
	});
});

describe('the libraries in Node', () => {
	it.each(['README.md', 'docs/library.md'])('run the example of %s, as it says', async (page) => {
		const [, example] = /```js\n([^]*?)```/.exec(readFileSync(join(ROOT, page), 'utf8')) ?? [];
		write('example.js', example);
		const expected = Array.from(
			example.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm),
			([, line]) => line
		);
		const { code, output, errors } = await node('example.js');
		expect({ code, errors }).toEqual({ code: 0, errors: '' });
		expect(output).toBe(`${expected.join('\n')}\n`);
	});

	it('load tokenizers by name, path and bytes, judge them, and read all languages', async () => {
		write(
			'libraries.js',
			`import { readFileSync, writeFileSync } from 'node:fs';
			import { loadTokenizer, tokenizerJsonText } from 'bpe-lab';
			import { CATALOGUE, createLibraryRuntime, readTokenizer } from 'bpe-lab/tokenizers';
			import { judge } from 'bpe-lab/drift';
			import { loadTranslations } from 'bpe-lab/languages';
			const text = readFileSync('text.txt', 'utf8');
			const named = await loadTokenizer('gpt2');
			const json = new TextEncoder().encode(tokenizerJsonText(named.spec));
			writeFileSync('named.json', json);
			const tokenizers = [named, await loadTokenizer('named.json'), await loadTokenizer(json),
				await loadTokenizer(new Blob([json])),
				await loadTokenizer('gpt2', { baseUrl: new URL('./files/', import.meta.resolve('bpe-lab')).href }),
				await createLibraryRuntime('js-tiktoken', named.spec),
				await createLibraryRuntime('transformers.js', named.spec)];
			const small = await loadTokenizer('small.json');
			const report = await judge({ spec: small.spec }, { spec: named.spec }, { budget: 'quick' });
			const difference = await loadTokenizer('p50k_edit');
			console.log(JSON.stringify({
				ids: tokenizers.map((one) => [...one.encode(text).ids]),
				catalogue: CATALOGUE.length,
				verdict: report.verdict,
				languages: (await loadTranslations()).length,
				difference: difference.decode(difference.encode(text).ids) === text
			}));
			await loadTokenizer('nothing').catch((error) => console.log(error.message));`
		);
		const { code, output, errors } = await node('libraries.js');
		expect({ code, errors }).toEqual({ code: 0, errors: '' });
		const [results, message] = output.trimEnd().split('\n');
		const { ids, ...others } = JSON.parse(results) as { ids: number[][] };
		expect(ids).toEqual(Array.from({ length: 7 }, () => IDS));
		expect(others).toEqual({
			catalogue: 30,
			// The model has no embedding rows for the larger ids.
			verdict: 'crash',
			languages: 521,
			difference: true
		});
		expect(message).toMatch(
			/^unknown tokenizer "nothing": expected .*cl100k_base.* path of a file/
		);
	});

	// Types that NodeNext resolves also work in bundlers, since the package has no conditions of its own.
	it('have types that resolve', async () => {
		write(
			'consumer.ts',
			`import { loadTokenizer, trainOn, type Encoding, type TokenizerSpec } from 'bpe-lab';
			import { CATALOGUE, readTokenizer, type TokenizerDescriptor } from 'bpe-lab/tokenizers';
			import { judge, type Verdict } from 'bpe-lab/drift';
			import { loadTranslations, scriptOf } from 'bpe-lab/languages';
			const tokenizer = await loadTokenizer('gpt2', { baseUrl: 'https://example.org/files/' });
			const encoding: Encoding = tokenizer.encode('a');
			const ids: Uint32Array = encoding.ids;
			const text: string = tokenizer.decodeStream({ skipSpecial: true }).push(ids);
			const spec: TokenizerSpec = tokenizer.spec;
			const descriptor: TokenizerDescriptor = CATALOGUE[0];
			const verdict: Verdict = (await judge({ spec }, { spec })).verdict;
			const script: string | null = scriptOf('a');
			const names: string[] = (await loadTranslations()).map(({ language }) => language.name);
			await loadTokenizer([new File(['a'], 'vocab.json'), new File(['a'], 'merges.txt')]);
			await loadTokenizer(new Blob(['a']));
			// @ts-expect-error: the files of a list are told apart by their names
			await loadTokenizer([new Uint8Array(3), new Blob(['a'])]);
			// @ts-expect-error: a number is no tokenizer
			await loadTokenizer(3);
			// @ts-expect-error: there is no such option
			tokenizer.encode('a', { bos: true });
			export { text, descriptor, verdict, script, names, trainOn, readTokenizer };`
		);
		const options = '--noEmit --strict --target es2022 --lib es2024,dom --types --module nodenext';
		const { code, output } = await node(
			join(ROOT, 'node_modules/typescript/bin/tsc'),
			...options.split(' '),
			'consumer.ts'
		);
		expect({ code, output }).toEqual({ code: 0, output: '' });
	});
});

/** A function that calls every function of a tokenizer. */
const EVERY_FUNCTION = `import type { Batch, Tokenizer } from 'bpe-lab/tokenizers/o200k_base';
export async function everyFunction(tokenizer: Tokenizer, text: string) {
	const ids: number[] = tokenizer.encodeToArray(text);
	const within: number | false = tokenizer.isWithinTokenLimit(text, 3);
	const batch: Batch = tokenizer.encodeBatch([text, 'a'], {
		padding: 'longest',
		padId: 0,
		padSide: 'left',
		truncation: 4
	});
	const streamed: number[] = [];
	for await (const part of tokenizer.encodeStream(text)) streamed.push(...part);
	const special: Uint32Array = tokenizer.encode('<|endoftext|>', {
		allowedSpecial: ['<|endoftext|>']
	}).ids;
	let refusal = '';
	try {
		tokenizer.encode('<|endoftext|>', { disallowedSpecial: 'all' });
	} catch (error) {
		refusal = String(error);
	}
	const token: string | undefined = tokenizer.idToToken(ids[0]);
	const id: number | undefined = tokenizer.tokenToId('hello');
	const bytes: Uint8Array = tokenizer.tokenBytes(ids[0]);
	const stream = tokenizer.decodeStream();
	const truncated: string = tokenizer.truncate(text, 3);
	const decoded: string = tokenizer.decode(ids);
	return {
		...{ ids, within, streamed, refusal, token, id, truncated, decoded },
		count: tokenizer.count(text),
		batch: batch.ids.map((row) => [...row]),
		mask: batch.attentionMask.map((row) => [...row]),
		special: [...special],
		bytes: [...bytes],
		streamedText: stream.push(ids) + stream.end(),
		traced: tokenizer.trace('a').length
	};
}
`;

describe('one tokenizer', () => {
	const text = 'naïve 🤖 strawberry';
	/** Long enough to start threads. */
	const LONG_TEXT = TEXT.repeat(100_000);
	/** tiktoken's results, and the lab's results for them. */
	const expected = () => {
		const tiktoken = get_encoding('o200k_base');
		const ids = Array.from(tiktoken.encode(text));
		const [a] = tiktoken.encode('a');
		const bytes = [...tiktoken.decode_single_token_bytes(ids[0])];
		const id = tiktoken.encode_single_token(new TextEncoder().encode('hello'));
		const first = new TextDecoder().decode(tiktoken.decode(Uint32Array.from(ids.slice(0, 3))));
		const long = tiktoken.encode(LONG_TEXT).length;
		tiktoken.free();
		return { ids, a, bytes, id, first, long };
	};

	it('has types for every function, in a strict program', async () => {
		write('every.ts', EVERY_FUNCTION);
		write('long.txt', LONG_TEXT);
		write(
			'main.ts',
			`import { countFile, loadTokenizer as load, type Tokenizer } from 'bpe-lab';
			import { loadTokenizer } from 'bpe-lab/tokenizers/o200k_base';
			import { everyFunction } from './every.js';
			const tokenizer: Tokenizer = await loadTokenizer();
			const named = await load('gpt-4o');
			const text = 'naïve 🤖 strawberry';
			const chunks = async function* (): AsyncGenerator<Uint8Array> {
				yield new TextEncoder().encode(text);
			};
			const counts: number[] = await Promise.all([
				countFile(tokenizer, 'text.txt', { threads: 2, special: 'text' }),
				countFile(named, new Blob([text])),
				countFile(named, chunks()),
				countFile(named, 'long.txt', { threads: 3 })
			]);
			console.log(JSON.stringify({ ...(await everyFunction(tokenizer, text)), counts }));`
		);
		const options =
			'--strict --noUncheckedIndexedAccess false --target es2022 --lib es2024,dom --types --module nodenext';
		const compiled = await node(
			join(ROOT, 'node_modules/typescript/bin/tsc'),
			...options.split(' '),
			'main.ts'
		);
		expect(compiled).toEqual({ code: 0, output: '', errors: '' });
		const { code, output, errors } = await node('main.js');
		expect({ code, errors }).toEqual({ code: 0, errors: '' });
		const { ids, a, bytes, id, first, long } = expected();
		const { refusal, token, ...found } = JSON.parse(output) as Record<string, unknown>;
		expect(refusal).toContain('<|endoftext|>');
		expect(token).toBe('na');
		expect(found).toEqual({
			...{ ids, bytes, id, within: false, streamed: ids, special: [199999], traced: 1 },
			count: ids.length,
			truncated: first,
			decoded: text,
			streamedText: text,
			batch: [ids.slice(0, 4), [0, 0, 0, a]],
			mask: [
				[1, 1, 1, 1],
				[0, 0, 0, 1]
			],
			// The file ends with a newline.
			counts: [ids.length + 1, ids.length, ids.length, long]
		});
	});

	it('has no effect when it is imported, and neither have the libraries', async () => {
		const names = ['', '/tokenizers', '/tokenizers/gpt2', '/drift', '/languages'];
		write('imports.js', names.map((name) => `import 'bpe-lab${name}';\n`).join(''));
		const bundle = await rolldown({ input: join(app, 'imports.js'), platform: 'browser' });
		const { output } = await bundle.generate();
		expect(output).toHaveLength(1);
		expect(output[0].code.trim()).toBe('');
	});

	it('is all that an application of Vite ships, which works in a browser', async () => {
		const site = join(app, 'site');
		mkdirSync(site);
		write('site/index.html', '<script type="module" src="/main.ts"></script>');
		write('site/every.ts', EVERY_FUNCTION);
		write(
			'site/main.ts',
			`import { loadTokenizer } from 'bpe-lab/tokenizers/o200k_base';
			import { everyFunction } from './every';
			globalThis.run = async (text) => everyFunction(await loadTokenizer(), text);`
		);
		await build({ root: site, base: './', configFile: false, logLevel: 'error' });
		const shipped = readdirSync(join(site, 'dist'), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => readFileSync(join(entry.parentPath, entry.name)));
		const size = (files: Buffer[]) => files.reduce((sum, { length }) => sum + length, 0);
		const [vocabulary, ...code] = shipped.sort((a, b) => b.length - a.length);
		expect(size(shipped)).toBeLessThan(1_400_000);
		expect(size(code.map((file) => gzipSync(file)))).toBeLessThan(60_000);
		expect(vocabulary.length).toBeGreaterThan(900_000);
		const server = await serve(join(site, 'dist'));
		const browser = await chromium.launch(await findChromium());
		try {
			const page = await browser.newPage();
			await page.goto(server.url);
			await page.waitForFunction('globalThis.run');
			const found = await page.evaluate(`run(${JSON.stringify(text)})`);
			const { ids } = expected();
			expect(found).toMatchObject({ ids, streamed: ids, decoded: text, count: ids.length });
		} finally {
			await browser.close();
			await server.close();
		}
	});
});

testInCi(folder);
