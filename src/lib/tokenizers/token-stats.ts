import { TokenKind, type Encoding } from '../engine';

/** Counts over one encoding. All come from the ids and spans, never from what happens to be drawn. */
export interface TokenStats {
	/** Number of tokens, those without bytes included. */
	readonly tokens: number;
	/** Number of different ids. */
	readonly distinct: number;
	/** Tokens that stand for no byte of the text (an added `▁`, a BOS). */
	readonly empty: number;
	/** Tokens put there by the post-processor. */
	readonly added: number;
	/** Tokens recognised as special in the text. */
	readonly special: number;
	/** Tokens that say "unknown". */
	readonly unknown: number;
	/** Tokens that stand for one byte, for want of an entry of the vocabulary. */
	readonly byteFallback: number;
	/** Most bytes that one token covers. */
	readonly longestBytes: number;
	/** The first token that covers as many, or -1 when there is none. */
	readonly longestToken: number;
}

/** Ids above this are counted in a Set: a table would grow with the largest id pasted. */
const LARGEST_TABLE_ID = 1 << 22;

/** Number of different ids: one pass over a bit a possible id. */
export function countDistinct(ids: Uint32Array): number {
	let largest = 0;
	for (let token = 0; token < ids.length; token++) if (ids[token] > largest) largest = ids[token];
	if (largest > LARGEST_TABLE_ID) return new Set(ids).size;
	const seen = new Uint8Array(largest + 1);
	let distinct = 0;
	for (let token = 0; token < ids.length; token++) {
		distinct += 1 - seen[ids[token]];
		seen[ids[token]] = 1;
	}
	return distinct;
}

export function tokenStats({ ids, byteStarts, byteEnds, kinds }: Encoding): TokenStats {
	const ofKind = new Uint32Array(256);
	let empty = 0;
	let longestBytes = 0;
	let longestToken = -1;
	for (let token = 0; token < ids.length; token++) {
		const bytes = byteEnds[token] - byteStarts[token];
		if (bytes === 0) empty++;
		if (bytes > longestBytes) {
			longestBytes = bytes;
			longestToken = token;
		}
		if (kinds) ofKind[kinds[token]]++;
	}
	return {
		tokens: ids.length,
		distinct: countDistinct(ids),
		empty,
		added: ofKind[TokenKind.added],
		special: ofKind[TokenKind.special],
		unknown: ofKind[TokenKind.unknown],
		byteFallback: ofKind[TokenKind.byteFallback],
		longestBytes,
		longestToken
	};
}
