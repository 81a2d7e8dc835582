/** Recognises tokenizers by what is in a file, for files that may have any name. */
import { decodeUtf8 } from '../../engine/text';
import { isGzip, readGzippedClip } from './clip';
import { checkJsonBounds, isObject } from './exact-json';
import { isClip, isGguf, isRanksText, isSentencePiece, isTokenizerJson } from './recognize';

/** Bytes that tell most files apart. */
export const START_BYTES = 4096;

/** Starts of merges alone, of minbpe's models and of vocabularies for WordPiece. */
const REFUSED_TEXT = /^(#version: \d|minbpe v\d|\[(PAD|UNK)\]\r?\n)/;

/** Keys of tokenizers, which other JSON rarely has. A letter of a key may be written as an escape. */
const TOKENIZER_KEY = /"(vocab|bpe_ranks|pat_str)"|\\u00[67]/;

/** Tokens in the smallest vocabulary that is told from other objects of numbers: one for each byte. */
const MIN_VOCABULARY = 256;

/**
 * Whether a file is a tokenizer, or a vocabulary or merges alone, in a format that the lab reads or refuses by name.
 * @param start its first {@link START_BYTES}
 * @param readAll reads it, or as many bytes as a tokenizer's JSON may have; called for JSON and gzip only
 */
export async function hasTokenizerContent(
	start: Uint8Array,
	readAll: () => Promise<Uint8Array>
): Promise<boolean> {
	// In SentencePiece models a score follows the first piece; other protocol buffers continue differently.
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
		// Damaged, cut off, or with more values than the lab parses.
		return TOKENIZER_KEY.test(text);
	}
	return isTokenizerJson(json) || (isObject(json) && isVocabulary(Object.values(json)));
}

/** Whether values are ids of tokens: different whole numbers, nearly without gaps. */
const isVocabulary = (values: readonly unknown[]): boolean =>
	values.length >= MIN_VOCABULARY &&
	new Set(values).size === values.length &&
	values.every((id) => Number.isInteger(id) && Number(id) >= 0 && Number(id) < 2 * values.length);
