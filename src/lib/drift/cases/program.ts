import { NoTokenError, type Encoder, type Tokenizer } from '../../engine';
import type { CaseProgram } from './evaluate';
import type { CaseSide } from './types';
import { createVariantEncoder } from './variant-encoder';

/** Runs a side that no library runs: a tokenizer, with the side's variant of the model if it has one. */
export const createSideProgram = ({ variant }: CaseSide, tokenizer: Tokenizer): CaseProgram =>
	variant
		? { ...programOf(tokenizer), encode: createVariantEncoder(tokenizer, variant) }
		: programOf(tokenizer);

/** A tokenizer as a side of a case. */
const programOf = (tokenizer: Tokenizer): CaseProgram => ({
	encode: (text, { special, bos }) => [
		...tokenizer.encode(text, { special, addSpecialTokens: bos }).ids
	],
	decode: (ids) => tokenizer.decode(ids),
	tokenBytes: (id) => bytesOrNone(tokenizer, id)
});

/** The bytes of a token; none for an id without one. */
export function bytesOrNone(tokenizer: Encoder, id: number): Uint8Array {
	try {
		return tokenizer.tokenBytes(id);
	} catch (error) {
		if (error instanceof NoTokenError) return new Uint8Array();
		throw error;
	}
}
