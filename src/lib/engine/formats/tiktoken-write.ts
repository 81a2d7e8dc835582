import { createBpeModel } from '../model/bpe';
import type { BpeModelSpec, TokenizerSpec } from '../spec';
import { buildVocabulary, tokenAt, vocabularySize } from '../structures/vocabulary';
import { decodeUtf8 } from '../text/utf8';
import { encodeBase64 } from './base64';

/**
 * Writes the tokens of a byte-level tokenizer as a `.tiktoken` file: one line per token, with its bytes in
 * base64 and its rank, which is its id. The file holds neither the pattern nor the special tokens.
 *
 * tiktoken merges any two adjacent tokens that together are a token, the lowest id first. The tokenizer does
 * the same if its merges are the ones that these ranks imply, in the order of the ids: a token is then only
 * made of the two tokens that its own bytes come down to. Ids need not begin at 0, and bytes may be missing;
 * tiktoken cannot encode those.
 * @throws Error that names the first merge that ranks cannot express, or what the format cannot hold
 */
export function writeTiktoken(spec: TokenizerSpec): string {
	const { model, normalizer } = spec;
	if (!model.byte_level) {
		throw new Error('.tiktoken holds tokens of bytes: expected a byte-level vocabulary');
	}
	if (normalizer) {
		throw new Error(
			`.tiktoken has no place for a normalizer: got ${normalizer.type}, expected none`
		);
	}
	const tokens = ordinaryTokens(spec);
	if (model.merges) checkMerges(model, model.merges, tokens);
	let text = '';
	tokens.forEach((bytes, id) => {
		if (bytes.length > 0) text += `${encodeBase64(bytes)} ${id}\n`;
	});
	return text;
}

/** Bytes by id, without added tokens, which the vocabulary of a tokenizer.json may include. */
function ordinaryTokens({ model, added_tokens }: TokenizerSpec): Uint8Array[] {
	const added = new Map(added_tokens.map(({ id, content }) => [id, content]));
	return Array.from({ length: vocabularySize(model.vocabulary) }, (_, id) => {
		const bytes = tokenAt(model.vocabulary, id);
		return decodeUtf8(bytes) === added.get(id) ? new Uint8Array(0) : bytes;
	});
}

/**
 * Checks that tiktoken would make every token by the merge listed for it: two tokens that together are a
 * token are only ever adjacent if its bytes alone come down to these two.
 * @throws Error that names the first merge for which that fails
 */
function checkMerges(
	model: BpeModelSpec,
	merges: Uint32Array,
	tokens: readonly Uint8Array[]
): void {
	const byRank = createBpeModel({ ...model, vocabulary: buildVocabulary(tokens), merges: null });
	let merge = 0;
	tokens.forEach((bytes, id) => {
		if (bytes.length < 2) return;
		const { products, lefts, rights, whole } = byRank.tracePretoken(bytes);
		const isMade =
			!whole &&
			products.at(-1) === id &&
			lefts.at(-1) === merges[2 * merge] &&
			rights.at(-1) === merges[2 * merge + 1];
		if (!isMade) {
			const made = 2 * merge < merges.length ? `merge ${merge}` : 'a token that no merge makes';
			throw notRanks(`${made} (id ${id})`);
		}
		merge++;
	});
	if (2 * merge < merges.length) throw notRanks(`merge ${merge}`);
}

function notRanks(what: string): Error {
	return new Error(
		`.tiktoken cannot hold ${what}: in it every merge makes a new token, in the order of the ids, out of ` +
			'the two parts that its bytes come down to; write a tokenizer.json instead'
	);
}
