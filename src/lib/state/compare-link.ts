/** What of a comparison stands in the address: `?t=` the tokenizers, the hash the input. */
export interface TokenizerChoice {
	/** The tokenizers asked for that exist, in order, each once; null when none were asked for. */
	readonly ids: readonly string[] | null;
	/** What was asked for and does not exist. */
	readonly unknown: readonly string[];
}

/**
 * Reads `?t=cl100k_base,llama3`.
 * @param isKnown whether there is a tokenizer of an id
 */
export function readTokenizers(
	search: URLSearchParams,
	isKnown: (id: string) => boolean
): TokenizerChoice {
	const asked = search.get('t');
	if (asked === null) return { ids: null, unknown: [] };
	const names = [...new Set(asked.split(',').map((name) => name.trim()))].filter(Boolean);
	const ids = names.filter(isKnown);
	return { ids: ids.length > 0 ? ids : null, unknown: names.filter((name) => !isKnown(name)) };
}

/** The search part for a choice, empty for the default. */
export function writeTokenizers(ids: readonly string[], defaults: readonly string[]): string {
	return ids.join() === defaults.join() ? '' : `?t=${ids.join(',')}`;
}
