import { provideCoreCode } from '../model/core';
import { CORE_CODE } from '../model/core-code';
import { EXTRAS } from '../text/all-extras';
import type { TokenizerSpec } from '../spec';
import { buildTokenizer, type Tokenizer } from './tokenizer';

/** Builds a tokenizer that can use all extras and the core right away. @throws Error as {@link buildTokenizer} */
export function createTokenizer(spec: TokenizerSpec): Tokenizer {
	provideCoreCode(CORE_CODE);
	return buildTokenizer(spec, EXTRAS);
}
