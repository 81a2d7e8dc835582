import { DEFAULT_TOKENIZERS, findDescriptor } from '../../tokenizers/catalogue';
import { CORPORA } from '../downloads/corpora';
import { DRAWING, modelPerTokenizer, tokenizer, tokenizers, tokenOf } from './fields';
import { flag, oneOf, orWord, valueField, whole } from './schema';

/** Whether the model uses the tokenizer and has a known price or context window. */
const hasModel = (tokenizer: string, model: string): boolean =>
	findDescriptor(tokenizer)?.models.some(
		({ name, price, contextWindow }) => name === model && (price ?? contextWindow) !== undefined
	) ?? false;

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

/** State of the Compare page, other than the text or ids. */
export const COMPARE_FIELDS = {
	/** An empty list means that no tokenizer is selected. */
	tokenizers: orWord(tokenizers('t', DEFAULT_TOKENIZERS), '', [] as readonly string[]),
	/** Tokenizer that the others are compared with; `null` to compare all with each other. */
	base: tokenizer<null>('base', null),
	/** Corpus that the live tokenizer is trained on; `text` for the compared text itself. */
	source: oneOf('corpus', ['text', ...CORPORA.map(({ id }) => id)], 'english'),
	/** Number of merges that the live tokenizer uses; `null` for all. */
	chosenMerges: whole('merges', null, 0),
	/** Whether special tokens in the text are treated as text or parsed. */
	special: oneOf('special', ['text', 'parse'], 'text'),
	...DRAWING,
	/** Token whose details are open. */
	pinned: { ...tokenOf('pin'), refersToInput: true },
	/** Number of the difference currently shown, starting at 1. */
	difference: { ...whole('difference', null, 1), refersToInput: true },
	/** Model that provides the context window, written as `for=<tokenizer>:<model>`. */
	priceOf: modelPerTokenizer('for', hasModel),
	/** Number of tokens at which the text is truncated, or `window` for each model's context window. */
	budget: valueField<Budget>('budget', null, 'a number of tokens, or window', (found) =>
		found === 'window' ? found : /^[1-9]\d{0,8}$/.test(found) ? Number(found) : undefined
	),
	/** Whether figures are shown for all models, not only each tokenizer's first model. */
	allModels: flag('models'),
	/** Column by which the figures are sorted; prefixed with `-` for descending order. */
	sort: valueField<string | null>('sort', null, 'a column of the figures', (found) =>
		FIGURE_COLUMNS.some((id) => found === id || found === `-${id}`) ? found : undefined
	)
};

/** Maximum number of tokens: a fixed number, each model's context window, or `null` for no limit. */
export type Budget = number | 'window' | null;
