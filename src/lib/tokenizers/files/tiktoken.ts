import { specFromTiktoken, tokenAt, vocabularySize, type TokenizerSpec } from '../../engine';
import { encodeBase64 } from '../../engine/stages';
import { encodeUtf8 } from '../../engine/text';

/**
 * Reads the ranks of a .tiktoken file.
 * @param pattern '' if it isn't known yet
 * @returns the spec, and the bytes of the file as OpenAI's library writes it: lines in order of rank
 * @throws Error that gives the line number
 */
export function readRanks(
	text: string,
	pattern: string
): { readonly spec: TokenizerSpec; readonly file: Uint8Array<ArrayBuffer> } {
	const lines = text.split('\n').map((line, i) => {
		// In js-tiktoken's rank format, a line that starts with "!" lists several consecutive tokens.
		if (line.startsWith('!')) {
			throw new Error(`ranks line ${i + 1}: got "!", expected a token in base64`);
		}
		return line.startsWith('= ') ? '' : line;
	});
	const spec = specFromTiktoken({
		bpe_ranks: lines.join('\n'),
		pat_str: pattern,
		special_tokens: {}
	});
	return { spec, file: rankFile(spec) };
}

/** Writes a line per token, in order of rank: the token in base64 and its rank. */
function rankFile({ model: { vocabulary } }: TokenizerSpec): Uint8Array<ArrayBuffer> {
	const lines: string[] = [];
	for (let id = 0; id < vocabularySize(vocabulary); id++) {
		const bytes = tokenAt(vocabulary, id);
		if (bytes.length > 0) lines.push(`${encodeBase64(bytes)} ${id}\n`);
	}
	return encodeUtf8(lines.join(''));
}

/**
 * Ids of built-in tokenizers, by the hexadecimal SHA-256 of their .tiktoken file with its lines in order of rank. A
 * .tiktoken file doesn't contain a pattern, so the hash identifies its tokenizer. If several tokenizers share a file,
 * the first one is listed.
 */
export const RANKS: ReadonlyMap<string, string> = new Map([
	['223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7', 'cl100k_base'],
	['5a493598071550244b2ee7f26118f3edec2150b9dfa967929a99052ac83fe716', 'glm-4.5'],
	['306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930', 'gpt2'],
	['b6c497a7469b33ced9c38afb1ad6e47f03f5e5dc05f15930799210ec050c5103', 'kimi-k2'],
	['82e9d31979e92ab929cd544440f129d9ecd797b69e327f80f17e1c50d5551b55', 'llama3'],
	['d0bdbaf59b0762c8c807617e2d8ea51420eb1b1de266df2495be755c8e0ed6ed', 'llama4'],
	['446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d', 'o200k_base'],
	['94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069', 'p50k_base'],
	['b2b1b8dfb5cc5f024bafc373121c6aba3f66f9a5a0269e243470a1de16a33186', 'qwen2.5'],
	['8dde380a6405e935f5de16a99eb61c824f3f814dd1ed298784c72babb7a03cdd', 'qwen3.5'],
	['316413f0a5497a8219e48697be7faac30a90c0756680c24114266233fba152af', 'whisper']
]);

/** Id of the tokenizer whose ranks have this SHA-256; `undefined` if it isn't built in. */
export const knownRanks = (sha256: string): string | undefined => RANKS.get(sha256);

/** Id of the built-in tokenizer with the same ranks; `undefined` if there is none. */
export async function knownRanksOf(
	spec: TokenizerSpec,
	sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>
): Promise<string | undefined> {
	return spec.model.byte_level ? knownRanks(await sha256(rankFile(spec))) : undefined;
}
