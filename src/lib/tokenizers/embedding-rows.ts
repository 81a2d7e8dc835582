import type { TokenizerSpec } from '../engine';
import { CATALOGUE } from './catalogue';
import type { Fact, TokenizerDescriptor } from './catalogue/shared/descriptor';

/**
 * Smallest number of embedding rows, including padding, among a tokenizer's models; `null` if no source states it.
 */
export function embeddingRowsOf({
	models
}: Pick<TokenizerDescriptor, 'models'>): Fact<number> | null {
	const stated = models.flatMap(({ embeddingRows }) => embeddingRows ?? []);
	return stated.toSorted((a, b) => a.value - b.value).at(0) ?? null;
}

/**
 * Known number of embedding rows, including padding, in a tokenizer's models; `null` if the catalogue doesn't list
 * it. The tokenizer is recognised by its special tokens, so files from earlier and later releases are recognised too.
 */
export function knownEmbeddingRows({ added_tokens }: TokenizerSpec): number | null {
	const has = ([id, content]: readonly [number, string]) =>
		added_tokens.some((token) => token.id === id && token.content === content);
	const found = CATALOGUE.find(({ recognisedBy }) => recognisedBy?.every(has));
	return (found && embeddingRowsOf(found)?.value) ?? null;
}

/**
 * Default number of embedding rows in A's models: the number listed in the catalogue, or one row per id if there are
 * more ids, as in a tokenizer with so many added tokens that the padding rows aren't enough.
 * @param sizeA largest id of A + 1
 */
export const defaultEmbeddingRows = (a: TokenizerSpec, sizeA: number): number =>
	Math.max(knownEmbeddingRows(a) ?? 0, sizeA);
