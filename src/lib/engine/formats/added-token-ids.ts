import type { AddedTokenSpec } from '../spec';

/**
 * Gives added tokens the ids that Hugging Face's library gives them when it reads a file. It ignores the ids
 * of the list: a token in the vocabulary keeps that id, any other gets the next free one, counted from the
 * number of entries in the vocabulary. Empty tokens are dropped. Of several with the same content the flags
 * of the last count, but the token is special if any is.
 */
export function resolveAddedTokens(
	tokens: readonly Omit<AddedTokenSpec, 'id'>[],
	vocabularyEntries: number,
	idOf: (content: string) => number | undefined
): AddedTokenSpec[] {
	const resolved = new Map<string, AddedTokenSpec>();
	let largest = -1;
	for (const token of tokens) {
		if (token.content === '') continue;
		const earlier = resolved.get(token.content);
		const next = largest >= vocabularyEntries ? largest + 1 : vocabularyEntries;
		const id = earlier?.id ?? idOf(token.content) ?? next;
		largest = Math.max(largest, id);
		resolved.set(token.content, { ...token, id, special: token.special || !!earlier?.special });
	}
	return [...resolved.values()];
}
