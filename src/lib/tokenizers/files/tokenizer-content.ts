/** Recognises tokenizers by the content of a file, regardless of its name. */
import { decodeUtf8 } from '../../engine/text';
import { isGzip, readGzippedClip } from './clip';
import { checkJsonBounds, isObject } from './exact-json';
import { isClip, isGguf, isRanksText, isSentencePiece, isTokenizerJson } from './recognize';

/** Number of bytes at the start of a file that are enough to recognise most formats. */
export const START_BYTES = 4096;

/** Matches the start of a merges.txt, a minbpe model or a WordPiece vocabulary. */
const REFUSED_TEXT = /^(#version: \d|minbpe v\d|\[(PAD|UNK)\]\r?\n)/;

/** Matches keys that occur in a tokenizer's JSON but rarely in other JSON, even if their letters are escaped. */
const TOKENIZER_KEY = /"(vocab|bpe_ranks|pat_str)"|\\u00[67]/;

/** Minimum number of members for an object with numeric values to count as a vocabulary: one token per byte. */
const MIN_VOCABULARY = 256;

/**
 * Whether a file is a tokenizer, a vocabulary or a list of merges. Also recognises files that the lab can't read but
 * whose format it can name in an error message.
 * @param start the first {@link START_BYTES} bytes
 * @param readAll reads the file up to the maximum size of a tokenizer's JSON; called only for JSON and gzip
 */
export async function hasTokenizerContent(
	start: Uint8Array,
	readAll: () => Promise<Uint8Array>
): Promise<boolean> {
	// In a SentencePiece model, a score follows the first piece; in other protocol buffers, none follows the string.
	if (isGguf(start) || (isSentencePiece(start) && start[4 + start[3]] === 0x15)) return true;
	if (isGzip(start)) return (await readGzippedClip(await readAll())) !== null;
	const text = decodeUtf8(start);
	if (isClip(text) || isRanksText(text) || REFUSED_TEXT.test(text)) return true;
	return /^\ufeff?\s*\{/.test(text) && isTokenizerText(await readAll());
}

function isTokenizerText(bytes: Uint8Array): boolean {
	const text = decodeUtf8(bytes).replace(/^\ufeff/, '');
	let json: unknown;
	try {
		checkJsonBounds(bytes);
		json = JSON.parse(text);
	} catch {
		// The JSON is damaged, truncated, or too large to parse.
		return TOKENIZER_KEY.test(text);
	}
	return isTokenizerJson(json) || (isObject(json) && isVocabulary(Object.values(json)));
}

/** Whether values are token ids: distinct whole numbers with few gaps. */
const isVocabulary = (values: readonly unknown[]): boolean =>
	values.length >= MIN_VOCABULARY &&
	new Set(values).size === values.length &&
	values.every((id) => Number.isInteger(id) && Number(id) >= 0 && Number(id) < 2 * values.length);
