import type { ModelShape } from '../../languages/types';
import { resolveAlias } from '../../tokenizers/catalogue';
import { known, tokenizer, tokenizers, type TokenizerNames } from './fields';
import {
	anyOf,
	flag,
	number,
	orNone,
	readLink,
	text,
	toggle,
	valueField,
	whole,
	writeLink,
	type LinkReading,
	type LinkValues
} from './schema';

/** The largest whole number that a field of the page takes and a link carries. */
export const MAX_FIELD_VALUE = 1e9;

/** What can be folded out. */
export const PANELS = ['table', 'across', 'shape', 'formulas', 'own'] as const;
export type Panel = (typeof PANELS)[number];

/** Articles of the declaration. */
export const ARTICLE_COUNT = 30;

/** What a link may name. */
export interface InflationNames extends TokenizerNames {
	hasLanguage(code: string): boolean;
	hasScript(script: string): boolean;
	/** Whether there is a word of many suffixes in a language. */
	hasWord(language: string): boolean;
	hasModel(name: string): boolean;
	hasFormat(name: string): boolean;
}

/** In the order in which a link has them: `shape=32,4096,32,8,128,14336,3`. */
const SHAPE_FIELDS = ['layers', 'hidden', 'heads', 'kvHeads', 'headDim', 'ffn'] as const;

function parseShape(found: string): ModelShape | undefined {
	if (!/^[1-9]\d{0,9}(,[1-9]\d{0,9}){5},[23]$/.test(found)) return undefined;
	const figures = found.split(',').map(Number);
	if (figures.some((figure) => figure > MAX_FIELD_VALUE)) return undefined;
	const [layers, hidden, heads, kvHeads, headDim, ffn, matrices] = figures;
	return { layers, hidden, heads, kvHeads, headDim, ffn, ffnMatrices: matrices === 3 ? 3 : 2 };
}

const language = (name: string) =>
	known<InflationNames>(name, 'language', (names, code) => names.hasLanguage(code));

/** Links to Inflation. The hash carries the user's own texts. */
const INFLATION_LINK = {
	tokenizers: tokenizers('t'),
	baseline: language('base'),
	chosen: language('lang'),
	/** All languages, or the first ones. */
	all: flag('all'),
	search: { ...text('q', ''), format: (found: string) => [found.trim()] },
	script: known<InflationNames>('script', 'script', (names, script) => names.hasScript(script)),
	log: toggle('scale', 'log', 'linear', true),
	/** A tokenizer, or `name`; `null` for the first tokenizer. */
	sort: text('sort', null),
	/** The tokenizer that is looked into. */
	detail: tokenizer('in'),
	article: whole('article', 1, 1, ARTICLE_COUNT),
	/** Language of the word that is drawn. */
	word: known<InflationNames>('word', 'word in the language', (names, code) => names.hasWord(code)),
	open: anyOf('open', PANELS),
	/** Tokens. */
	prompt: whole('prompt', null, 1, MAX_FIELD_VALUE),
	model: known<InflationNames>('model', 'model', (names, name) => names.hasModel(name)),
	/** `null` if it is the model's. */
	shape: {
		...valueField<ModelShape | null>('shape', null, '6 whole numbers and 2 or 3', parseShape),
		format: (shape: ModelShape) => [
			[...SHAPE_FIELDS.map((field) => shape[field]), shape.ffnMatrices].join()
		]
	},
	/** Number format of the cache; `null` if it is the model's. */
	cache: known<InflationNames>('cache', 'number format', (names, name) => names.hasFormat(name)),
	/** Model whose price and window are used, unchecked; `null` for the tokenizer's first. */
	priceOf: text('for', null),
	/** US dollars per million tokens; `null` if it is the model's. */
	price: orNone(number('price')),
	/** Tokens; `null` if it is the model's. */
	window: orNone(whole('window', null, 1, MAX_FIELD_VALUE))
};

/** What the rows are sorted by: the ratio in one of the tokenizers (largest first), or the name. */
export type RowOrder = { readonly tokenizer: number } | 'name';

/** A field's `null` is its default. */
export interface InflationLink extends Omit<LinkValues<typeof INFLATION_LINK>, 'sort'> {
	readonly order: RowOrder;
}

export function readInflation(
	search: URLSearchParams,
	names: InflationNames
): LinkReading<InflationLink> {
	const { values, problems } = readLink(INFLATION_LINK, search, names);
	const { sort, ...link } = values;
	const sorted = sort === null ? -1 : (link.tokenizers?.indexOf(resolveAlias(sort)) ?? -1);
	const order = sort === 'name' ? sort : { tokenizer: Math.max(0, sorted) };
	return { values: { ...link, order }, problems };
}

/** The search part, with `?` in front; empty if all is as by default. */
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
			// Where the order names a tokenizer, all are named.
			tokenizers: sort === null ? defaults.tokenizers : null,
			detail: tokenizers.at(0)
		}
	);
}
