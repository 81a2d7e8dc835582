/**
 * Loads the tokenizer.json texts of a file with Hugging Face's native library, which may end this process:
 * `node native-verdict.js <file> <first>`. Writes one JSON line per text.
 */
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Tokenizer } = createRequire(import.meta.url)('tokenizers');

const [file, first] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(file, 'utf8'));

for (const text of texts.slice(Number(first))) writeSync(1, `${JSON.stringify(load(text))}\n`);

/** @param {string} text */
function load(text) {
	try {
		Tokenizer.fromString(text);
		return 'yes';
	} catch (error) {
		// The place in the file depends on how the file is laid out.
		return `refused: ${String(/** @type {Error} */ (error).message).replace(/ at line \d+ column \d+$/, '')}`;
	}
}
