/** The tokenizer.json that transformers.js wants, made again from a spec in the worker. */
import type { PreTokenizerSpec, TokenizerSpec } from '../engine/spec';
import { toByteLevel } from '../engine/structures/byte-level';
import { tokenAt, vocabularySize } from '../engine/structures/vocabulary';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const META_BYTES = [0xe2, 0x96, 0x81];

export interface TokenizerJson extends Omit<TokenizerSpec, 'model'> {
	readonly model: {
		readonly type: 'BPE';
		/** Without a prototype: vocabularies hold tokens such as `constructor` and `__proto__`. */
		readonly vocab: Readonly<Record<string, number>>;
		/** Pairs with a space between: the library cannot read arrays. */
		readonly merges: readonly string[];
		readonly unk_token: string | null;
		readonly fuse_unk: boolean;
		readonly byte_fallback: boolean;
		readonly ignore_merges: boolean;
	};
}

export function rebuildTokenizerJson(spec: TokenizerSpec): TokenizerJson {
	const { vocabulary, byte_level, merges, ...model } = spec.model;
	const strings: string[] = [];
	for (let id = 0; id < vocabularySize(vocabulary); id++) {
		const token = tokenAt(vocabulary, id);
		strings.push(byte_level ? toByteLevel(token) : decoder.decode(token));
	}
	const vocab = Object.create(null) as Record<string, number>;
	strings.forEach((string, id) => {
		if (string !== '') vocab[string] = id;
	});
	return {
		...spec,
		pre_tokenizer: spec.pre_tokenizer ?? splitAtMeta(spec),
		model: {
			...model,
			vocab,
			merges: merges ? pairLines(merges, strings) : rankedPairs(strings, vocab)
		}
	};
}

function pairLines(pairs: Uint32Array, strings: readonly string[]): string[] {
	const lines: string[] = [];
	for (let i = 0; i < pairs.length; i += 2)
		lines.push(`${strings[pairs[i]]} ${strings[pairs[i + 1]]}`);
	return lines;
}

/**
 * The one merge that builds each token of a vocabulary whose merges follow its ids: the last pair
 * left when the token itself is merged by the tokens before it.
 */
function rankedPairs(
	strings: readonly string[],
	vocab: Readonly<Record<string, number>>
): string[] {
	const lines: string[] = [];
	strings.forEach((token, id) => {
		if (token.length < 2) return;
		const parts = Array.from(token);
		while (parts.length > 2) {
			let best = -1;
			let bestRank = id;
			for (let i = 0; i + 1 < parts.length; i++) {
				const rank = vocab[parts[i] + parts[i + 1]];
				if (rank !== undefined && rank < bestRank) {
					best = i;
					bestRank = rank;
				}
			}
			if (best < 0) return;
			parts.splice(best, 2, parts[best] + parts[best + 1]);
		}
		lines.push(parts.join(' '));
	});
	return lines;
}

/**
 * Cuts before every run of `▁`, for a tokenizer that would merge the whole text as one piece. Exact
 * when no token has a `▁` after another character, so that no merge can cross the cut; otherwise null.
 */
function splitAtMeta(spec: TokenizerSpec): PreTokenizerSpec | null {
	const { vocabulary } = spec.model;
	const added = new Set(spec.added_tokens.map(({ id }) => id));
	for (let id = 0; id < vocabularySize(vocabulary); id++) {
		if (!added.has(id) && hasInnerMeta(tokenAt(vocabulary, id))) return null;
	}
	return {
		type: 'Split',
		pattern: { Regex: '▁+[^▁]*|[^▁]+' },
		behavior: 'Isolated',
		invert: false
	};
}

function hasInnerMeta(token: Uint8Array): boolean {
	const isMeta = (at: number) => META_BYTES.every((byte, i) => token[at + i] === byte);
	let at = 0;
	while (isMeta(at)) at += META_BYTES.length;
	for (; at < token.length; at++) if (isMeta(at)) return true;
	return false;
}
