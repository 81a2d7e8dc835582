/** Messages about links and session files that can't be opened at all or only in part. */
import { formatList, reasonOf } from '../format';
import { isSavedId } from '../tokenizers/saved-tokenizer';

export const describeUnexpectedValue = (name: string, found: string, expected: string): string =>
	`The link contains “${name}=${found}”; expected ${expected}.`;

const MAX_NAMED_FIELDS = 3;

export function describeUnknownFields(names: readonly string[]): string {
	const shown = names.slice(0, MAX_NAMED_FIELDS).map((name) => `“${name.slice(0, 40)}”`);
	return `The link contains ${formatList(shown)}, which this page does not recognise.`;
}

export const describeUnknownName = (kind: string, name: string): string =>
	`The link asks for the ${kind} “${name}”, which the lab does not have.`;

const SAVED_ELSEWHERE =
	'A link refers to saved tokenizers but does not contain them. Ask the sender to save the page as a file.';

/** @param problem why saved tokenizers may be missing */
export function describeUnknownTokenizers(
	ids: readonly string[],
	problem: string | null = null
): string {
	const names = formatList(ids.map((id) => `“${id}”`));
	const [subject, verb] = ids.length === 1 ? ['tokenizer', 'is'] : ['tokenizers', 'are'];
	const asked = `The link asks for the ${subject} ${names}, which ${verb}`;
	if (problem !== null) return `${asked} not in the catalogue. ${problem}`;
	const missing = `${asked} neither in the catalogue nor saved in this browser.`;
	return ids.some(isSavedId) ? `${missing} ${SAVED_ELSEWHERE}` : missing;
}

export const LINK_INPUT_NOT_OPENED =
	'You changed the input while the link was loading, so your input was kept. Open the link again to see its input.';

export const LINK_WITHOUT_HASH =
	'This link is incomplete: everything from “#” on is missing. That part specifies, for example, the text, changes to a tokenizer and the compared files.';

/** Explains why JSON in a link can't be read. Omits the parser's message, because that depends on the browser. */
export function describeUnreadablePart(part: string, error: unknown): string {
	const isCutOff = error instanceof SyntaxError;
	const reason = isCutOff ? 'the link is cut off or damaged' : reasonOf(error);
	return `The link’s ${part} cannot be read (${reason}).`;
}

export const describeNewerVersion = (what: string, found: unknown): string =>
	`This ${what} has version ${String(found)}, but this page reads version 1. Reload the page. If that does not help, the ${what} was made by a newer version of the lab.`;

export const describeSessionField = (field: string, expected: string): string =>
	`This saved page is damaged: expected ${expected} in “${field}”.`;
