/** Link fields shared by several features. */
import { LIVE_TOKENIZER, resolveAlias } from '../../tokenizers/catalogue';
import { CORPORA } from '../downloads/corpora';
import {
	describeUnexpectedValue,
	describeUnknownName,
	describeUnknownTokenizers
} from './messages';
import { escapeList, oneOf, toggle, type LinkField } from './schema';

/** The tokenizers that links may refer to. */
export interface TokenizerNames {
	has(id: string): boolean;
	/** Loads the saved tokenizers, so that `has` can find them. */
	load?(): Promise<void>;
	/** User-facing reason why saved tokenizers may be missing. */
	readonly problem?: string | null;
}

/**
 * A field whose value must be a known name.
 * @param kind user-facing noun for what the name refers to: "language"
 */
export const known = <D extends string | null, C>(
	name: string,
	fallback: D,
	kind: string,
	has: (context: C, found: string) => boolean
): LinkField<string | D, C> => ({
	name,
	default: fallback,
	parse([found], context, report) {
		if (has(context, found)) return found;
		report(describeUnknownName(kind, found));
		return undefined;
	}
});

export const corpus = (name: string): LinkField<string | null> =>
	known<null, unknown>(name, null, 'example', (_, found) => CORPORA.some(({ id }) => id === found));

export const tokenizer = <D extends string | null>(
	name: string,
	fallback: D
): LinkField<string | D, TokenizerNames> => ({
	name,
	default: fallback,
	parse([found], names, report) {
		const id = resolveAlias(found);
		if (names.has(id)) return id;
		report(describeUnknownTokenizers([id], names.problem));
		return undefined;
	},
	without: (value, deleted, fallback) => (value === deleted ? fallback : value)
});

/**
 * A list of distinct tokenizers: `cl100k_base,llama3`. Pages without the live tokenizer ignore its id.
 * @param fallback used if the link contains no known tokenizer
 */
export const tokenizers = (
	name: string,
	fallback: readonly string[]
): LinkField<readonly string[], TokenizerNames> => ({
	name,
	default: fallback,
	parse([found], names, report) {
		const named = found.split(',').map((id) => resolveAlias(id.trim()));
		const asked = [...new Set(named)].filter(Boolean);
		const unknown = asked.filter((id) => !names.has(id) && id !== LIVE_TOKENIZER);
		if (unknown.length > 0) report(describeUnknownTokenizers(unknown, names.problem));
		const ids = asked.filter((id) => names.has(id));
		return ids.length > 0 ? ids : undefined;
	},
	escape: escapeList,
	without: (ids, deleted) => (ids.includes(deleted) ? ids.filter((id) => id !== deleted) : ids)
});

/** Models by tokenizer, each in a separate parameter: `for=gpt2:GPT-2 XL`. */
export const modelPerTokenizer = (
	name: string,
	isKnown: (tokenizer: string, model: string) => boolean
): LinkField<ReadonlyMap<string, string>, TokenizerNames> => ({
	name,
	default: new Map(),
	parse: (found, names, report) =>
		new Map(
			found.flatMap((pair): [string, string][] => {
				const [named, ...rest] = pair.split(':');
				const id = resolveAlias(named);
				const model = rest.join(':');
				if (!names.has(id)) report(describeUnknownTokenizers([id], names.problem));
				else if (isKnown(id, model)) return [[id, model]];
				else report(describeUnknownName('model', pair));
				return [];
			})
		),
	format: (values) => [...values].map(([id, model]) => `${id}:${model}`),
	escape: escapeList,
	without: (values, deleted) =>
		values.has(deleted) ? new Map([...values].filter(([id]) => id !== deleted)) : values
});

/** A token in one tokenizer's encoding, identified by its span in bytes: `pin=gpt2:12-23`. */
export const tokenOf = (
	name: string
): LinkField<
	{ readonly tokenizer: string; readonly start: number; readonly end: number } | null,
	TokenizerNames
> => ({
	name,
	default: null,
	parse([found], names, report) {
		const [, named, start, end] = /^([^:]+):(\d{1,15})-(\d{1,15})$/.exec(found) ?? [];
		const token = { tokenizer: resolveAlias(named ?? ''), start: Number(start), end: Number(end) };
		if (names.has(token.tokenizer) && token.start <= token.end) return token;
		report(describeUnexpectedValue(name, found, 'a tokenizer and its bytes, such as gpt2:12-23'));
		return undefined;
	},
	format: ({ tokenizer, start, end }) => [`${tokenizer}:${start}-${end}`],
	escape: escapeList
});

/** Whether spaces, tabs and line endings are marked. */
export const WHITESPACE = toggle('marks', 'on', 'off', true);

export const DRAWING = {
	display: oneOf('view', ['text', 'ids', 'bytes'], 'text'),
	colourAll: toggle('colour', 'all', 'differences', false),
	whitespace: WHITESPACE
};
