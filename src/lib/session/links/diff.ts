import { parseEdits } from '../../drift/edits/parse-edit';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import type { DriftSide, DriftSides } from './drift-side';
import { tokenizer, type TokenizerNames } from './fields';
import { json, readLink, whole, writeLink } from './schema';

/** The largest embedding that is asked about: a model of A's ids has a place for every row. */
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

export interface LinkedDiff {
	readonly sides: DriftSides;
	/** Of the embedding; `null` if unknown. */
	readonly rows: number | null;
}

/**
 * Reads an address. What it does not say is as in `fallback`.
 * @returns `diff` is `null` if the address asks for none, or for one that cannot be
 */
export function readDiff(
	search: URLSearchParams,
	fallback: LinkedDiff,
	names: TokenizerNames
): { readonly diff: LinkedDiff | null; readonly problems: readonly string[] } {
	const { values, problems } = readLink(DIFF_LINK, search, names);
	const { a, editsA, b, editsB, rows } = values;
	const asksForDiff = Object.values(values).some((value) => value !== null);
	if (problems.length > 0 || !asksForDiff) return { diff: null, problems };
	const side = (
		tokenizer: string | null,
		edits: readonly SpecEdit[] | null,
		byDefault: DriftSide
	): DriftSide =>
		tokenizer === null && edits === null
			? byDefault
			: { tokenizer: tokenizer ?? byDefault.tokenizer, edits: edits ?? [] };
	const { sides } = fallback;
	return {
		diff: { sides: { a: side(a, editsA, sides.a), b: side(b, editsB, sides.b) }, rows },
		problems
	};
}

/** The search part, with `?` in front. */
export const writeDiff = ({ sides: { a, b }, rows }: LinkedDiff): string =>
	writeLink(
		DIFF_LINK,
		{ a: a.tokenizer, editsA: a.edits, b: b.tokenizer, editsB: b.edits, rows },
		{ editsA: [], editsB: [] }
	);
