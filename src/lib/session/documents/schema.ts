/**
 * Reads and writes a page's settings in the query string of its address. A feature's schema lists each field once:
 * name, default, parser and format. Links list the fields in the schema's order.
 */
import { formatChoice, formatCount } from '../format';
import { describeUnexpectedValue, describeUnknownFields, describeUnreadablePart } from './messages';

/**
 * A setting in a link.
 * @typeParam C context in which the parser looks up names
 */
export interface LinkField<T, C = unknown> {
	/** Name of the field's query parameter. */
	readonly name: string;
	/** Alternative name that is accepted but never written. */
	readonly alias?: string;
	/** Value to use if the link lacks the field or its value is unusable. */
	readonly default: T;
	/**
	 * Parses all parameters with this name, of which there is at least one.
	 * @param report called with a sentence about an unusable value
	 * @returns `undefined` for the default
	 */
	readonly parse: (
		found: readonly string[],
		context: C,
		report: (problem: string) => void
	) => T | undefined;
	/** Returns an unescaped value for each parameter to write. By default, converts the value to a string. */
	format?(value: NonNullable<T>): readonly string[];
	/** Escapes a value for the URL; by default, as HTML forms do. */
	readonly escape?: (text: string) => string;
	/** Whether users type the value. Links put typed text in the hash, which browsers never send to a server. */
	readonly isTyped?: boolean;
	/** Whether the value makes sense only for the current input. */
	readonly refersToInput?: boolean;
	/**
	 * Removes a deleted tokenizer from the value. Absent if the field doesn't refer to tokenizers.
	 * @param fallback used if the field can't be empty
	 */
	without?(value: T, tokenizer: string, fallback: T): T;
}

export type LinkSchema<C> = Readonly<Record<string, LinkField<unknown, C>>>;

export type LinkValues<S> = {
	readonly [K in keyof S]: S[K] extends { readonly default: infer T } ? T : never;
};

const namesOf = ({ name, alias }: Pick<LinkField<unknown>, 'name' | 'alias'>): readonly string[] =>
	alias === undefined ? [name] : [name, alias];

/** Parameters that other sites add to links, and `embed`, which early.js handles. */
const FIELDS_OF_SITES = /^(embed|utm(_.*)?|fbclid|gclid|ref|source)$/;

/**
 * Reads the query string of a link. Missing and unusable fields get their defaults.
 * @param report called with a sentence about a problem and, for an unusable value, the field's key
 * @param defaults override the schema's defaults
 */
export function readLink<C, S extends LinkSchema<C>>(
	schema: S,
	search: URLSearchParams,
	context: C,
	report: (problem: string, key?: string) => void,
	defaults: Partial<LinkValues<S>> = {}
): LinkValues<S> {
	const fallbacks: Readonly<Record<string, unknown>> = defaults;
	const values = Object.entries(schema).map(([key, field]) => {
		const found = namesOf(field).flatMap((name) => search.getAll(name));
		const value =
			found.length > 0 ? field.parse(found, context, (problem) => report(problem, key)) : undefined;
		return [key, value ?? (key in fallbacks ? fallbacks[key] : field.default)];
	});
	const names = new Set(Object.values(schema).flatMap(namesOf));
	const unknown = [...new Set(search.keys())].filter(
		(name) => !names.has(name) && !FIELDS_OF_SITES.test(name)
	);
	if (unknown.length > 0) report(describeUnknownFields(unknown));
	return Object.fromEntries(values) as LinkValues<S>;
}

/**
 * Writes the query string of a link, starting with `?`; empty if every field has its default value.
 * @param values fields that are missing or `null` are omitted
 * @param defaults override the schema's defaults; `null` means that the field is always written
 */
export function writeLink<S extends LinkSchema<never>>(
	schema: S,
	values: Partial<LinkValues<S>>,
	defaults: { readonly [K in keyof S]?: LinkValues<S>[K] | null } = {}
): string {
	const given: Readonly<Record<string, unknown>> = values;
	const fallbacks: Readonly<Record<string, unknown>> = defaults;
	const parameters = Object.entries(schema).flatMap(([key, field]) => {
		const { name, escape = escapeAsForm } = field;
		const write = (value: unknown): readonly string[] => {
			if (value === null || value === undefined) return [];
			const texts = field.format?.(value) ?? [asText(value)];
			return texts.map((text) => `${name}=${escape(text)}`);
		};
		const written = write(given[key]);
		const byDefault = write(key in fallbacks ? fallbacks[key] : field.default);
		return written.join() === byDefault.join() ? [] : written;
	});
	return parameters.length > 0 ? `?${parameters.join('&')}` : '';
}

