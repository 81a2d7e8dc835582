import type { TokenizerSpec } from '../engine';
import { CATALOGUE } from './catalogue';
import type { Fact, TokenizerDescriptor } from './catalogue/shared/descriptor';

/** Rows of the smallest embedding among a tokenizer's models, padding included; `null` if no source states any. */
export function embeddingRowsOf({
	models
}: Pick<TokenizerDescriptor, 'models'>): Fact<number> | null {
	const stated = models.flatMap(({ embeddingRows }) => embeddingRows ?? []);
	return stated.toSorted((a, b) => a.value - b.value).at(0) ?? null;
}

/**
 * Rows that the embeddings of a tokenizer's models are known to have, padding included; `null` if the catalogue does
 * not know. A tokenizer is recognised by its special tokens, so files of earlier and later releases are as well.
 */
export function knownEmbeddingRows({ added_tokens }: TokenizerSpec): number | null {
	const has = ([id, content]: readonly [number, string]) =>
		added_tokens.some((token) => token.id === id && token.content === content);
	const found = CATALOGUE.find(({ recognisedBy }) => recognisedBy?.every(has));
	return (found && embeddingRowsOf(found)?.value) ?? null;
}

/**
 * Rows of the embedding of A's models, unless the user says otherwise: as many as are known, and one for each id. A
 * tokenizer that was extended past the padding has more ids than the rows that are known.
 * @param sizeA largest id of A + 1
 */
export const defaultEmbeddingRows = (a: TokenizerSpec, sizeA: number): number =>
	Math.max(knownEmbeddingRows(a) ?? 0, sizeA);
