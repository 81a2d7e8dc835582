/** Messages about links and session files that cannot be opened, or only in part. */
import { formatList } from '../format';

export const describeUnexpectedValue = (name: string, found: string, expected: string): string =>
	`The link has “${name}=${found}”; expected ${expected}.`;

/** @param kind of the named thing: "language" */
export const describeUnknownName = (kind: string, name: string): string =>
	`The link asks for the ${kind} “${name}”, which the lab does not have.`;

export function describeUnknownTokenizers(ids: readonly string[]): string {
	const names = formatList(ids.map((id) => `“${id}”`));
	return ids.length === 1
		? `The link asks for the tokenizer ${names}, which is neither in the catalogue nor saved in this browser.`
		: `The link asks for the tokenizers ${names}, which are neither in the catalogue nor saved in this browser.`;
}

export const describeUnknownModels = (tokenizers: readonly string[]): string =>
	`The link asks for a model of ${formatList(tokenizers)} whose price the lab does not know.`;

export const LINK_INPUT_NOT_OPENED =
	'You changed the input while the link was loading, so your input was kept. Open the link again to see its own.';

export const describeUnreadablePart = (part: string, reason: string): string =>
	`The link’s ${part} cannot be read (${reason}).`;

export const describeNewerSession = (found: unknown, expected: number): string =>
	`This session file has version ${String(found)}, but this page reads version ${expected}. Reload the page. If that does not help, a newer version of the lab made the file.`;

export const describeSessionField = (field: string, expected: string): string =>
	`This session file is damaged: expected ${expected} in “${field}”.`;
