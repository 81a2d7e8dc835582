import type { BpeModelSpec } from '../spec';
import { concatenate } from '../structures/arrays';
import { fromByteLevel } from '../structures/byte-level';
import { encodeUtf8 } from '../text/utf8';

/** Bytes that mark the position of a token in its pre-token; empty if there are none. */
export interface Affixes {
	/** Prefix of tokens that don't start a pre-token. */
	readonly prefix: Uint8Array;
	/** Suffix of tokens that end a pre-token. */
	readonly suffix: Uint8Array;
}

/**
 * Returns the affixes of a model; `null` if it has none.
 * @throws Error if a byte-level vocabulary has an affix outside the byte alphabet
 */
export function affixesOf(spec: BpeModelSpec): Affixes | null {
	const { continuing_subword_prefix: prefix = '', end_of_word_suffix: suffix = '' } = spec;
	if (prefix === '' && suffix === '') return null;
	return { prefix: bytesOf(prefix, spec), suffix: bytesOf(suffix, spec) };
}

function bytesOf(affix: string, { byte_level }: BpeModelSpec): Uint8Array {
	const bytes = byte_level ? fromByteLevel(affix) : encodeUtf8(affix);
	if (bytes) return bytes;
	throw new Error(
		`model: got the affix ${JSON.stringify(affix)} with a byte-level vocabulary, expected only characters of the byte alphabet`
	);
}

/** A token without its affixes, and the position in a pre-token that they indicate. */
export interface BareToken {
	readonly bytes: Uint8Array;
	readonly isFirst: boolean;
	readonly isLast: boolean;
}

export function withoutAffixes(token: Uint8Array, affixes: Affixes | null): BareToken {
	if (!affixes) return { bytes: token, isFirst: true, isLast: true };
	const { prefix, suffix } = affixes;
	const has = (affix: Uint8Array, at: number) =>
		affix.length > 0 && at >= 0 && affix.every((byte, i) => token[at + i] === byte);
	const isContinuing = has(prefix, 0);
	const isEnd = has(suffix, token.length - suffix.length);
	const start = isContinuing ? prefix.length : 0;
	const end = isEnd ? Math.max(start, token.length - suffix.length) : token.length;
	return {
		bytes: token.subarray(start, end),
		isFirst: !isContinuing,
		isLast: isEnd || suffix.length === 0
	};
}

/** Adds the affixes for the position of a part in its pre-token. */
export const withAffixes = (
	part: Uint8Array,
	{ prefix, suffix }: Affixes,
	isFirst: boolean,
	isLast: boolean
): Uint8Array =>
	concatenate([
		isFirst ? part.subarray(0, 0) : prefix,
		part,
		isLast ? suffix : part.subarray(0, 0)
	]);
