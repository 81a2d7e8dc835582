import { CORPORA } from '../downloads/corpora';
import { DRAWING, perTokenizer, tokenizers, tokenOf, type TokenizerNames } from './fields';
import {
	flag,
	number,
	oneOf,
	orNone,
	text,
	valueField,
	whole,
	type LinkField,
	type LinkValues
} from './schema';

const noneOr = (
	field: LinkField<readonly string[] | null, TokenizerNames>
): LinkField<readonly string[] | null, TokenizerNames> => ({
	...field,
	parse: (found, names, report) => (found[0] === '' ? [] : field.parse(found, names, report))
});

/** Columns of the figures. */
const FIGURE_COLUMNS = [
	'tokenizer',
	'tokens',
	'model',
	'price-per-million',
	'price',
	'price-of-calls',
	'window',
	'share',
	'bytes-per-token',
	'chars-per-token',
	'distinct',
	'vocabulary'
] as const;
export type FigureColumn = (typeof FIGURE_COLUMNS)[number];

/** Schema of links to Compare. The hash holds the text or the ids. */
export const COMPARE_LINK = {
	/** An empty list means that none is chosen. */
	tokenizers: noneOr(tokenizers('t')),
	/** Corpus of the live tokenizer; `text` for the compared text itself. */
	corpus: oneOf('corpus', ['text', ...CORPORA.map(({ id }) => id)], 'english'),
	/** Merges of the live tokenizer; `null` for all. */
	merges: whole('merges', null, 0),
	/** Whether special tokens in the text are ordinary text or parsed. */
	special: oneOf('special', ['text', 'parse'], 'text'),
	...DRAWING,
	/** Token whose details are open. */
	pin: tokenOf('pin'),
	/** Difference that the walk has reached, from 1. */
	difference: whole('difference', null, 1),
	/** Model whose price and window are used, written as `for=<tokenizer>:<model>`. */
	priceOf: perTokenizer(text('for', null)),
	/** US dollars per million tokens. */
	price: perTokenizer(orNone(number('price'))),
	/** Context window, in tokens. */
	window: perTokenizer(orNone(whole('window', null, 1))),
	/** Number of tokens at which the text is truncated, or `window` for each model's window. */
	budget: valueField<Budget>('budget', null, 'a number of tokens, or window', (found) =>
		found === 'window' ? found : /^[1-9]\d{0,8}$/.test(found) ? Number(found) : undefined
	),
	/** Whether the figures are those of all models. */
	allModels: flag('models'),
	/** Column by which the figures are sorted; with `-` in front, in descending order. */
	sort: valueField<string | null>('sort', null, 'a column of the figures', (found) =>
		FIGURE_COLUMNS.some((id) => found === id || found === `-${id}`) ? found : undefined
	)
};

/** Tokens that may be used: a number, each model's context window, or `null` for all. */
export type Budget = number | 'window' | null;

type CompareLink = LinkValues<typeof COMPARE_LINK>;

/** The fields about the live tokenizer. */
export type LiveTokenizerLink = Pick<CompareLink, 'corpus' | 'merges'>;

/** The fields about prices and windows. */
export type CostLink = Pick<CompareLink, 'priceOf' | 'price' | 'window'>;
