import type { TokenizerSpec } from '../spec';
import { tokenAt, vocabularySize } from '../structures/vocabulary';
import { encodeBase64 } from './base64';
import { mergesFromRanks } from './merges-from-ranks';

/**
 * Writes the tokens of a byte-level tokenizer as a `.tiktoken` file: a line a token, its bytes in base64
 * and its rank, which is its id. Such a file says neither how text is cut nor which tokens are special.
 *
 * tiktoken merges any two neighbours that together are a token, the smallest id first. That is what the
 * tokenizer does when its merges are the ones that these ranks imply, in the order of the ids: a token
 * is then only ever made of the two parts that its own bytes come down to. Ids need not begin at 0, and
 * bytes may be missing; tiktoken has no way to encode those.
 * @throws Error that names the first merge which ranks cannot say; or for what the format has no place for.
 */
export function writeTiktoken({ model, normalizer }: TokenizerSpec): string {
	if (!model.byte_level) {
		throw new Error('.tiktoken holds tokens of bytes: expected a byte-level vocabulary');
	}
	if (normalizer) {
		throw new Error(
			`.tiktoken has no place for a normalizer: got ${normalizer.type}, expected none`
		);
	}
	if (model.merges) checkMerges(model.merges, mergesFromRanks(model.vocabulary));
	let text = '';
	for (let id = 0; id < vocabularySize(model.vocabulary); id++) {
		const bytes = tokenAt(model.vocabulary, id);
		if (bytes.length > 0) text += `${encodeBase64(bytes)} ${id}\n`;
	}
	return text;
}

function checkMerges(merges: Uint32Array, implied: Uint32Array): void {
	const merge = merges.findIndex((id, i) => id !== implied[i]) >> 1;
	if (merge < 0 && merges.length === implied.length) return;
	const at = merge < 0 ? merges.length >> 1 : merge;
	throw new Error(
		`.tiktoken cannot hold merge ${at}: there every merge makes a new token, in the order of the ids, ` +
			'and ids say which parts merge; write a tokenizer.json instead'
	);
}
