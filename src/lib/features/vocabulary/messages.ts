/** User-facing strings of the vocabulary page. */
import { formatCount, formatProgress, isolate, plural } from '../../session/format';
import type { KindFilter, TokenKindName, TokenOrder } from '../../session/documents/vocabulary';
import type { Progress } from '../../workers/protocol';
import type { FoundTokens, TokenQuery } from './find-tokens';
import type { VocabularySummary } from './summary';
import type { Reach } from './table';

export const KIND_NAMES: Readonly<Record<KindFilter, string>> = {
	ordinary: 'ordinary',
	byte: 'single byte',
	partial: 'partial UTF-8',
	added: 'added',
	special: 'special',
	unreachable: 'unreachable',
	inside: 'only in longer text'
};

export const KIND_DESCRIPTIONS: Readonly<Record<TokenKindName, string>> = {
	ordinary: 'ordinary token',
	byte: 'a single byte; together, the single-byte tokens can spell any text',
	partial: 'partial UTF-8: its bytes are not whole characters',
	added: 'added token: matched in the text before merging',
	special:
		'special token: a marker, for example of the end of a text; ordinary text never encodes to it'
};

export const REACH_DESCRIPTIONS: Readonly<Record<Reach, string>> = {
	untested: 'not checked: no text encodes to a special token',
	own: 'yes: its own text encodes to it',
	inside: 'only inside longer text: on its own, its text encodes to other tokens',
	proven: 'no: merging never produces it, or no UTF-8 text contains its bytes',
	unreachable:
		'no text found: its own text encodes to other tokens, and so does every longer text we tried',
	partial: 'no text found: its bytes are not whole characters, and no text we tried encodes to it'
};

export const REACH_METHOD =
	'Unreachable: the token’s own text does not encode to it (Land and Bartolo, 2024), and neither does any longer text we tried. Partial UTF-8 tokens have no text of their own, so they count as unreachable only if no text can contain their bytes or merging never produces them.';

export const ORDER_NAMES: Readonly<Record<TokenOrder, string>> = {
	id: 'by id',
	bytes: 'longest in bytes',
	characters: 'longest in characters'
};

/** "1,204 tokens of kind special, in Latin: 2 exact, 30 begin with it, 1,172 contain it" */
export function describeFound(
	found: FoundTokens,
	{ search, kind, script }: Pick<TokenQuery, 'search' | 'kind' | 'script'>
): string {
	const { ids, exact, beginning } = found;
	const filters = [
		kind === null ? '' : ` of kind ${KIND_NAMES[kind]}`,
		script === null ? '' : ` in ${script}`
	];
	const all = plural(ids.length, 'token') + filters.filter(Boolean).join(',');
	if (search === '' || ids.length === 0) return all;
	const inside = ids.length - exact - beginning;
	const parts = [
		exact > 0 ? `${formatCount(exact)} exact` : '',
		beginning > 0 ? `${formatCount(beginning)} begin${beginning === 1 ? 's' : ''} with it` : '',
		inside > 0 ? `${formatCount(inside)} contain${inside === 1 ? 's' : ''} it` : ''
	];
	return `${all}: ${parts.filter(Boolean).join(', ')}`;
}

/** Says why a list is empty. @param script name of the only script listed; `null` for any script */
export function describeNothing(search: string, script: string | null): string {
	const where = script === null ? '' : ` in ${script} script`;
	return search === ''
		? `There are no tokens of this kind${where}.`
		: `No token${where} matches “${isolate(search)}”.`;
}

export const describeUnreachable = (count: number): string =>
	count === 0
		? ''
		: `${plural(count, 'token')} never ${count === 1 ? 'occurs' : 'occur'} in any text.`;

export const WHY_UNREACHABLE =
	'No valid text contains the bytes of these tokens, or merging never produces them.';
export const NO_UNREACHABLE = 'Every token occurs in some text.';
export const CHECK_STOPPED = 'Stopped.';
export const LIST_NEEDED = 'Search or list tokens first';

export const describeChecking = (progress: Progress | null): string =>
	progress?.phase === 'encode'
		? `Encoding every token: ${formatProgress(progress.share)}`
		: 'Encoding every token';

export const describeMissingToken = (id: number, name: string, ids: number): string =>
	id < ids
		? `Id ${id} of ${name} has no token: the vocabulary skips this id.`
		: `${name} has no id ${id}; the largest id is ${ids - 1}.`;

export const describeLength = (bytes: number, characters: number): string =>
	`${plural(bytes, 'byte')}, ${plural(characters, 'character')}`;

/** "2 of the tokens are special. 19 of 200,019 ids are not used." */
export function describeIds({
	ids,
	tokens,
	special
}: Pick<VocabularySummary, 'ids' | 'tokens' | 'special'>): string {
	const unused = ids - tokens;
	const use =
		unused === 0
			? ''
			: ` ${formatCount(unused)} of ${plural(ids, 'id')} ${unused === 1 ? 'is' : 'are'} not used.`;
	if (special === 0) return `None of the tokens is special.${use}`;
	return `${formatCount(special)} of the tokens ${special === 1 ? 'is' : 'are'} special.${use}`;
}

export const describeNormalizer = (steps: readonly string[]): string =>
	steps.length === 0 ? 'none: the text stays as it is' : `${steps.join('. ')}.`;

export const COPIED_TEMPLATE = 'Copied the template.';
export const NOT_COPIED_TEMPLATE = 'Select the text and copy it.';
export const TEMPLATE_NOT_LOADED =
	'The template could not be loaded. Check the connection and reload the page.';
