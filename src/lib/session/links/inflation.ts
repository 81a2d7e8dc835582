/** What of the Inflation page stands in the address, as search parameters: what is not as by default. */
import { formatCount } from '../format';
import type { ModelShape } from '../../languages/types';
import { readTokenizers } from './compare';

/** What a link asks for; null: as by default. Codes are unchecked. */
export interface LinkedView {
	readonly tokenizers: readonly string[] | null;
	readonly baseline: string | null;
	readonly chosen: string | null;
	readonly all: boolean;
	readonly search: string;
	readonly script: string | null;
	readonly log: boolean;
	readonly order: RowOrder;
	readonly detail: string | null;
	readonly article: number;
	/** Language of the word that is drawn; null: as by default. */
	readonly word: string | null;
	readonly open: readonly Panel[];
	readonly prompt: number | null;
	readonly model: string | null;
	/** Figures over those of {@link model}. */
	readonly shape: ModelShape | null;
	/** Name of the number format of the cache. */
	readonly cache: string | null;
	/** Whose price and window: a model's name, unchecked. */
	readonly priceOf: string | null;
	/** US dollars per million tokens, over the model's. */
	readonly price: Typed | null;
	/** Tokens, over the model's. */
	readonly window: Typed | null;
}

/** What the rows are sorted by: the ratio in one of the tokenizers (largest first), or the name. */
export type RowOrder = { readonly tokenizer: number } | 'name';

/** What stands in a field over a model's figure: another one, or nothing. */
export type Typed = number | 'none';

/** The largest whole number that a field of the page takes and a link carries. */
export const MAX_FIELD_VALUE = 1e9;

/** What can be folded out. */
export const PANELS = ['table', 'across', 'shape', 'formulas', 'own'] as const;
export type Panel = (typeof PANELS)[number];

/** Articles of the declaration. */
export const ARTICLES = 30;

/** What a link may name. */
export interface LinkNames {
	readonly hasTokenizer: (id: string) => boolean;
	readonly hasLanguage: (code: string) => boolean;
	readonly hasScript: (script: string) => boolean;
	readonly hasWord: (language: string) => boolean;
	readonly hasModel: (name: string) => boolean;
	readonly hasFormat: (name: string) => boolean;
}

/** In the order in which a link has them: `shape=32,4096,32,8,128,14336,3`. */
const SHAPE_FIELDS = ['layers', 'hidden', 'heads', 'kvHeads', 'headDim', 'ffn'] as const;

function readShape(value: string): ModelShape | null {
	if (!/^[1-9]\d{0,9}(,[1-9]\d{0,9}){5},[23]$/.test(value)) return null;
	const figures = value.split(',').map(Number);
	if (figures.some((figure) => figure > MAX_FIELD_VALUE)) return null;
	const [layers, hidden, heads, kvHeads, headDim, ffn, matrices] = figures;
	return { layers, hidden, heads, kvHeads, headDim, ffn, ffnMatrices: matrices === 3 ? 3 : 2 };
}

const isPanel = (name: string): name is Panel => (PANELS as readonly string[]).includes(name);

const shapeText = (shape: ModelShape): string =>
	[...SHAPE_FIELDS.map((field) => shape[field]), shape.ffnMatrices].join(',');

