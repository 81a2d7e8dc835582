import { NoTokenError, type Encoder } from '../../engine';
import type { CaseProgram } from './evaluate';

/** A tokenizer as a side of a case. */
export const programOf = (tokenizer: Encoder): CaseProgram => ({
	encode: (text, { special, bos }) => [
		...tokenizer.encode(text, { special, addSpecialTokens: bos }).ids
	],
	decode: (ids) => tokenizer.decode(ids),
	tokenBytes: (id) => bytesOrNone(tokenizer, id)
});

/** What a token stands for; nothing for an id without one. */
export function bytesOrNone(tokenizer: Encoder, id: number): Uint8Array {
	try {
		return tokenizer.tokenBytes(id);
	} catch (error) {
		if (error instanceof NoTokenError) return new Uint8Array();
		throw error;
	}
}
