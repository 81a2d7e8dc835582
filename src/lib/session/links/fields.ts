/** Link fields that several features share. */
import { LIVE_TOKENIZER, resolveAlias } from '../../tokenizers/catalogue';
import { CORPORA } from '../downloads/corpora';
import {
	describeUnexpectedValue,
	describeUnknownName,
	describeUnknownTokenizers
} from './messages';
import { escapeList, oneOf, toggle, type LinkField } from './schema';

/** The tokenizers that a link may name. */
export interface TokenizerNames {
	has(id: string): boolean;
	/** User-facing reason why saved tokenizers may be missing. */
	readonly problem?: string | null;
}

/**
 * A name that must be known.
 * @param kind user-facing kind of the named thing: "language"
 */
export const known = <C>(
	name: string,
	kind: string,
	has: (context: C, found: string) => boolean
): LinkField<string | null, C> => ({
	name,
	default: null,
	parse([found], context, report) {
		if (has(context, found)) return found;
		report(describeUnknownName(kind, found));
		return undefined;
	}
});

/** Id of an example corpus. */
export const corpus = (name: string): LinkField<string | null> =>
	known(name, 'example', (_, found) => CORPORA.some(({ id }) => id === found));

export const tokenizer = (name: string): LinkField<string | null, TokenizerNames> => ({
	name,
	default: null,
	parse([found], names, report) {
		const id = resolveAlias(found);
		if (names.has(id)) return id;
		report(describeUnknownTokenizers([id], names.problem));
		return undefined;
	}
});

/**
 * Distinct tokenizers in order: `cl100k_base,llama3`. `null` if a link names none that exists. A page that does not offer
 * the live tokenizer leaves it out of Compare's links.
 */
export const tokenizers = (name: string): LinkField<readonly string[] | null, TokenizerNames> => ({
	name,
	default: null,
	parse([found], names, report) {
		const named = found.split(',').map((id) => resolveAlias(id.trim()));
		const asked = [...new Set(named)].filter(Boolean);
		const unknown = asked.filter((id) => !names.has(id) && id !== LIVE_TOKENIZER);
		if (unknown.length > 0) report(describeUnknownTokenizers(unknown, names.problem));
		const ids = asked.filter((id) => names.has(id));
		return ids.length > 0 ? ids : null;
	},
	escape: escapeList
});

/** A value for each of some tokenizers, each in its own parameter: `price=gpt2:0.5`. */
export const perTokenizer = <T extends string | number>(
	field: LinkField<T | null>
): LinkField<ReadonlyMap<string, T>, TokenizerNames> => ({
	name: field.name,
	default: new Map(),
	parse: (found, names, report) =>
		new Map(
			found.flatMap((pair): [string, T][] => {
				const [named, ...rest] = pair.split(':');
				const id = resolveAlias(named);
				if (!names.has(id)) report(describeUnknownTokenizers([id], names.problem));
				const value = names.has(id) ? field.parse([rest.join(':')], undefined, report) : null;
				return value === null || value === undefined ? [] : [[id, value]];
			})
		),
	format: (values) => [...values].map(([id, value]) => `${id}:${value}`),
	escape: escapeList
});

/** A token of one tokenizer, by its bytes: `pin=gpt2:12-23`. */
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

/** How tokens are drawn. */
export const DRAWING = {
	display: oneOf('view', ['text', 'ids', 'bytes'], 'text'),
	colourAll: toggle('colour', 'all', 'differences', false),
	whitespace: WHITESPACE
};
