import { resolveAlias } from '../../tokenizers/catalogue';
import { graphemesOf } from '../../tokenizers/graphemes';
import { tokenizers, type TokenizerNames } from './fields';
import { describeUnexpectedValue, describeUnknownTokenizers } from './messages';
import { escapeList, oneOf, valueField, type LinkField, type LinkValues } from './schema';

/** Whether the word is shown alone or in a sentence. */
export type WordForm = 'alone' | 'sentence';

const isOneLetter = (letter: string): boolean => graphemesOf(letter).texts.length === 1;

const LETTER: LinkField<string | null> = {
	...valueField<string | null>('letter', null, 'one letter', (found) =>
		isOneLetter(found) ? found : undefined
	),
	format: (letter) => (isOneLetter(letter) ? [letter.toWellFormed()] : []),
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
	form: oneOf<WordForm>('form', ['sentence', 'alone'], 'alone')
};

/** Settings of the page. In a link, `null` stands for the default. */
export type StrawberrySettings = {
	readonly [K in keyof typeof STRAWBERRY_LINK]: NonNullable<LinkValues<typeof STRAWBERRY_LINK>[K]>;
};
