/**
 * What of a diff stands in the address: `a`, `b` the tokenizers, `edit-a`, `edit-b` their changes as
 * JSON, `rows` of the embedding. The text is in the hash.
 */
import { resolveAlias } from '../../tokenizers/catalogue';
import { parseEdits } from '../../drift/edits/parse-edit';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import type { DriftSide, DriftSides } from './drift-side';

/** The largest embedding that is asked about: a model of A's ids has a place for every row. */
export const MOST_ROWS = 1 << 24;

export interface LinkedDiff {
	readonly sides: DriftSides;
	readonly rows: number | null;
}

/** Whether the address asks for two tokenizers. */
export const asksForDiff = (search: URLSearchParams): boolean =>
	['a', 'b', 'edit-a', 'edit-b', 'rows'].some((name) => search.has(name));

/**
 * Reads an address; what it does not say is as in `fallback`.
 * @param isKnown whether there is a tokenizer of an id
 * @returns what is asked for, or what is wrong with it, in sentences
 */
export function readDiff(
	search: URLSearchParams,
	fallback: LinkedDiff,
	isKnown: (id: string) => boolean
): LinkedDiff | { readonly problems: readonly string[] } {
	const problems: string[] = [];
	const side = (name: 'a' | 'b'): DriftSide => {
		const named = search.get(name);
		const tokenizer = named === null ? null : resolveAlias(named);
		if (tokenizer !== null && !isKnown(tokenizer))
			problems.push(
				`The link asks for “${tokenizer}”, which is neither in the catalogue nor kept in this browser.`
			);
		const json = search.get(`edit-${name}`);
		if (json === null) return tokenizer === null ? fallback.sides[name] : { tokenizer, edits: [] };
		return { tokenizer: tokenizer ?? fallback.sides[name].tokenizer, edits: edits(json) };
	};
	const edits = (json: string): readonly SpecEdit[] => {
		try {
			return parseEdits(JSON.parse(json), 'changes');
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			problems.push(`The link’s changes to a tokenizer cannot be read (${why}).`);
			return [];
		}
	};
	const sides = { a: side('a'), b: side('b') };
	const asked = search.get('rows');
	if (asked !== null && !(/^[1-9]\d{0,9}$/.test(asked) && Number(asked) <= MOST_ROWS))
		problems.push(`The link has rows “${asked}”: expected a whole number from 1 to ${MOST_ROWS}.`);
	if (problems.length > 0) return { problems };
	return { sides, rows: asked === null ? null : Number(asked) };
}

/** The search part, with `?` in front. */
export function writeDiff({ sides: { a, b }, rows }: LinkedDiff): string {
	const search = new URLSearchParams();
	search.set('a', a.tokenizer);
	if (a.edits.length > 0) search.set('edit-a', JSON.stringify(a.edits));
	search.set('b', b.tokenizer);
	if (b.edits.length > 0) search.set('edit-b', JSON.stringify(b.edits));
	if (rows !== null) search.set('rows', String(rows));
	return `?${search}`;
}
