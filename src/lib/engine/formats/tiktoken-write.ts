import type { TokenizerSpec } from '../spec';
import { buildVocabulary, tokenAt, vocabularySize } from '../structures/vocabulary';
import { decodeUtf8 } from '../text/utf8';
import { encodeBase64 } from '../text/base64';
import { checkSpec } from '../wrong-argument';
import { mergesFromRanks } from './merges-from-ranks';

/**
 * Writes the tokens of a byte-level tokenizer as a `.tiktoken` file. Each line contains the bytes of a token in base64
 * and its rank, which is its id. The file contains neither the pattern nor the special tokens.
 *
 * tiktoken merges any two adjacent tokens whose joined bytes are a token, lowest id first. The merges of the tokenizer
 * must therefore be those implied by its ids. Ids need not begin at 0. tiktoken cannot encode bytes without a token.
 * @throws Error for the first merge or stage that the format cannot represent
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
			`.tiktoken: got the normalizer ${normalizer.type}, expected none; write a tokenizer.json`
		);
	}
	const tokens = ordinaryTokens(spec);
	if (model.merges) checkMerges(model.merges.pairs, tokens);
	let text = '';
	tokens.forEach((bytes, id) => {
		if (bytes.length > 0) text += `${encodeBase64(bytes)} ${id}\n`;
	});
	return text;
}

/** Token bytes by id; empty for added tokens, which a tokenizer.json may also list in its vocabulary. */
function ordinaryTokens({ model, added_tokens }: TokenizerSpec): Uint8Array[] {
	const added = new Map(added_tokens.map(({ id, content }) => [id, content]));
	return Array.from({ length: vocabularySize(model.vocabulary) }, (_, id) => {
		const bytes = tokenAt(model.vocabulary, id);
		return decodeUtf8(bytes) === added.get(id) ? new Uint8Array(0) : bytes;
	});
}

/**
 * Checks that the ranks of the tokens imply these merges and that every token of several bytes has a merge.
 * @throws Error for the first merge that breaks either rule
 */
function checkMerges(pairs: Uint32Array, tokens: readonly Uint8Array[]): void {
	const implied = mergesFromRanks(buildVocabulary(tokens));
	const differs = implied.findIndex((id, i) => id !== pairs[i]);
	const merge = (differs < 0 ? implied.length : differs) >> 1;
	if (2 * merge < pairs.length) throw notRanks(`merge ${merge}`);
	const made = tokens.filter(({ length }) => length > 1).length;
	if (2 * made > pairs.length) throw notRanks('a token that no merge makes');
}

function notRanks(found: string): Error {
	return new Error(
		`.tiktoken: got ${found}, expected merges that make new tokens in the order of their ids, as merging by rank ` +
			'does; write a tokenizer.json'
	);
}
