import type { AddedTokenSpec } from '../spec';

/**
 * Assigns ids to added tokens as Hugging Face's library does when it reads a file. It ignores the ids in the
 * list: a token in the vocabulary keeps its id there, and the others are counted up from the number of vocabulary
 * entries, even if the vocabulary has an id left out and a token with that number. Empty tokens are dropped. Of several
 * with the same content the last one's flags apply, but the token is special if any of them is. Of several that get the
 * same id, only the last one is an added token.
 */
export function resolveAddedTokens(
	tokens: readonly Omit<AddedTokenSpec, 'id'>[],
	vocabularyEntries: number,
	idOf: (content: string) => number | undefined
): AddedTokenSpec[] {
	const resolved = new Map<string, AddedTokenSpec>();
	let next = vocabularyEntries;
	for (const token of tokens) {
		if (token.content === '') continue;
		const earlier = resolved.get(token.content);
		const id = earlier?.id ?? idOf(token.content) ?? next++;
		resolved.set(token.content, { ...token, id, special: token.special || !!earlier?.special });
	}
	return [...new Map([...resolved.values()].map((token) => [token.id, token])).values()];
}

/** Creates a special token that is matched literally in the original text. */
export const createSpecialToken = (id: number, content: string): AddedTokenSpec => ({
	id,
	content,
	single_word: false,
	lstrip: false,
	rstrip: false,
	normalized: false,
	special: true
});
