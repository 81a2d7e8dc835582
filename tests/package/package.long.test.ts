/** The files of the package, built twice, and used in a browser. */
import { createHash } from 'node:crypto';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { build, createLogger } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findChromium } from '../support/chromium.js';
import { ROOT, runProgram } from '../support/launcher';
import { ORACLE_INPUTS, oracleOf } from '../support/oracle';
import { serve } from '../support/static-server.js';

const folder = mkdtempSync(join(tmpdir(), 'bpe-lab-bundle-'));
const installed = join(folder, 'node_modules/bpe-lab');
beforeAll(async () => {
	await buildInto(join(installed, 'dist'));
	cpSync(join(ROOT, 'package.json'), join(installed, 'package.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function buildInto(path: string): Promise<void> {
	const args = ['src/package/build.js', path];
	const { code, errors } = await runProgram(ROOT, process.execPath, args);
	expect({ code, errors }).toEqual({ code: 0, errors: '' });
}

it('is the same in every byte when it is built again', async () => {
	const second = join(folder, 'second');
	await buildInto(second);
	const hashes = (path: string) =>
		readdirSync(path, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name))
			.sort()
			.map((file) => [
				file.slice(path.length),
				createHash('sha256').update(readFileSync(file)).digest('hex')
			]);
	expect(hashes(second)).toEqual(hashes(join(installed, 'dist')));
});

const llama2 = oracleOf('llama2').text;

type Run = (
	texts: readonly string[]
) => Promise<{ ids: number[][]; decoded: string; streamed: string }[]>;

it('a bundle of Vite runs the library in a browser, and downloads only the vocabulary it loads', async () => {
	const site = join(folder, 'site');
	mkdirSync(site);
	writeFileSync(join(site, 'index.html'), '<script type="module" src="/page.js"></script>');
	writeFileSync(
		join(site, 'page.js'),
		`import { loadTokenizer, tokenizerJsonText } from 'bpe-lab';
		import { createLibraryRuntime } from 'bpe-lab/tokenizers';
		globalThis.run = async (texts) => {
			const tokenizer = await loadTokenizer('llama2');
			const file = new File([tokenizerJsonText(tokenizer.spec)], 'tokenizer.json');
			const fromFile = await loadTokenizer(file);
			const served = await loadTokenizer('llama2', { baseUrl: 'copy/' });
			const library = await createLibraryRuntime('transformers.js', tokenizer.spec);
			const all = [tokenizer, fromFile, served, library];
			return texts.map((text) => {
				const { ids } = tokenizer.encode(text);
				const stream = tokenizer.decodeStream();
				return {
					ids: all.map((one) => [...one.encode(text).ids]),
					decoded: tokenizer.decode(ids),
					streamed: [...ids].map((id) => stream.push([id])).join('') + stream.end()
				};
			});
		};`
	);
	const warnings: string[] = [];
	const warn = (message: string) => void warnings.push(message);
	await build({
		root: site,
		base: './',
		configFile: false,
		customLogger: Object.assign(createLogger('warn'), { warn, warnOnce: warn, error: warn })
	});
	expect(warnings).toEqual([]);
	cpSync(join(installed, 'dist/files'), join(site, 'dist/copy'), { recursive: true });
	const server = await serve(join(site, 'dist'));
	const browser = await chromium.launch(await findChromium());
	try {
		const page = await browser.newPage();
		const problems: string[] = [];
		const vocabularies: string[] = [];
		page.on('pageerror', ({ message }) => problems.push(message));
		page.on('request', (request) => {
			const [, name] = /([\w.-]+)-[\w-]{8}[.]bin$/.exec(request.url()) ?? [];
			if (name) vocabularies.push(name);
		});
		await page.goto(server.url);
		await page.waitForFunction('globalThis.run');
		const found = await page.evaluate(
			(texts) => (globalThis as unknown as { run: Run }).run(texts),
			ORACLE_INPUTS.map(({ text }) => text)
		);
		for (const [i, { ids, decoded, streamed }] of found.entries()) {
			// The library differs from native on some texts, which its own tests list.
			expect(ids.slice(0, 3)).toEqual([llama2[i], llama2[i], llama2[i]]);
			expect(streamed).toBe(decoded);
		}
		expect(found[0].ids[3]).toEqual(llama2[0]);
		expect(new Set(vocabularies)).toEqual(new Set(['llama2']));
		expect(problems).toEqual([]);
	} finally {
		await browser.close();
		await server.close();
	}
});
