import type { TokenizerSpec } from '../spec';
import { writeTokenizerJson } from './tokenizer-json-write';

/** The two files in which GPT-2 was published: `vocab.json` and `merges.txt`. */
export interface VocabAndMerges {
	/** A JSON object: token in the byte alphabet → id, special tokens included. */
	readonly vocab: string;
	/** `#version: 0.2`, then one merge per line with a space between its tokens. */
	readonly merges: string;
}

/** Readers skip every line that begins with it. */
const HEAD = '#version';

/**
 * Writes a tokenizer as vocab.json and merges.txt. The files hold neither the pattern nor the special tokens:
 * readers assume GPT-2's pattern.
 * @throws Error for a merge or an id that the files cannot hold
 */
export function writeVocabAndMerges(spec: TokenizerSpec): VocabAndMerges {
	if (!spec.model.byte_level) {
		throw new Error('merges.txt: expected a byte-level vocabulary, whose tokens have no spaces');
	}
	const { vocab, merges } = writeTokenizerJson(spec).model;
	const ids = new Map(Object.entries(vocab));
	for (const { content, id } of spec.added_tokens) ids.set(content, id);
	let text = `${HEAD}: 0.2\n`;
	for (const [left, right] of merges) {
		if (left.startsWith(HEAD)) {
			throw new Error(
				`merges.txt cannot hold the merge of ${JSON.stringify(left)} and ${JSON.stringify(right)}: ` +
					`readers skip lines that begin with ${HEAD}; write a tokenizer.json instead`
			);
		}
		text += `${left} ${right}\n`;
	}
	return { vocab: JSON.stringify(Object.fromEntries(ids)), merges: text };
}
