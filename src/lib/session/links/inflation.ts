import { resolveAlias } from '../../tokenizers/catalogue';
import { known, tokenizer, tokenizers, type TokenizerNames } from './fields';
import { describeUnexpectedValue } from './messages';
import {
	flag,
	number,
	orNone,
	readLink,
	text,
	toggle,
	whole,
	writeLink,
	type LinkReading,
	type LinkValues
} from './schema';

/** The largest whole number that a field of the page accepts and a link carries. */
export const MAX_FIELD_VALUE = 1e9;

/** Names that a link may contain. */
export interface InflationNames extends TokenizerNames {
	hasLanguage(code: string): boolean;
	hasScript(script: string): boolean;
	/** Whether the page has a word with suffixes in a language. */
	hasWord(language: string): boolean;
	hasModel(name: string): boolean;
}

const language = (name: string) =>
	known<InflationNames>(name, 'language', (names, code) => names.hasLanguage(code));

/** Links to Inflation. The hash carries the user's own texts. */
const INFLATION_LINK = {
	tokenizers: tokenizers('t'),
	baseline: language('base'),
	chosen: language('lang'),
	/** Whether all languages are shown, or only the first ones. */
	all: flag('all'),
	search: { ...text('q', ''), format: (found: string) => [found.trim()] },
	script: known<InflationNames>('script', 'script', (names, script) => names.hasScript(script)),
	log: toggle('scale', 'log', 'linear', true),
	/** A tokenizer, or `name`; `null` for the first tokenizer. */
	sort: text('sort', null),
	/** Tokenizer whose details are shown. */
	detail: tokenizer('in'),
	/** Language of the word with suffixes. */
	word: known<InflationNames>('word', 'word in the language', (names, code) => names.hasWord(code)),
	/** Tokens. */
	prompt: whole('prompt', null, 1, MAX_FIELD_VALUE),
	model: known<InflationNames>('model', 'model', (names, name) => names.hasModel(name)),
	/** Model whose price and window are used, unchecked; `null` for the tokenizer's first. */
	priceOf: text('for', null),
	/** US dollars per million tokens; `null` if it is the model's. */
	price: orNone(number('price')),
	/** Tokens; `null` if it is the model's. */
	window: orNone(whole('window', null, 1, MAX_FIELD_VALUE))
};

/** Order of the rows: by premium in one of the tokenizers (largest first), or by name. */
export type RowOrder = { readonly tokenizer: number } | 'name';

/** A field's `null` is its default. */
export interface InflationLink extends Omit<LinkValues<typeof INFLATION_LINK>, 'sort'> {
	readonly order: RowOrder;
}

/** @param defaults the tokenizers of a link that names none */
export function readInflation(
	search: URLSearchParams,
	names: InflationNames,
	defaults: readonly string[]
): LinkReading<InflationLink> {
	const { values, problems } = readLink(INFLATION_LINK, search, names);
	const { sort, ...link } = values;
	const tokenizers = link.tokenizers ?? defaults;
	const sorted = sort === null ? 0 : tokenizers.indexOf(resolveAlias(sort));
	const order = sort === 'name' ? sort : { tokenizer: Math.max(0, sorted) };
	const unchosen = [
		...(sort !== null && sort !== 'name' && sorted < 0
			? [describeUnexpectedValue('sort', sort, 'name or one of its tokenizers')]
			: []),
		...(link.detail !== null && !tokenizers.includes(link.detail)
			? [describeUnexpectedValue('in', link.detail, 'one of its tokenizers')]
			: [])
	];
	return { values: { ...link, order }, problems: [...problems, ...unchosen] };
}

/** Search part of the address, including its `?`; empty for the default state. */
export function writeInflation(
	{ order, ...link }: InflationLink,
	defaults: Partial<InflationLink>
): string {
	const tokenizers = link.tokenizers ?? [];
	const sort = order === 'name' ? order : order.tokenizer > 0 ? tokenizers[order.tokenizer] : null;
	return writeLink(
		INFLATION_LINK,
		{ ...link, sort },
		{
			...defaults,
			// An order refers to a tokenizer, so the link has to name them all.
			tokenizers: sort === null ? defaults.tokenizers : null,
			detail: tokenizers.at(0)
		}
	);
}
