import type { Model, TokenizerDescriptor } from '../../tokenizers/catalogue/shared/descriptor';

export type PickerModel = Model;

export interface PickerTokenizer {
	readonly entry: Pick<TokenizerDescriptor, 'id' | 'aliases' | 'family' | 'preTokenizer'> & {
		readonly name?: string;
		/** Largest id + 1; absent if it depends on the text. */
		readonly vocabularySize?: number;
		readonly kind: string;
	};
	readonly models: readonly PickerModel[];
}

/** Sets of tokenizers that can be selected together. */
export const PICKER_PRESETS: readonly { readonly name: string; readonly ids: readonly string[] }[] =
	[
		{ name: 'Current OpenAI', ids: ['o200k_base', 'o200k_harmony'] },
		{
			name: 'Open weights 2026',
			ids: ['gemma4', 'qwen3.5', 'deepseek-v4', 'glm-5', 'kimi-k2']
		}
	];

/** Reduces text to lower-case letters and digits, so that "gpt4o" finds "GPT-4o". */
export const fold = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * Finds tokenizers and unavailable models that match every word of the query. A tokenizer that matches only because of
 * its models is returned with just the matching models; any other match is returned with all of its models. Unavailable
 * models are listed as ranges, such as "Claude 4 to Opus 4.6", so a query such as "claude-sonnet-4.5" is also tried
 * without the version number if nothing matches.
 */
export function search(
	tokenizers: readonly PickerTokenizer[],
	unavailable: readonly PickerModel[],
	query: string
) {
	const found = searchWords(tokenizers, unavailable, query.split(/\s+/));
	if (found.tokenizers.length > 0 || found.unavailable.length > 0) return found;
	const names = query.split(/[^\p{L}\p{N}]+/u).filter((word) => /^\p{L}/u.test(word));
	return names.length > 0 ? searchWords([], unavailable, names) : found;
}

function searchWords(
	tokenizers: readonly PickerTokenizer[],
	unavailable: readonly PickerModel[],
	query: readonly string[]
) {
	const words = query.map(fold).filter(Boolean);
	const matches = (...texts: string[]) => {
		const folded = fold(texts.join(' '));
		return words.every((word) => folded.includes(word));
	};
	return {
		tokenizers: tokenizers.flatMap((tokenizer): PickerTokenizer[] => {
			const { entry, models } = tokenizer;
			const { name, id, aliases = [], family, kind, preTokenizer } = entry;
			if (matches(name ?? id, ...aliases, family, kind, preTokenizer)) return [tokenizer];
			const named = models.filter(({ name, maker }) => matches(maker, name));
			return named.length > 0 ? [{ entry, models: named }] : [];
		}),
		unavailable: unavailable.filter(({ name, maker }) => matches(maker, name))
	};
}
