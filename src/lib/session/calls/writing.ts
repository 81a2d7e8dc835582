import { platformSha256 } from '../../drift/sha256';
import type { TokenizerSpec } from '../../engine';
import { encodeUtf8, hexOf } from '../../engine/text';
import type { ReadOptions } from '../../tokenizers/files/read';
import {
	lossesOf,
	conversionNote,
	writeTokenizer,
	type TokenizerFormat
} from '../../tokenizers/files/write';

export interface WrittenTokenizer {
	/** Parts of the tokenizer that affect ids but can't be written to the files, as noun phrases ("the pattern …"). */
	readonly losses: readonly string[];
	readonly files: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

/**
 * Writes a tokenizer and lists the parts that the format can't represent.
 * @param loadKnown loads a built-in tokenizer; without it, .tiktoken files aren't recognised
 * @throws Error if the format can't express the ids
 */
export async function writeFiles(
	spec: TokenizerSpec,
	format: TokenizerFormat,
	loadKnown?: ReadOptions['loadKnown']
): Promise<WrittenTokenizer> {
	const sha256 = platformSha256();
	const files = writeTokenizer(spec, format);
	const losses = await lossesOf(spec, format, {
		sha256: sha256 ? async (bytes) => hexOf(await sha256(bytes)) : undefined,
		loadKnown
	});
	if (conversionNote(spec, format)) losses.push('the longest matches of its normalizer');
	return { losses, files: files.map(({ name, text }) => ({ name, bytes: encodeUtf8(text) })) };
}
