import { NoTokenError, type Encoder, type Tokenizer } from '../../engine';
import type { CaseProgram } from './evaluate';
import { orNull } from '../calls';

/** A tokenizer as a side of a case. */
export const programOf = (tokenizer: Tokenizer): CaseProgram => ({
	encode: (text, { special, bos }) => [
		...tokenizer.encode(text, { special, addSpecialTokens: bos }).ids
	],
	decode: (ids) => tokenizer.decode(ids),
	tokenBytes: (id) => bytesOrNone(tokenizer, id)
});

/** Bytes of a token; empty for an id without one. */
export const bytesOrNone = (tokenizer: Encoder, id: number): Uint8Array =>
	orNull(() => tokenizer.tokenBytes(id), NoTokenError) ?? new Uint8Array();
