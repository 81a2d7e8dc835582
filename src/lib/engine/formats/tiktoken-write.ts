import { BpeModel } from '../model/bpe';
import type { BpeModelSpec, TokenizerSpec } from '../spec';
import { buildVocabulary, tokenAt, vocabularySize } from '../structures/vocabulary';
import { decodeUtf8 } from '../text/utf8';
import { encodeBase64 } from '../text/base64';
import { checkSpec } from '../wrong-argument';

/**
 * Writes the tokens of a byte-level tokenizer as a `.tiktoken` file: one line per token, with its bytes in
 * base64 and its rank, which is its id. The file holds neither the pattern nor the special tokens.
 *
 * tiktoken merges any two adjacent tokens that together are a token, lowest id first. The tokenizer must do
 * the same, so its merges must be the ones that these ranks imply, in the order of the ids. Ids need not
 * begin at 0. Bytes may be missing; tiktoken then cannot encode them.
 * @throws Error that names the first merge that ranks cannot express, or a stage that the format cannot hold
 */
export function writeTiktoken(spec: TokenizerSpec): string {
	checkSpec(spec);
	const { model, normalizer } = spec;
	if (!model.byte_level) {
		throw new Error(
			'.tiktoken: got a vocabulary of characters, expected a byte-level vocabulary; write a tokenizer.json'
		);
	}
	if (normalizer) {
		throw new Error(
			`.tiktoken cannot hold a normalizer: got ${normalizer.type}, expected none; write a tokenizer.json`
		);
	}
	const tokens = ordinaryTokens(spec);
	if (model.merges) checkMerges(model, model.merges.pairs, tokens);
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
 * Checks that tiktoken makes every token by the merge listed for it. That merge must be the last one when
 * the bytes of the token alone are merged.
 * @throws Error that names the first merge for which that fails
 */
function checkMerges(
	model: BpeModelSpec,
	merges: Uint32Array,
	tokens: readonly Uint8Array[]
): void {
	const byRank = new BpeModel({ ...model, vocabulary: buildVocabulary(tokens), merges: null });
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

function notRanks(found: string): Error {
	return new Error(
		`.tiktoken cannot hold ${found}: expected merges that make new tokens in the order of the ids, each from ` +
			'the two tokens that its bytes come down to; write a tokenizer.json'
	);
}
