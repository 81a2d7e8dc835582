/**
 * How a page's settings are written in the search part of its address. A feature's schema lists each
 * field once: its name, default, parser and format. The order of a schema is the order in a link.
 */
import { describeChoice, describeUnexpectedValue, describeUnreadablePart } from './messages';

/** Takes a sentence that says what is wrong with a link. */
export type ReportProblem = (problem: string) => void;

/**
 * One setting in a link.
 * @typeParam C what the parser asks for names that exist
 */
export interface LinkField<T, C = unknown> {
	/** Name of its search parameter. */
	readonly name: string;
	/** Value if a link does not name the field, or if what it says cannot be used. */
	readonly default: T;
	/**
	 * Parses the parameters of this name, at least one; `undefined` if they cannot be used. Whatever
	 * cannot be used is reported.
	 */
	readonly parse: (found: readonly string[], context: C, report: ReportProblem) => T | undefined;
	/** One text per parameter, not yet escaped; none to leave the field out. */
	format(value: NonNullable<T>): readonly string[];
	/** Escapes a text for an address; by default as HTML forms do. */
	readonly escape?: (text: string) => string;
}

export type LinkSchema<C> = Readonly<Record<string, LinkField<unknown, C>>>;

/** The value of each field of a schema. */
export type LinkValues<S> = {
	readonly [K in keyof S]: S[K] extends { readonly default: infer T } ? T : never;
};

export interface LinkReading<V> {
	readonly values: V;
	/** What is wrong with the link, in sentences. */
	readonly problems: readonly string[];
}

/** Reads the search part of a link. What it does not say, or says wrongly, is as by default. */
export function readLink<C, S extends LinkSchema<C>>(
	schema: S,
	search: URLSearchParams,
	context: C
): LinkReading<LinkValues<S>> {
	const problems: string[] = [];
	const report: ReportProblem = (problem) => problems.push(problem);
	const values = Object.entries(schema).map(([key, field]) => {
		const found = search.getAll(field.name);
		const value = found.length > 0 ? field.parse(found, context, report) : undefined;
		return [key, value === undefined ? field.default : value];
	});
	return { values: Object.fromEntries(values) as LinkValues<S>, problems };
}

/**
 * The search part of a link, with `?` in front; empty if every value is the default.
 * @param values a field that is missing or `null` is left out
 * @param defaults those that differ from the schema's; a field with `null` is always written
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
		const format = (value: unknown) =>
			value === null || value === undefined
				? []
				: field.format(value).map((text) => `${name}=${escape(text)}`);
		const written = format(given[key]);
		const byDefault = format(key in fallbacks ? fallbacks[key] : field.default);
		return written.join('&') === byDefault.join('&') ? [] : written;
	});
	return parameters.length > 0 ? `?${parameters.join('&')}` : '';
}

const escapeAsForm = (text: string): string =>
	new URLSearchParams({ '': text }).toString().slice(1);

/** Keeps commas and colons, so that people can read a list in an address. */
export const escapeList = (text: string): string =>
	encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':');

/**
 * A field of one parameter.
 * @param expected completes "expected …", for people
 * @param parse `undefined` for what is not expected
 */
export const valueField = <T>(
	name: string,
	fallback: T,
	expected: string,
	parse: (found: string) => T | undefined,
	format: (value: NonNullable<T>) => string = String
): LinkField<T> => ({
	name,
	default: fallback,
	parse([found], _, report) {
		const value = parse(found);
		if (value === undefined) report(describeUnexpectedValue(name, found, expected));
		return value;
	},
	format: (value) => [format(value)]
});

/** A whole number from `min` to `max`. */
export const whole = <D extends number | null>(
	name: string,
	fallback: D,
	min: number,
	max = Number.MAX_SAFE_INTEGER
): LinkField<number | D> =>
	valueField<number | D>(
		name,
		fallback,
		max === Number.MAX_SAFE_INTEGER
			? `a whole number of at least ${min}`
			: `a whole number from ${min} to ${max.toLocaleString('en')}`,
		(found) => {
			const number = Number(found);
			return /^\d+$/.test(found) && number >= min && number <= max ? number : undefined;
		}
	);

/** A number of at least 0, as JavaScript writes it: 0.25, 1e-7. */
export const number = (name: string): LinkField<number | null> =>
	valueField<number | null>(name, null, 'a number of at least 0', (found) => {
		const value = Number(found);
		const isNumber = /^\d+(\.\d+)?(e[+-]\d+)?$/.test(found) && Number.isFinite(value);
		return isNumber ? value : undefined;
	});

/** A figure, or `none` for a figure that was taken away. */
export const orNone = (field: LinkField<number | null>): LinkField<number | 'none' | null> => ({
	...field,
	parse: (found, context, report) =>
		found[0] === 'none' ? 'none' : field.parse(found, context, report),
	format: (value) => (value === 'none' ? [value] : field.format(value))
});

export const oneOf = <T extends string>(
	name: string,
	values: readonly T[],
	fallback: NoInfer<T>
): LinkField<T> =>
	valueField(name, fallback, describeChoice(values), (found) =>
		values.find((value) => value === found)
	);

/** Any of some words, separated by spaces, in the order in which they are given. */
export const anyOf = <T extends string>(
	name: string,
	values: readonly T[]
): LinkField<readonly T[]> => ({
	name,
	default: [],
	parse: ([found], _, report) =>
		found
			.split(' ')
			.filter(Boolean)
			.flatMap((word) => {
				const value = values.find((value) => value === word);
				if (value !== undefined) return [value];
				report(describeUnexpectedValue(name, word, describeChoice(values)));
				return [];
			}),
	format: (words) => [words.join(' ')]
});

/** True if a link names the field, with any value. */
export const flag = (name: string): LinkField<boolean> => ({
	name,
	default: false,
	parse: () => true,
	format: (value) => (value ? ['1'] : [])
});

/** A choice of two: one word for true, one for false. */
export const toggle = (
	name: string,
	words: { readonly true: string; readonly false: string },
	fallback: boolean
): LinkField<boolean> =>
	valueField(
		name,
		fallback,
		describeChoice([words.true, words.false]),
		(found) => (found === words.true ? true : found === words.false ? false : undefined),
		(value) => words[value ? 'true' : 'false']
	);

export const text = <D extends string | null>(
	name: string,
	fallback: D
): LinkField<string | D> => ({
	name,
	default: fallback,
	parse: ([found]) => found,
	format: (value) => [value]
});

/** Any strings, each in a parameter of its own. */
export const texts = (name: string): LinkField<readonly string[]> => ({
	name,
	default: [],
	parse: (found) => found,
	format: (values) => values
});

/**
 * JSON.
 * @param part of the link, for people: "changes to a tokenizer"
 * @param parse throws for JSON of another form
 */
export const json = <T>(
	name: string,
	part: string,
	parse: (json: unknown) => T
): LinkField<T | null> => ({
	name,
	default: null,
	parse([found], _, report) {
		try {
			return parse(JSON.parse(found));
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			report(describeUnreadablePart(part, reason));
			return undefined;
		}
	},
	format: (value) => [JSON.stringify(value)]
});