const asText: (value: unknown) => string = String;

const escapeAsForm = (text: string): string =>
	new URLSearchParams({ '': text }).toString().slice(1);

/** Leaves commas and colons unescaped, so that lists in an address are readable. */
export const escapeList = (text: string): string =>
	encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':');

/**
 * A field with a single parameter.
 * @param expected noun phrase that follows "expected" in a message
 * @param parse returns `undefined` for an unexpected value
 */
export const valueField = <T>(
	name: string,
	fallback: T,
	expected: string,
	parse: (found: string) => T | undefined
): LinkField<T> => ({
	name,
	default: fallback,
	parse([found], _, report) {
		const value = parse(found);
		if (value === undefined) report(describeUnexpectedValue(name, found, expected));
		return value;
	}
});

export function whole<D extends number | null>(
	name: string,
	fallback: D,
	min: number,
	max = Number.MAX_SAFE_INTEGER
): LinkField<number | D> {
	const expected =
		max === Number.MAX_SAFE_INTEGER
			? `a whole number of at least ${min}`
			: `a whole number from ${min} to ${formatCount(max)}`;
	return valueField<number | D>(name, fallback, expected, (found) => {
		const value = Number(found);
		return /^\d+$/.test(found) && value >= min && value <= max ? value : undefined;
	});
}

/** A non-negative number as JavaScript writes it: 0.25, 1e-7. */
export const number = (name: string): LinkField<number | null> =>
	valueField<number | null>(name, null, 'a number of at least 0', (found) => {
		const value = Number(found);
		const isNumber = /^\d+(\.\d+)?(e[+-]\d+)?$/.test(found) && Number.isFinite(value);
		return isNumber ? value : undefined;
	});

export const orWord = <T, W, C>(
	field: LinkField<T, C>,
	word: string,
	value: W
): LinkField<T | W, C> => ({
	...field,
	parse: (found, context, report) =>
		found[0] === word ? value : field.parse(found, context, report)
});

export const oneOf = <T extends string, D extends T | null>(
	name: string,
	values: readonly T[],
	fallback: D
): LinkField<T | D> =>
	valueField<T | D>(name, fallback, formatChoice(values), (found) =>
		values.find((value) => value === found)
	);

/** A boolean that is true if the parameter is present, whatever its value. */
export const flag = (name: string): LinkField<boolean> => ({
	name,
	default: false,
	parse: () => true,
	format: (value) => (value ? ['1'] : [])
});

export const toggle = (
	name: string,
	on: string,
	off: string,
	fallback: boolean
): LinkField<boolean> => ({
	...valueField(name, fallback, formatChoice([on, off]), (found) =>
		found === on ? true : found === off ? false : undefined
	),
	format: (value) => [value ? on : off]
});

export const text = <D extends string | null>(
	name: string,
	fallback: D
): LinkField<string | D> => ({
	name,
	default: fallback,
	parse: ([found]) => found
});

/** A field with any number of strings, each in a separate parameter. */
export const texts = (name: string): LinkField<readonly string[]> => ({
	name,
	default: [],
	parse: (found) => found,
	format: (values) => values
});

/**
 * A field that contains JSON.
 * @param part user-facing name of this part of the link: "changes to a tokenizer"
 * @param parse throws if the JSON has an unexpected structure
 */
export const json = <T>(
	name: string,
	fallback: T,
	part: string,
	parse: (json: unknown) => T
): LinkField<T> => ({
	name,
	default: fallback,
	parse([found], _, report) {
		try {
			return parse(JSON.parse(found));
		} catch (error) {
			report(describeUnreadablePart(part, error));
			return undefined;
		}
	},
	format: (value) => [JSON.stringify(value)]
});

/**
 * Undoes the change from `before` to `after` in `now`, the list after any later changes. Puts each removed item back
 * after the nearest item that preceded it and is still in the list. Values other than lists stay as they are.
 */
export function undoChange(now: unknown, before: unknown, after: unknown): unknown {
	if (!Array.isArray(now) || !Array.isArray(before) || !Array.isArray(after)) return now;
	const list: unknown[] = now.filter((item) => !after.includes(item) || before.includes(item));
	let place = 0;
	for (const item of before) {
		if (!list.includes(item) && !after.includes(item)) list.splice(place, 0, item);
		if (list.includes(item)) place = list.indexOf(item) + 1;
	}
	return list;
}
