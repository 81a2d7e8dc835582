import { parseEdits } from '../../drift/edits/parse-edit';
import { GPT2_SPLIT, type SpecEdit } from '../../drift/edits/spec-edit';
import { DRAWING, tokenizer } from './fields';
import { json, oneOf, text, toggle, whole, writeLink, type LinkField } from './schema';

/** One side of a diff: a tokenizer, possibly edited. */
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
	/** Number of rows in the model's embedding; `null` for the default. */
	readonly rows: number | null;
}

/** Maximum number of embedding rows; limited because memory use grows with them. */
export const MAX_EMBEDDING_ROWS = 1 << 24;

export const VOCABULARY_LISTS = ['moved', 'removed', 'added', 'same'] as const;
export const UNREACHABLE_LISTS = ['lost', 'b', 'a'] as const;
export type VocabularyList = (typeof VOCABULARY_LISTS)[number];
export type UnreachableList = (typeof UNREACHABLE_LISTS)[number];

/** Which list of tokens to show; `first` means the first list that isn't empty. */
const listOf = <T extends string>(name: string, lists: readonly T[]) =>
	oneOf(name, ['first', ...lists], 'first');

const edits = (name: string, fallback: readonly SpecEdit[]): LinkField<readonly SpecEdit[]> => ({
	...json<readonly SpecEdit[]>(name, fallback, 'changes to a tokenizer', (found) =>
		parseEdits(found, 'changes')
	),
	isTyped: true
});

/** A converted tokenizer that lost its pre-tokenizer, which is the most common bug in practice. */
export const FIRST_SIDES: DriftSides = {
	a: { tokenizer: 'llama3', edits: [] },
	b: { tokenizer: 'llama3', edits: [GPT2_SPLIT] }
};

/** State of the Diff page, other than the text. */
export const DIFF_FIELDS = {
	a: tokenizer('a', FIRST_SIDES.a.tokenizer),
	editsA: edits('edit-a', FIRST_SIDES.a.edits),
	b: tokenizer('b', FIRST_SIDES.b.tokenizer),
	editsB: edits('edit-b', FIRST_SIDES.b.edits),
	/** Number of rows in the model's embedding; `null` for the default. */
	rows: whole('rows', null, 1, MAX_EMBEDDING_ROWS),
	/** Whether special tokens in the text are treated as text or parsed. */
	special: oneOf('special', ['text', 'parse'], 'text'),
	/** Whether the tokens of each side's template are added to the text. */
	template: toggle('template', 'on', 'off', false),
	display: DRAWING.display,
	/** Which lists the checks show, and the search text for each. */
	vocabularyList: listOf('vocabulary', VOCABULARY_LISTS),
	vocabularySearch: { ...text('vocabulary-find', ''), isTyped: true },
	unreachableList: listOf('unreachable', UNREACHABLE_LISTS),
	unreachableSearch: { ...text('unreachable-find', ''), isTyped: true }
};

/** Defaults for a link that always includes both tokenizers, but includes edits only if there are any. */
export const NAMED_SIDES = { a: null, editsA: [], b: null, editsB: [] };

/** Query string of a link to a diff, starting with `?`. */
export const writeDiff = ({
	sides: { a, b },
	...link
}: LinkedDiff & { readonly template?: boolean }): string =>
	writeLink(
		DIFF_FIELDS,
		{ ...link, a: a.tokenizer, editsA: a.edits, b: b.tokenizer, editsB: b.edits },
		NAMED_SIDES
	);
