import type { AddedTokenSpec } from '../spec';

/**
 * Assigns ids to added tokens as Hugging Face's library does when it reads a file. Ids listed with the added tokens are
 * ignored: a token in the vocabulary keeps its id there, and other tokens get consecutive ids, starting at the number
 * of vocabulary entries. Ids can collide if the vocabulary skips some. Empty tokens are dropped. If several tokens have
 * the same content, the flags of the last one apply, except that the token is special if any of them is. If several
 * tokens get the same id, only the last one becomes an added token.
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
