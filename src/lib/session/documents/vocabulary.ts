import { SCRIPTS } from '../../languages/script';
import { tokenizer } from './fields';
import { flag, oneOf, text, valueField, whole } from './schema';

/** Kinds of tokens. Each token is of one. */
export const TOKEN_KINDS = ['ordinary', 'byte', 'partial', 'added', 'special'] as const;
export type TokenKindName = (typeof TOKEN_KINDS)[number];

/** Filters by whether a text can encode to a token, which takes a check of the whole vocabulary. */
export const REACH_FILTERS = ['unreachable', 'inside'] as const;
export type ReachFilter = (typeof REACH_FILTERS)[number];
export type KindFilter = TokenKindName | ReachFilter;

/** Groups of tokens by script. The first four are no scripts. */
export const SCRIPT_GROUPS: readonly string[] = [
	'No letters',
	'Mixed scripts',
	'Parts of characters',
	'Other scripts',
	...SCRIPTS
];

/** `bytes` and `characters` list the longest first. */
export const TOKEN_ORDERS = ['id', 'bytes', 'characters'] as const;
export type TokenOrder = (typeof TOKEN_ORDERS)[number];

const KIND_FILTERS: readonly KindFilter[] = [...TOKEN_KINDS, ...REACH_FILTERS];

/** What the vocabulary page shows. `?tokenizer=o200k_base&id=15717` is the permalink of a token. */
export const VOCABULARY_FIELDS = {
	tokenizer: tokenizer('tokenizer', 'o200k_base'),
	/** The token that is described. */
	chosen: whole('id', null, 0),
	search: { ...text('q', ''), isTyped: true },
	script: valueField<string | null>('script', null, 'a script, such as Latin', (found) =>
		SCRIPT_GROUPS.includes(found) ? found : undefined
	),
	kind: oneOf('kind', KIND_FILTERS, null),
	order: oneOf('sort', TOKEN_ORDERS, 'id'),
	/** Whether capitals and small letters differ in a search. */
	matchCase: flag('case'),
	/** Whether all tokens are listed, although none is searched for. */
	all: flag('all')
};
