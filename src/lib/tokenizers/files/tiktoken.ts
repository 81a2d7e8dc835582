import { specFromTiktoken, tokenAt, vocabularySize, type TokenizerSpec } from '../../engine';
import { encodeBase64 } from '../../engine/stages';
import { encodeUtf8 } from '../../engine/text';
import { CATALOGUE } from '../catalogue';

/**
 * Reads the ranks of a .tiktoken file.
 * @param pattern '' if it is not known yet
 * @returns also the bytes of the file as OpenAI's library writes it: lines in the order of the ranks
 * @throws Error that names the line
 */
export function readRanks(
	text: string,
	pattern: string
): { readonly spec: TokenizerSpec; readonly file: Uint8Array<ArrayBuffer> } {
	const lines = text.split('\n').map((line, i) => {
		// In js-tiktoken's form of ranks, tokens in a row follow.
		if (line.startsWith('!')) {
			throw new Error(`bpe_ranks line ${i + 1}: got "!", expected a token in base64`);
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

/** Lines of a token in base64 and its rank, by rank. */
function rankFile({ model: { vocabulary } }: TokenizerSpec): Uint8Array<ArrayBuffer> {
	const lines: string[] = [];
	for (let id = 0; id < vocabularySize(vocabulary); id++) {
		const bytes = tokenAt(vocabulary, id);
		if (bytes.length > 0) lines.push(`${encodeBase64(bytes)} ${id}\n`);
	}
	return encodeUtf8(lines.join(''));
}

/** Id of the tokenizer whose ranks have this SHA-256; `undefined` if the catalogue has none. */
export const knownRanks = (sha256: string): string | undefined =>
	CATALOGUE.find(({ ranksSha256 }) => ranksSha256 === sha256)?.id;

/** Id of the tokenizer of the catalogue that has the ranks of a tokenizer; `undefined` for none. */
export async function knownRanksOf(
	spec: TokenizerSpec,
	sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>
): Promise<string | undefined> {
	return spec.model.byte_level ? knownRanks(await sha256(rankFile(spec))) : undefined;
}
