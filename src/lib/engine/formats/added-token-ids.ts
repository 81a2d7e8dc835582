import type { AddedTokenSpec } from '../spec';

/**
 * The ids that added tokens get when Hugging Face's library reads a file. It ignores the ids of the
 * list: a token that the vocabulary has keeps that id, any other gets the next free one, counted from
 * the number of entries in the vocabulary. Empty tokens are dropped, and of several with the same
 * content the last one's flags count, special if any is.
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