/** Reads a link; what is missing or wrong stays as it is by default, and is said in `problems`. */
export function readInflation(
	search: URLSearchParams,
	names: LinkNames
): LinkedView & { readonly problems: readonly string[] } {
	const problems: string[] = [];
	const { ids, unknown } = readTokenizers(search, names.hasTokenizer);
	for (const id of unknown) {
		problems.push(
			`The link asks for the tokenizer “${id}”, which is neither in the catalogue nor kept in this browser.`
		);
	}
	const known = (name: string, what: string, has: (value: string) => boolean): string | null => {
		const value = search.get(name);
		if (value === null || has(value)) return value;
		problems.push(`The link asks for the ${what} “${value}”, which the lab does not have.`);
		return null;
	};
	const whole = (name: string, most: number): number | null => {
		const value = search.get(name);
		if (value === null) return null;
		const number = Number(value);
		if (/^\d+$/.test(value) && number >= 1 && number <= most) return number;
		problems.push(
			`The link has ${name} “${value}”: expected a whole number from 1 to ${formatCount(most)}.`
		);
		return null;
	};
	const shape = (): ModelShape | null => {
		const value = search.get('shape');
		const read = value === null ? null : readShape(value);
		if (value !== null && read === null) {
			problems.push(
				`The link has shape “${value}”: expected ${SHAPE_FIELDS.length} whole numbers and 2 or 3.`
			);
		}
		return read;
	};
	const price = (): number | null => {
		const value = search.get('price');
		if (value === null) return null;
		const number = Number(value);
		// As JavaScript writes numbers: 0.25, 1e-7.
		if (/^\d+(\.\d+)?(e[+-]\d+)?$/.test(value) && Number.isFinite(number)) return number;
		problems.push(`The link has price “${value}”: expected a number from 0 up.`);
		return null;
	};
	const typed = (name: string, figure: () => number | null): Typed | null =>
		search.get(name) === 'none' ? 'none' : figure();
	const open = (search.get('open') ?? '').split(' ').filter(Boolean);
	for (const name of open) {
		if (!isPanel(name)) {
			problems.push(`The link opens “${name}”: expected any of ${PANELS.join(', ')}.`);
		}
	}
	const sort = search.get('sort');
	const at = sort === null || ids === null ? -1 : ids.indexOf(sort);
	return {
		tokenizers: ids,
		baseline: known('base', 'language', names.hasLanguage),
		chosen: known('lang', 'language', names.hasLanguage),
		all: search.has('all'),
		search: search.get('q') ?? '',
		script: known('script', 'script', names.hasScript),
		log: search.get('scale') !== 'linear',
		order: sort === 'name' ? 'name' : { tokenizer: Math.max(0, at) },
		detail: known('in', 'tokenizer', names.hasTokenizer),
		article: whole('article', ARTICLES) ?? 1,
		word: known('word', 'word in', names.hasWord),
		open: open.filter(isPanel),
		prompt: whole('prompt', MAX_FIELD_VALUE),
		model: known('model', 'model', names.hasModel),
		shape: shape(),
		cache: known('cache', 'number format', names.hasFormat),
		priceOf: search.get('for'),
		price: typed('price', price),
		window: typed('window', () => whole('window', MAX_FIELD_VALUE)),
		problems
	};
}

export interface WrittenView {
	readonly tokenizers: readonly string[];
	readonly baseline: string;
	readonly chosen: string;
	readonly all: boolean;
	readonly search: string;
	readonly script: string | null;
	readonly log: boolean;
	readonly order: RowOrder;
	readonly detail: string | null;
	readonly article: number;
	readonly word: string;
	readonly open: readonly Panel[];
	readonly prompt: number;
	readonly model: string | null;
	/** Null where it is that of {@link model}; likewise the number format. */
	readonly shape: ModelShape | null;
	readonly cache: string | null;
	/** Whose price and window; null for the tokenizer's first. */
	readonly priceOf: string | null;
	/** Null where they are the model's. */
	readonly price: Typed | null;
	readonly window: Typed | null;
}

/** The search part, with `?` in front; empty where all is as by default. */
export function writeInflation(view: WrittenView, defaults: WrittenView): string {
	const search = new URLSearchParams();
	const add = (name: string, value: string | number | null, fallback: string | number | null) => {
		if (value !== null && value !== fallback) search.append(name, String(value));
	};
	const { order, tokenizers } = view;
	add('base', view.baseline, defaults.baseline);
	add('lang', view.chosen, defaults.chosen);
	add('all', view.all ? 1 : null, null);
	add('q', view.search.trim(), '');
	add('script', view.script, null);
	add('scale', view.log ? 'log' : 'linear', 'log');
	if (order === 'name') add('sort', 'name', null);
	else if (order.tokenizer > 0) add('sort', tokenizers[order.tokenizer], null);
	add('in', view.detail, tokenizers.at(0) ?? null);
	add('article', view.article, 1);
	add('word', view.word, defaults.word);
	add('open', view.open.join(' ') || null, null);
	add('prompt', view.prompt, defaults.prompt);
	add('model', view.model, defaults.model);
	add('shape', view.shape && shapeText(view.shape), null);
	add('cache', view.cache, null);
	add('for', view.priceOf, null);
	add('price', view.price, null);
	add('window', view.window, null);
	// Commas need no escaping here, and a link that people read is a better link. Where the order names a
	// tokenizer, all are named.
	const isDefault = tokenizers.join() === defaults.tokenizers.join() && !search.has('sort');
	const list = isDefault ? '' : `t=${tokenizers.map(encodeURIComponent).join(',')}`;
	const parts = [list, search.toString()].filter(Boolean);
	return parts.length > 0 ? `?${parts.join('&')}` : '';
}
