import type { AddedTokenSpec, TokenizerSpec } from '../../lib/engine/spec';
import { fromByteLevel } from '../../lib/engine/structures/byte-level';
import { buildVocabulary } from '../../lib/engine/structures/vocabulary';
import { readPackageJson } from './packages';

/** What the packages' tokenizer.json files hold, as far as this tool needs it. */
interface TokenizerJson extends Omit<TokenizerSpec, 'model'> {
	readonly model: {
		readonly vocab: Record<string, number>;
		readonly merges: readonly (string | readonly [string, string])[];
		readonly unk_token: string | null;
		readonly fuse_unk: boolean;
		readonly byte_fallback: boolean;
		readonly ignore_merges?: boolean;
	};
}

export const readTokenizerJson = (packageName: string): TokenizerJson =>
	readPackageJson(packageName, 'models/tokenizer.json') as TokenizerJson;

/** A tokenizer.json of a package as a spec. */
export function specFromTokenizerJson(packageName: string): TokenizerSpec {
	const json = readTokenizerJson(packageName);
	const byteLevel = JSON.stringify(json.pre_tokenizer).includes('"ByteLevel"');
	return {
		normalizer: json.normalizer,
		pre_tokenizer: json.pre_tokenizer,
		post_processor: json.post_processor,
		decoder: json.decoder,
		added_tokens: json.added_tokens,
		model: {
			...modelTables(new Map(Object.entries(json.model.vocab)), pairsOf(json), byteLevel),
			unk_token: json.model.unk_token,
			fuse_unk: json.model.fuse_unk,
			byte_fallback: json.model.byte_fallback,
			ignore_merges: json.model.ignore_merges ?? false
		}
	};
}

/** The merges of a tokenizer.json as pairs of token strings. */
export const pairsOf = (json: TokenizerJson): [string, string][] =>
	json.model.merges.map((merge) => {
		const [left, right] = typeof merge === 'string' ? merge.split(' ') : merge;
		return [left, right];
	});

/** Typed tables from token strings and merges of token strings. */
export function modelTables(
	ids: ReadonlyMap<string, number>,
	merges: readonly (readonly [string, string])[],
	byteLevel: boolean
) {
	const tokens: (Uint8Array | undefined)[] = [];
	const encoder = new TextEncoder();
	for (const [content, id] of ids) {
		const bytes = byteLevel ? fromByteLevel(content) : encoder.encode(content);
		// A byte-level vocabulary may list its special tokens too; added_tokens has those.
		tokens[id] = bytes ?? undefined;
	}
	const pairs = Uint32Array.from(
		merges.flatMap(([left, right]) => [idOf(ids, left), idOf(ids, right)])
	);
	return {
		type: 'BPE' as const,
		byte_level: byteLevel,
		vocabulary: buildVocabulary(tokens),
		merges: followsIds(ids, merges) ? null : pairs
	};
}

function idOf(ids: ReadonlyMap<string, number>, token: string): number {
	const id = ids.get(token);
	if (id === undefined) throw new Error(`a merge names "${token}", which is not in the vocabulary`);
	return id;
}

/**
 * Whether every product has one merge and products follow the ids: then the rank of a merge is the
 * id of its product, and the pairs need not be kept (GPT-2-style vocabularies).
 */
function followsIds(
	ids: ReadonlyMap<string, number>,
	merges: readonly (readonly [string, string])[]
): boolean {
	let previous = -1;
	return merges.every(([left, right]) => {
		const product = idOf(ids, left + right);
		const follows = product > previous;
		previous = product;
		return follows;
	});
}

/** An added token with no flag set but `special`. */
export const plainAddedToken = (id: number, content: string, special = true): AddedTokenSpec => ({
	id,
	content,
	single_word: false,
	lstrip: false,
	rstrip: false,
	normalized: false,
	special
});
