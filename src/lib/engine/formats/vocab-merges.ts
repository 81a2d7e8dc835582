import type { TokenizerSpec } from '../spec';
import { writeTokenizerJson } from './tokenizer-json-write';
import { checkSpec } from '../wrong-argument';

/** The two files in which GPT-2 was published: `vocab.json` and `merges.txt`. */
export interface VocabAndMerges {
	/** JSON object that maps tokens, written in the byte alphabet, to ids. Includes special tokens. */
	readonly vocab: string;
	/** `#version: 0.2`, then one merge per line with a space between its tokens. */
	readonly merges: string;
}

/** Start of the header in merges.txt. Readers skip every line that begins with this text. */
const HEADER = '#version';

/**
 * Writes a tokenizer as vocab.json and merges.txt. The files do not include the pattern, because readers assume
 * GPT-2's.
 * @throws Error if the files cannot represent a merge or an id
 */
export function writeVocabAndMerges(spec: TokenizerSpec): VocabAndMerges {
	checkSpec(spec);
	if (!spec.model.byte_level) {
		throw new Error(
			'merges.txt: got a vocabulary of characters, expected a byte-level vocabulary; write a tokenizer.json'
		);
	}
	if (spec.model.continuing_subword_prefix ?? spec.model.end_of_word_suffix) {
		throw new Error(
			'merges.txt: got a vocabulary with affixes, expected one without; write a tokenizer.json'
		);
	}
	const { vocab, merges } = writeTokenizerJson(spec).model;
	const ids = new Map(Object.entries(vocab));
	for (const { content, id } of spec.added_tokens) ids.set(content, id);
	let text = `${HEADER}: 0.2\n`;
	for (const [left, right] of merges) {
		if (left.startsWith(HEADER)) {
			throw new Error(
				`merges.txt: got a merge of ${JSON.stringify(left)} and ${JSON.stringify(right)}, expected none that ` +
					`begins with ${HEADER}, because readers skip such lines; write a tokenizer.json`
			);
		}
		text += `${left} ${right}\n`;
	}
	return { vocab: JSON.stringify(Object.fromEntries(ids)), merges: text };
}
