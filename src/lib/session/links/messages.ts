/** Sentences about links that cannot be followed, or not in full. */

const AND = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const OR = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** "lines or whole", "a, b or c". */
export const describeChoice = (values: readonly string[]): string => OR.format(values);

export const describeUnexpectedValue = (name: string, found: string, expected: string): string =>
	`The link has “${name}=${found}”; expected ${expected}.`;

/** @param kind of what is named: "language" */
export const describeUnknownName = (kind: string, name: string): string =>
	`The link asks for the ${kind} “${name}”, which the lab does not have.`;

export function describeUnknownTokenizers(ids: readonly string[]): string {
	const names = AND.format(ids.map((id) => `“${id}”`));
	return ids.length === 1
		? `The link asks for the tokenizer ${names}, which is neither in the catalogue nor saved in this browser.`
		: `The link asks for the tokenizers ${names}, which are neither in the catalogue nor saved in this browser.`;
}

export const describeUnreadablePart = (part: string, reason: string): string =>
	`The link’s ${part} cannot be read (${reason}).`;
