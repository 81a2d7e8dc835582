import { EXTRAS } from '../text/all-extras';
import type { TokenizerSpec } from '../spec';
import { buildTokenizer, type Tokenizer } from './tokenizer';

/** Builds a tokenizer with all extras at hand. @throws Error as {@link buildTokenizer} */
export const createTokenizer = (spec: TokenizerSpec): Tokenizer => buildTokenizer(spec, EXTRAS);
