import { parseEdits } from '../../drift/edits/parse-edit';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import { DRAWING, tokenizer, type TokenizerNames } from './fields';
import { SIDES_NOT_OPENED } from './messages';
import {
	json,
	oneOf,
	readLink,
	text,
	toggle,
	whole,
	writeLink,
	type LinkReading,
	type LinkValues
} from './schema';

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
	/** Rows of the model's embedding; `null` for the default. */
	readonly rows: number | null;
}

/** Limit of embedding rows, because a model of A's ids takes memory for each. */
export const MAX_EMBEDDING_ROWS = 1 << 24;

export const VOCABULARY_LISTS = ['moved', 'removed', 'added', 'same'] as const;
export const UNREACHABLE_LISTS = ['lost', 'b', 'a'] as const;
export type VocabularyList = (typeof VOCABULARY_LISTS)[number];
export type UnreachableList = (typeof UNREACHABLE_LISTS)[number];

/** A list of tokens; `first` is the first one that has any. */
const listOf = <T extends string>(name: string, lists: readonly T[]) =>
	oneOf<T | 'first'>(name, ['first', ...lists], 'first');

const edits = (name: string) =>
	json<readonly SpecEdit[]>(name, 'changes to a tokenizer', (found) =>
		parseEdits(found, 'changes')
	);

const SIDES_LINK = {
	a: tokenizer('a'),
	editsA: edits('edit-a'),
	b: tokenizer('b'),
	editsB: edits('edit-b')
};

const VIEW_LINK = {
	/** Whether special tokens in the text are ordinary text or parsed. */
	special: oneOf('special', ['text', 'parse'], 'text'),
	/** Whether the tokens of each side's template are added to the text. */
	template: toggle('template', 'on', 'off', false),
	display: DRAWING.display,
	/** The list that is shown in a check, and what is searched there. */
	vocabularyList: listOf('vocabulary', VOCABULARY_LISTS),
	vocabularySearch: text('vocabulary-find', ''),
	unreachableList: listOf('unreachable', UNREACHABLE_LISTS),
	unreachableSearch: text('unreachable-find', '')
};

/** Links to a diff. The hash carries the text. */
const DIFF_LINK = {
	...SIDES_LINK,
	rows: whole('rows', null, 1, MAX_EMBEDDING_ROWS),
	...VIEW_LINK
};

/** How the text is read and drawn, and which lists of tokens are shown. */
export type DiffViewLink = LinkValues<typeof VIEW_LINK>;

interface DiffLink extends DiffViewLink {
	/** `null` if the link names no side, or one that cannot be read. */
	readonly sides: DriftSides | null;
	readonly rows: number | null;
}

/** Reads an address. A side that it does not name is taken from the given diff. */
export function readDiff(
	search: URLSearchParams,
	{ sides }: Pick<LinkedDiff, 'sides'>,
	names: TokenizerNames
): LinkReading<DiffLink> {
	const asked = readLink(SIDES_LINK, search, names, null);
	const { values, problems } = readLink(
		{ rows: DIFF_LINK.rows, ...VIEW_LINK },
		search,
		undefined,
		DIFF_LINK
	);
	const isUnreadable = asked.problems.length > 0;
	const { a, editsA, b, editsB } = asked.values;
	const side = (
		tokenizer: string | null,
		edits: readonly SpecEdit[] | null,
		fallback: DriftSide
	): DriftSide =>
		tokenizer === null && edits === null
			? fallback
			: { tokenizer: tokenizer ?? fallback.tokenizer, edits: edits ?? [] };
	const namesSides = Object.values(asked.values).some((value) => value !== null);
	return {
		values: {
			...values,
			// Half a pair would be a different question.
			sides:
				namesSides && !isUnreadable
					? { a: side(a, editsA, sides.a), b: side(b, editsB, sides.b) }
					: null
		},
		problems: [...asked.problems, ...(isUnreadable ? [SIDES_NOT_OPENED] : []), ...problems]
	};
}

/** The search part of a link, with `?` in front. */
export const writeDiff = ({
	sides: { a, b },
	...link
}: LinkedDiff & Partial<DiffViewLink>): string =>
	writeLink(
		DIFF_LINK,
		{ ...link, a: a.tokenizer, editsA: a.edits, b: b.tokenizer, editsB: b.edits },
		{ editsA: [], editsB: [] }
	);
