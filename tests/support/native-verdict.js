/**
 * Loads and uses the tokenizer.json texts of a file with Hugging Face's native library, which may end
 * this process: `node native-verdict.js <file> <first> [load]`. With `load` nothing is used. Writes one
 * JSON line per text.
 */
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Tokenizer } = createRequire(import.meta.url)('tokenizers');

const [file, first, only] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(file, 'utf8'));

for (const text of texts.slice(Number(first))) {
	const verdict = await load(text);
	writeSync(1, `${JSON.stringify(verdict)}\n`);
}

/** @param {string} text */
async function load(text) {
	let tokenizer;
	try {
		tokenizer = Tokenizer.fromString(text);
	} catch (error) {
		// The place in the file depends on how the file is laid out.
		return `refused: ${String(/** @type {Error} */ (error).message).replace(/ at line \d+ column \d+$/, '')}`;
	}
	if (only !== 'load') await use(tokenizer);
	return 'yes';
}

/**
 * Encodes and decodes whatever may panic, one after the other so that the first panic is always the
 * same. Errors other than panics are answers like any other.
 * @param {import('tokenizers').Tokenizer} tokenizer
 */
async function use(tokenizer) {
	const vocabulary = Object.entries(tokenizer.getVocab(true)).sort(([a], [b]) => (a < b ? -1 : 1));
	const tokens = vocabulary.slice(0, 300).map(([token]) => token);
	const ids = vocabulary.slice(0, 300).map(([, id]) => id);
	const sample = tokens.join('').slice(0, 100);
	const short = [
		'',
		'a',
		'ab',
		' ab',
		'ab ',
		'b a b',
		'ab   ',
		'a \t  b',
		'\tab',
		'Hello world',
		'\u00e9\n\u4e16',
		'  '
	];
	const long = [sample.repeat(3), tokens.join(' ').slice(0, 300) + 'ab '.repeat(20)];
	for (const addSpecialTokens of [false, true]) {
		const options = { addSpecialTokens };
		/** @type {(text: string, pair: string | null) => Promise<unknown>} */
		const encode = (text, pair) => settle(() => tokenizer.encode(text, pair, options));
		for (const text of [...short, ...long]) await encode(text, null);
		for (const text of long) {
			for (const pair of [...short, ...long]) await encode(text, pair);
			await encode('', text);
			for (let length = 1; length < 20; length++) {
				await encode(text, 'b'.repeat(length));
				await encode('b'.repeat(length), text);
			}
		}
		await settle(() => tokenizer.encodeBatch([...short, ...long], options));
	}
	const runs = ids.flatMap((id) => [[id], [id, id], [id, id, id], [ids[0], id]]);
	for (const skipSpecial of [false, true]) {
		for (const run of [[], ids]) await settle(() => tokenizer.decode(run, skipSpecial));
		await settle(() => tokenizer.decodeBatch([[], ...runs], skipSpecial));
	}
}

/** @param {() => Promise<unknown>} call */
async function settle(call) {
	try {
		return await call();
	} catch (error) {
		return error;
	}
}
