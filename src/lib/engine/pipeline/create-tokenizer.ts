import { provideCoreCode } from '../model/core';
import { CORE_CODE } from '../model/core-code';
import { EXTRAS } from '../text/all-extras';
import type { TokenizerSpec } from '../spec';
import { buildTokenizer, type Tokenizer } from './tokenizer';

/**
 * Creates a tokenizer with the core and all extras. @throws Error under the same conditions as {@link buildTokenizer}
 */
export function createTokenizer(spec: TokenizerSpec): Tokenizer {
	provideCoreCode(CORE_CODE);
	return buildTokenizer(spec, EXTRAS);
}
