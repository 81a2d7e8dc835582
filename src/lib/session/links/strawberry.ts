import { resolveAlias } from '../../tokenizers/catalogue';
import { graphemesOf } from '../../tokenizers/graphemes';
import { tokenizers, type TokenizerNames } from './fields';
import { describeUnexpectedValue, describeUnknownTokenizers } from './messages';
import {
	anyOf,
	escapeList,
	flag,
	oneOf,
	valueField,
	whole,
	type LinkField,
	type LinkValues
} from './schema';

/** Whether the word is shown alone or in a sentence. */
export type WordForm = 'alone' | 'sentence';

/** Subject of the table of splits: all tokenizers, or forms of the word. */
export type SplitTable = 'tokenizers' | 'forms';

const isOneLetter = (letter: string): boolean => graphemesOf(letter).texts.length === 1;

/** Parts that can be open: the trees of the first and of the second tokenizer, and the studies. */
export const FOLDED_PARTS = ['first-tree', 'second-tree', 'studies'] as const;
export type FoldedPart = (typeof FOLDED_PARTS)[number];

/** An emptied field counts nothing. */
const LETTER: LinkField<string | null> = {
	...valueField<string | null>('letter', null, 'one letter', (found) =>
		found === '' || isOneLetter(found) ? found : undefined
	),
	format: (letter) => (letter === '' || isOneLetter(letter) ? [letter.toWellFormed()] : []),
	escape: encodeURIComponent
};

const MERGE_TOKENIZERS: LinkField<readonly [string, string] | null, TokenizerNames> = {
	name: 'ladder',
	default: null,
	parse([found], names, report) {
		const ids = found.split(',').map(resolveAlias);
		const unknown = ids.filter((id) => !names.has(id));
		if (unknown.length > 0) report(describeUnknownTokenizers(unknown, names.problem));
		else if (ids.length === 2) return [ids[0], ids[1]];
		else report(describeUnexpectedValue('ladder', found, 'two tokenizers'));
		return undefined;
	},
	escape: escapeList
};

/** Schema of links to Strawberry. The hash holds the word. */
export const STRAWBERRY_LINK = {
	tokenizers: tokenizers('t'),
	letter: LETTER,
	caseRule: oneOf('case', ['exact', 'alike'], 'alike'),
	/** The two tokenizers whose merges are shown. */
	mergeTokenizers: MERGE_TOKENIZERS,
	form: oneOf<WordForm>('form', ['sentence', 'alone'], 'alone'),
	/** Merges done; `null` after the last. */
	step: whole('step', null, 0),
	open: anyOf('open', FOLDED_PARTS),
	table: oneOf<SplitTable>('table', ['tokenizers', 'forms'], 'tokenizers'),
	/** Whether the whole catalogue answers. */
	all: flag('all')
};

type Values = LinkValues<typeof STRAWBERRY_LINK>;

/** Settings of the page. In a link, `null` stands for the default. */
export type StrawberrySettings = {
	readonly [K in keyof Values]: K extends 'step' ? Values[K] : NonNullable<Values[K]>;
};
