import { graphemesOf } from '../../tokenizers/graphemes';
import { tokenizer, tokenizers } from './fields';
import { oneOf, valueField, whole, type LinkField, type LinkValues } from './schema';

/** Whether the word is shown alone or in a sentence. */
export type WordForm = 'alone' | 'sentence';

/** Subject of the table of splits: all tokenizers, or forms of the word. */
export type SplitTable = 'tokenizers' | 'forms';

const isOneLetter = (letter: string): boolean => graphemesOf(letter).texts.length === 1;

/** An emptied field counts nothing. */
const LETTER: LinkField<string | null> = {
	...valueField<string | null>('letter', null, 'one letter', (found) =>
		found === '' || isOneLetter(found) ? found : undefined
	),
	format: (letter) => (letter === '' || isOneLetter(letter) ? [letter.toWellFormed()] : []),
	escape: encodeURIComponent
};

/** Schema of links to Strawberry. The hash holds the word. */
export const STRAWBERRY_LINK = {
	tokenizers: tokenizers('t'),
	letter: LETTER,
	caseRule: oneOf('case', ['exact', 'alike'], 'alike'),
	/** The tokenizer whose merges are shown. */
	tracedTokenizer: tokenizer('merges'),
	form: oneOf<WordForm>('form', ['sentence', 'alone'], 'alone'),
	/** Merges done; `null` after the last. */
	step: whole('step', null, 0),
	table: oneOf<SplitTable>('table', ['tokenizers', 'forms'], 'tokenizers')
};

type Values = LinkValues<typeof STRAWBERRY_LINK>;

/** Settings of the page. In a link, `null` stands for the default. */
export type StrawberrySettings = {
	readonly [K in keyof Values]: K extends 'step' ? Values[K] : NonNullable<Values[K]>;
};
