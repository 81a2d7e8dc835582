/** Finding tokenizers by what people know: the model, the family, a word about how it works. */
export interface PickerModel {
	readonly name: string;
	readonly maker: string;
	/** Where it is stated which tokenizer the model uses. */
	readonly source: string;
	readonly note?: string;
}

export interface PickerTokenizer {
	readonly entry: {
		readonly id: string;
		/** What is shown where it is not the id. */
		readonly name?: string;
		/** Other names that it is found by. */
		readonly aliases?: readonly string[];
		readonly family: string;
		/** Largest id + 1; absent where it depends on the text. */
		readonly vocabularySize?: number;
		readonly kind: string;
		readonly preTokenizer: string;
		/** Absent for what was made here. */
		readonly licence?: { readonly name: string; readonly url: string };
		readonly source?: { readonly package: string; readonly version: string };
		readonly note?: string;
		/** Whether it can be deleted for good. */
		readonly removable?: boolean;
	};
	readonly models: readonly PickerModel[];
}

/** A model whose tokenizer the lab does not have; its note says why. */
export type UnavailableModel = PickerModel;

export interface Found {
	readonly tokenizers: readonly PickerTokenizer[];
	readonly unavailable: readonly UnavailableModel[];
}

/** Small letters and digits only, so that "gpt4o" finds "GPT-4o". */
const fold = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * What matches every word of the query. A tokenizer found by a model shows only the models that
 * match; found by itself it shows all.
 */
export function search(
	tokenizers: readonly PickerTokenizer[],
	unavailable: readonly UnavailableModel[],
	query: string
): Found {
	const words = query.split(/\s+/).map(fold).filter(Boolean);
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
