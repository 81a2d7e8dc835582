/**
 * Loads and uses the tokenizer.json texts of a file with Hugging Face's native library, which may end
 * this process: `node native-verdict.js <file> <first>`. Writes one JSON line per text.
 */
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Tokenizer } = createRequire(import.meta.url)('tokenizers');

const [file, first] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(file, 'utf8'));

for (const text of texts.slice(Number(first))) {
	const verdict = await load(text);
	writeSync(1, `${JSON.stringify(verdict)}\n`);
}

async function load(text) {
	let tokenizer;
	try {
		tokenizer = Tokenizer.fromString(text);
	} catch (error) {
		// The place in the file depends on how the file is laid out.
		return `refused: ${error.message.replace(/ at line \d+ column \d+$/, '')}`;
	}
	await use(tokenizer);
	return 'yes';
}

/** Encodes and decodes whatever may panic. Errors other than panics are answers like any other. */
async function use(tokenizer) {
	const vocabulary = Object.entries(tokenizer.getVocab(true));
	const tokens = vocabulary.map(([token]) => token);
	const ids = vocabulary.map(([, id]) => id);
	const sample = tokens.slice(0, 100).join('');
	const inputs = ['', 'a', ' ', '  ', 'e\u0301 \ud83d\ude00', sample, sample.repeat(8), tokens.join(' ')];
	const settled = [];
	for (const add_special_tokens of [false, true]) {
		const options = { add_special_tokens };
		for (const input of inputs) {
			settled.push(tokenizer.encode(input, null, options));
			for (const other of ['', 'b', sample.repeat(8)]) {
				settled.push(tokenizer.encode(input, other, options));
			}
		}
		settled.push(tokenizer.encodeBatch(inputs, options));
	}
	for (const skipSpecial of [false, true]) {
		settled.push(tokenizer.decode([], skipSpecial), tokenizer.decode(ids, skipSpecial));
		const runs = ids.slice(0, 400).flatMap((id) => [[id], [id, id], [id, id, id], [ids[0], id]]);
		settled.push(tokenizer.decodeBatch([[], ...runs], skipSpecial));
	}
	await Promise.allSettled(settled);
}
