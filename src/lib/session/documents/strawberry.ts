import { graphemesOf } from '../../tokenizers/graphemes';
import { tokenizer, tokenizers } from './fields';
import { oneOf, valueField, type LinkField } from './schema';

/** Whether the word stands alone or in a sentence. */
export const WORD_FORMS = ['alone', 'sentence'] as const;
export type WordForm = (typeof WORD_FORMS)[number];

/** How the word is spelled in the table of all tokenizers. */
export const SPELLINGS = ['typed', 'capitalised', 'upper', 'hyphenated'] as const;
export type Spelling = (typeof SPELLINGS)[number];

const isOneLetter = (letter: string): boolean => graphemesOf(letter).texts.length === 1;

/** An empty field means that no letter is counted. */
const LETTER: LinkField<string> = {
	...valueField('letter', 'r', 'one letter', (found) =>
		found === '' || isOneLetter(found) ? found : undefined
	),
	format: (letter) => (letter === '' || isOneLetter(letter) ? [letter.toWellFormed()] : []),
	escape: encodeURIComponent
};

/** Word to show if the address doesn't contain one. */
export const FIRST_WORD = 'strawberry';
export const FIRST_TRACED_TOKENIZER = 'cl100k_base';

/** State of the Strawberry page, other than the word. */
export const STRAWBERRY_FIELDS = {
	/** Includes llama2, which splits the word even in a sentence. */
	tokenizers: tokenizers('t', ['cl100k_base', 'o200k_base', 'gpt2', 'llama2']),
	letter: LETTER,
	caseRule: oneOf('case', ['exact', 'alike'], 'alike'),
	tracedTokenizer: tokenizer('merges', FIRST_TRACED_TOKENIZER),
	form: oneOf('form', WORD_FORMS, 'alone'),
	spelling: oneOf('spelling', SPELLINGS, 'typed')
};
