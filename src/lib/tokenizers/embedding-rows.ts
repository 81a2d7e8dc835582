import type { TokenizerSpec } from '../engine';
import { CATALOGUE } from './catalogue';
import type { Fact, TokenizerDescriptor } from './catalogue/shared/descriptor';

/** Row count of the smallest embedding among a tokenizer's models, padding included; `null` if no source states one. */
export function embeddingRowsOf({
	models
}: Pick<TokenizerDescriptor, 'models'>): Fact<number> | null {
	const stated = models.flatMap(({ embeddingRows }) => embeddingRows ?? []);
	return stated.toSorted((a, b) => a.value - b.value).at(0) ?? null;
}

/**
 * Known row count of the embeddings of a tokenizer's models, padding included; `null` if the catalogue doesn't have it.
 * The tokenizer is recognised by its special tokens, so files from earlier and later releases are recognised too.
 */
export function knownEmbeddingRows({ added_tokens }: TokenizerSpec): number | null {
	const has = ([id, content]: readonly [number, string]) =>
		added_tokens.some((token) => token.id === id && token.content === content);
	const found = CATALOGUE.find(({ recognisedBy }) => recognisedBy?.every(has));
	return (found && embeddingRowsOf(found)?.value) ?? null;
}

/**
 * Row count of the embedding of A's models, unless the user enters one: the known row count or, if that is smaller, one
 * row per id. A tokenizer that was extended past the padding has more ids than known rows.
 * @param sizeA largest id of A + 1
 */
export const defaultEmbeddingRows = (a: TokenizerSpec, sizeA: number): number =>
	Math.max(knownEmbeddingRows(a) ?? 0, sizeA);
