/** What of the Inflation page stands in the address, as search parameters: what is not as by default. */
import { readTokenizers } from '../compare-link';
import type { RowOrder } from './rows';

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
	readonly prompt: number | null;
	readonly model: string | null;
}

/** Articles of the declaration. */
export const ARTICLES = 30;

/** What a link may name. */
export interface LinkNames {
	readonly hasTokenizer: (id: string) => boolean;
	readonly hasLanguage: (code: string) => boolean;
	readonly hasScript: (script: string) => boolean;
	readonly hasModel: (name: string) => boolean;
}

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
			`The link has ${name} “${value}”: expected a whole number from 1 to ${most.toLocaleString('en')}.`
		);
		return null;
	};
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
		prompt: whole('prompt', 1e9),
		model: known('model', 'model', names.hasModel),
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
	readonly prompt: number;
	readonly model: string | null;
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
	add('prompt', view.prompt, defaults.prompt);
	add('model', view.model, defaults.model);
	// Commas need no escaping here, and a link that people read is a better link. Where the order names a
	// tokenizer, all are named.
	const isDefault = tokenizers.join() === defaults.tokenizers.join() && !search.has('sort');
	const list = isDefault ? '' : `t=${tokenizers.map(encodeURIComponent).join(',')}`;
	const parts = [list, search.toString()].filter(Boolean);
	return parts.length > 0 ? `?${parts.join('&')}` : '';
}
