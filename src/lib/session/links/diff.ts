import { parseEdits } from '../../drift/edits/parse-edit';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import { tokenizer, type TokenizerNames } from './fields';
import { json, readLink, whole, writeLink } from './schema';

/** One side of a diff: a tokenizer, perhaps edited. */
export interface DriftSide {
	readonly tokenizer: string;
	readonly edits: readonly SpecEdit[];
}

/** The model was trained with A and is served with B. */
export interface DriftSides {
	readonly a: DriftSide;
	readonly b: DriftSide;
}

export interface LinkedDiff {
	readonly sides: DriftSides;
	/** Rows of the model's embedding; `null` if unknown. */
	readonly rows: number | null;
}

/** Limit of embedding rows, because a model of A's ids takes memory for each. */
export const MAX_EMBEDDING_ROWS = 1 << 24;

const edits = (name: string) =>
	json<readonly SpecEdit[]>(name, 'changes to a tokenizer', (found) =>
		parseEdits(found, 'changes')
	);

/** Links to a diff. The hash carries the text. */
const DIFF_LINK = {
	a: tokenizer('a'),
	editsA: edits('edit-a'),
	b: tokenizer('b'),
	editsB: edits('edit-b'),
	rows: whole('rows', null, 1, MAX_EMBEDDING_ROWS)
};

/**
 * Reads an address. Sides that it does not name are taken from the given diff.
 * @returns `diff` is `null` if the address asks for none or has a problem
 */
export function readDiff(
	search: URLSearchParams,
	{ sides }: LinkedDiff,
	names: TokenizerNames
): { readonly diff: LinkedDiff | null; readonly problems: readonly string[] } {
	const { values, problems } = readLink(DIFF_LINK, search, names);
	const { a, editsA, b, editsB, rows } = values;
	const asksForDiff = Object.values(values).some((value) => value !== null);
	if (problems.length > 0 || !asksForDiff) return { diff: null, problems };
	const side = (
		tokenizer: string | null,
		edits: readonly SpecEdit[] | null,
		fallback: DriftSide
	): DriftSide =>
		tokenizer === null && edits === null
			? fallback
			: { tokenizer: tokenizer ?? fallback.tokenizer, edits: edits ?? [] };
	return {
		diff: { sides: { a: side(a, editsA, sides.a), b: side(b, editsB, sides.b) }, rows },
		problems
	};
}

/** The search part of a link, with `?` in front. */
export const writeDiff = ({ sides: { a, b }, rows }: LinkedDiff): string =>
	writeLink(
		DIFF_LINK,
		{ a: a.tokenizer, editsA: a.edits, b: b.tokenizer, editsB: b.edits, rows },
		{ editsA: [], editsB: [] }
	);
