import { SCRIPTS } from '../../languages/script';
import { tokenizer } from './fields';
import { flag, oneOf, text, valueField, whole } from './schema';

/** Kinds of tokens. Each token has exactly one kind. */
export const TOKEN_KINDS = ['ordinary', 'byte', 'partial', 'added', 'special'] as const;
export type TokenKindName = (typeof TOKEN_KINDS)[number];

/** Reachability filters, which require a check of the whole vocabulary. */
export const REACH_FILTERS = ['unreachable', 'inside'] as const;
export type ReachFilter = (typeof REACH_FILTERS)[number];
export type KindFilter = TokenKindName | ReachFilter;

/** Groups of tokens by script. The first four groups aren't scripts. */
export const SCRIPT_GROUPS: readonly string[] = [
	'No letters',
	'Mixed scripts',
	'Parts of characters',
	'Other scripts',
	...SCRIPTS
];

/** `bytes` and `characters` list the longest tokens first. */
export const TOKEN_ORDERS = ['id', 'bytes', 'characters'] as const;
export type TokenOrder = (typeof TOKEN_ORDERS)[number];

const KIND_FILTERS: readonly KindFilter[] = [...TOKEN_KINDS, ...REACH_FILTERS];

/** State of the vocabulary page. `?tokenizer=o200k_base&id=15717` is the permalink of a token. */
export const VOCABULARY_FIELDS = {
	tokenizer: tokenizer('tokenizer', 'o200k_base'),
	/** The token described in detail. */
	chosen: whole('id', null, 0),
	search: { ...text('q', ''), isTyped: true },
	script: valueField<string | null>('script', null, 'a script, such as Latin', (found) =>
		SCRIPT_GROUPS.includes(found) ? found : undefined
	),
	kind: oneOf('kind', KIND_FILTERS, null),
	order: oneOf('sort', TOKEN_ORDERS, 'id'),
	/** Whether the search is case-sensitive. */
	matchCase: flag('case'),
	/** Whether to list all tokens while the search is empty. */
	all: flag('all')
};
