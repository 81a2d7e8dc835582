import { decodeUtf8 } from '../../engine/text';
import { isObject, parseJson, type LibraryFile } from './library-file';
import { parseLibraryJson } from './library-json';
import { readTokenizerJsonText } from './read';
import type { SlicedFile } from './types';

/**
 * Reads a tokenizer that only transformers.js runs.
 * The JSON is stored without its white space.
 * @returns `null` if the files are no tokenizer.json with a WordPiece or Unigram model
 * @throws Error in one line
 */
export async function readLibraryFiles(files: readonly SlicedFile[]): Promise<LibraryFile | null> {
	const tokenizer = await readTokenizerJsonText(files);
	const json = tokenizer === null ? null : parseLibraryJson(tokenizer);
	if (tokenizer === null || json === null) return null;
	const found = files.find((file) => file.name === 'tokenizer_config.json');
	const config = found ? await readConfig(found) : null;
	return { model: json.model.type, tokenizer: JSON.stringify(json), config };
}

/** Largest tokenizer_config.json that is read, in bytes; the largest known one has 200,000. */
const MAX_CONFIG_BYTES = 4 << 20;

async function readConfig(file: SlicedFile): Promise<string> {
	if (file.size > MAX_CONFIG_BYTES)
		throw new Error(
			`${file.name}: got ${file.size} bytes, expected at most ${MAX_CONFIG_BYTES}; leave it out`
		);
	const text = decodeUtf8(await file.read(0, file.size));
	if (!isObject(parseJson(text)))
		throw new Error(`${file.name}: got no JSON object, expected settings; leave it out`);
	return text;
}
