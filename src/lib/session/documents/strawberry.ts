import { graphemesOf } from '../../tokenizers/graphemes';
import { tokenizer, tokenizers } from './fields';
import { oneOf, valueField, whole, type LinkField } from './schema';

/** Whether the word is shown alone or in a sentence. */
export type WordForm = 'alone' | 'sentence';

/** Subject of the table of splits: all tokenizers, or forms of the word. */
export type SplitTable = 'tokenizers' | 'forms';

const isOneLetter = (letter: string): boolean => graphemesOf(letter).texts.length === 1;

/** An emptied field counts nothing. */
const LETTER: LinkField<string> = {
	...valueField('letter', 'r', 'one letter', (found) =>
		found === '' || isOneLetter(found) ? found : undefined
	),
	format: (letter) => (letter === '' || isOneLetter(letter) ? [letter.toWellFormed()] : []),
	escape: encodeURIComponent
};

/** The word of a plain address. */
export const FIRST_WORD = 'strawberry';
/** The tokenizer whose merges are shown at first. */
export const FIRST_TRACED_TOKENIZER = 'cl100k_base';

/** What Strawberry shows, next to the word. */
export const STRAWBERRY_FIELDS = {
	/** Includes llama2, which splits the word in a sentence, too. */
	tokenizers: tokenizers('t', ['cl100k_base', 'o200k_base', 'gpt2', 'llama2']),
	letter: LETTER,
	caseRule: oneOf('case', ['exact', 'alike'], 'alike'),
	/** The tokenizer whose merges are shown. */
	tracedTokenizer: tokenizer('merges', FIRST_TRACED_TOKENIZER),
	form: oneOf<WordForm>('form', ['sentence', 'alone'], 'alone'),
	/** Merges done; `null` after the last. */
	step: whole('step', null, 0),
	table: oneOf<SplitTable>('table', ['tokenizers', 'forms'], 'tokenizers')
};
