/** Search part of the link to a tokenizer's vocabulary. */
export const linkToVocabulary = (tokenizer: string): string =>
	`?tokenizer=${encodeURIComponent(tokenizer)}`;

/** Search part of the permalink of a token. */
export const linkToToken = (tokenizer: string, id: number): string =>
	`${linkToVocabulary(tokenizer)}&id=${id}`;
