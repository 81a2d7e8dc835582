import { BASELINE } from '../../languages/premium';
import { resolveAlias } from '../../tokenizers/catalogue';
import { known, tokenizer, tokenizers, type TokenizerNames } from './fields';
import { flag, number, orWord, text, toggle, whole } from './schema';

/** Largest integer that the page's fields and links accept. */
export const MAX_FIELD_VALUE = 1e9;

/** Two generations from one vendor, to show what a newer vocabulary changes. */
export const FIRST_TOKENIZERS: readonly string[] = ['cl100k_base', 'o200k_base'];

export interface InflationNames extends TokenizerNames {
	hasLanguage(code: string): boolean;
	hasScript(script: string): boolean;
	hasModel(name: string): boolean;
}

const language = <D extends string | null>(name: string, fallback: D) =>
	known<D, InflationNames>(name, fallback, 'language', (names, code) => names.hasLanguage(code));

export const INFLATION_FIELDS = {
	tokenizers: tokenizers('t', FIRST_TOKENIZERS),
	baseline: language<string>('base', BASELINE),
	/** Language described in detail; `null` for the language in the headline. */
	chosen: language('lang', null),
	/** Whether to show all languages, not only the first ones. */
	all: flag('all'),
	search: { ...text('q', ''), format: (found: string) => [found.trim()], isTyped: true },
	script: known<string | null, InflationNames>('script', null, 'script', (names, script) =>
		names.hasScript(script)
	),
	log: toggle('scale', 'log', 'linear', true),
	/** Tokenizer whose premiums the rows are sorted by, or `name`; `null` for the first tokenizer. */
	sort: { ...text('sort', null), parse: ([found]: readonly string[]) => resolveAlias(found) },
	/** Tokenizer whose details are shown; `null` for the first tokenizer. */
	detail: tokenizer('in', null),
	/** Length of the prompt in tokens. */
	prompt: whole('prompt', 2000, 1, MAX_FIELD_VALUE),
	model: known<string, InflationNames>('model', 'Llama 3 8B', 'model', (names, name) =>
		names.hasModel(name)
	),
	/** Model whose price and context window are used; `null` for the first model of {@link detail}. */
	priceOf: text('for', null),
	/** Price in US dollars per million tokens; `null` for the model's price, `none` if the user cleared the field. */
	price: orWord(number('price'), 'none', 'none' as const),
	/** Context window in tokens; `null` for the model's window, `none` if the user cleared the field. */
	window: orWord(whole('window', null, 1, MAX_FIELD_VALUE), 'none', 'none' as const)
};

/** Order of the rows: by the premium under one tokenizer (largest first), or by name. */
export type RowOrder = { readonly tokenizer: number } | 'name';
