/**
 * Reads and writes a page's settings in the search part of its address. A feature's schema lists each field
 * once: name, default, parser and format. The order of a schema is the order in a link.
 */
import { formatChoice, formatCount } from '../format';
import { describeUnexpectedValue, describeUnknownFields, describeUnreadablePart } from './messages';

/**
 * One setting in a link.
 * @typeParam C tells the parser which names exist
 */
export interface LinkField<T, C = unknown> {
	/** Name of its search parameter. */
	readonly name: string;
	/** Another name, which is read but not written. */
	readonly alias?: string;
	/** Value if a link does not name the field, or names an unusable value. */
	readonly default: T;
	/**
	 * Parses the parameters with this name, of which there is at least one.
	 * @param report takes a sentence about each unusable value
	 * @returns `undefined` for the default
	 */
	readonly parse: (
		found: readonly string[],
		context: C,
		report: (problem: string) => void
	) => T | undefined;
	/** Texts of the parameters, not escaped; none to leave the field out. By default the value as a string. */
	format?(value: NonNullable<T>): readonly string[];
	/** Escapes a text for an address. By default as HTML forms do. */
	readonly escape?: (text: string) => string;
	/** Whether it holds what a user typed, which belongs into the hash. */
	readonly isTyped?: boolean;
	/** Whether it says something about the input, so that it means nothing beside another one. */
	readonly isOfInput?: boolean;
	/** Its value without a tokenizer that is deleted. Absent if it names none. @param fallback for a value that must name one */
	without?(value: T, tokenizer: string, fallback: T): T;
}

export type LinkSchema<C> = Readonly<Record<string, LinkField<unknown, C>>>;

/** The value of each field of a schema. */
export type LinkValues<S> = {
	readonly [K in keyof S]: S[K] extends { readonly default: infer T } ? T : never;
};

const namesOf = ({ name, alias }: Pick<LinkField<unknown>, 'name' | 'alias'>): readonly string[] =>
	alias === undefined ? [name] : [name, alias];

/** Fields that other sites add to a link. `embed` asks for a page in a frame (early.js). */
const FIELDS_OF_SITES = /^(embed|utm(_.*)?|fbclid|gclid|ref|source)$/;

/**
 * Reads the search part of a link. A field that is missing or wrong has its default.
 * @param report takes a sentence about each mistake, and the key of the field whose value cannot be used
 * @param defaults replace those of the schema
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
 * Writes the search part of a link, with a leading `?`. It is empty if every value is the default.
 * @param values a field that is missing or `null` is left out
 * @param defaults replace those of the schema; a field whose default is `null` is always written
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

/** Leaves commas and colons as they are, so that people can read a list in an address. */
export const escapeList = (text: string): string =>
	encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':');

/**
 * A field with one parameter.
 * @param expected completes "expected …" in a message
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

/** A number of at least 0, as JavaScript writes it: 0.25, 1e-7. */
export const number = (name: string): LinkField<number | null> =>
	valueField<number | null>(name, null, 'a number of at least 0', (found) => {
		const value = Number(found);
		const isNumber = /^\d+(\.\d+)?(e[+-]\d+)?$/.test(found) && Number.isFinite(value);
		return isNumber ? value : undefined;
	});

/** A field for which a link has a word that stands for a value. */
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

/** True if a link names the field, whatever the value. */
export const flag = (name: string): LinkField<boolean> => ({
	name,
	default: false,
	parse: () => true,
	format: (value) => (value ? ['1'] : [])
});

/** A word for true and another for false. */
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

/** Any strings, each in its own parameter. */
export const texts = (name: string): LinkField<readonly string[]> => ({
	name,
	default: [],
	parse: (found) => found,
	format: (values) => values
});

/**
 * A field that holds JSON.
 * @param part user-facing name of this part of the link: "changes to a tokenizer"
 * @param parse throws for JSON of another form
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
 * What a field that was changed again has once a change from `before` to `after` is undone. In a list, what was removed
 * returns after the nearest item that it followed.
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
