// Adapter for measuring bpe-lab with huggingface/tokbench, used like the one in engines/ai-tokenizer. Copy this folder
// to engines/bpe-lab in tokbench, and install bpe-lab. Prints one line of JSON.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chunksOf, measure } from './protocol.mjs';

const text = (value) => ({ type: 'string', default: value });
const { values } = parseArgs({
	options: {
		model: text(''),
		corpus: text(''),
		reps: text('5'),
		'chunk-bytes': text('10240'),
		'max-chunks': text('100')
	}
});

const start = performance.now();
const described = { version: 'bpe-lab', lang: 'typescript' };
let tokenizer;
try {
	const { loadTokenizer } = await import('bpe-lab');
	tokenizer = await loadTokenizer(join(values.model, 'tokenizer.json'));
	const manifest = new URL('../package.json', import.meta.resolve('bpe-lab'));
	described.version += ` ${JSON.parse(readFileSync(manifest, 'utf8')).version}`;
} catch (error) {
	const none = { secs: 0, tokens: 0, bytes: 0, ids_hash: 0, load_ms: 0 };
	console.log(JSON.stringify({ ...described, ...none, unsupported: error.message }));
	process.exit(0);
}
const load_ms = performance.now() - start;
const chunks = chunksOf(
	readFileSync(values.corpus),
	Number(values['chunk-bytes']),
	Number(values['max-chunks'])
);
const encode = (chunk) => tokenizer.encode(chunk, { special: 'parse' }).ids;
const { secs, bytes, tokens, hash, isReused } = await measure(encode, chunks, Number(values.reps));
const result = { ...described, ...{ secs, tokens, bytes, load_ms, reused: isReused } };
const more = { ...result, also_computes: 'byte offsets', internally_parallel: false };
// JavaScript's JSON has no 64-bit integers.
console.log(JSON.stringify({ ...more, ids_hash: '#' }).replace('"#"', String(hash)));
