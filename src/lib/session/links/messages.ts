/** Messages about links that cannot be opened, or only in part. */
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

/** Why neither side of a diff was opened, although only one cannot be read. */
export const SIDES_NOT_OPENED =
	'Neither tokenizer of the link was opened, because the comparison needs both. The rest of the link was.';
