/** A text cut where it parts from another one: what both begin with, what is its own, what both end with. */
export interface PartDifference {
	readonly before: string;
	readonly middle: string;
	readonly after: string;
}

/** Characters that are kept of what is the same, on either side of the difference. */
const CONTEXT = 160;

/** UTF-16 units that are compared at once. */
const STEP = 1024;

/** @param other the text to part from */
export function partDifference(text: string, other: string): PartDifference {
	const shorter = Math.min(text.length, other.length);
	let before = 0;
	// By whole pieces first: texts of a megabyte are compared while somebody scrolls.
	while (before + STEP <= shorter && other.startsWith(text.slice(before, before + STEP), before))
		before += STEP;
	while (before < shorter && text[before] === other[before]) before++;
	let after = 0;
	while (
		after + STEP <= shorter - before &&
		other.endsWith(
			text.slice(text.length - after - STEP, text.length - after),
			other.length - after
		)
	)
		after += STEP;
	while (
		after < shorter - before &&
		text[text.length - 1 - after] === other[other.length - 1 - after]
	)
		after++;
	// Neither end may lie inside a pair of surrogates.
	if (before > 0 && isLow(text, before)) before--;
	if (after > 0 && isLow(text, text.length - after)) after--;
	return {
		before: shortened(text.slice(0, before), 'start'),
		middle: shortenedMiddle(text.slice(before, text.length - after)),
		after: shortened(text.slice(text.length - after), 'end')
	};
}

/** Lists of hundreds of tokens are nothing to read. */
const MOST = 1200;

function shortenedMiddle(text: string): string {
	if (text.length <= MOST) return text;
	const [first, last] = [text.slice(0, MOST / 2), text.slice(-MOST / 2)];
	return `${first.replace(/[\uD800-\uDBFF]$/, '')} … ${last.replace(/^[\uDC00-\uDFFF]/, '')}`;
}

const isLow = (text: string, unit: number) => /[\uDC00-\uDFFF]/.test(text[unit] ?? '');

function shortened(text: string, edge: 'start' | 'end'): string {
	if (text.length <= CONTEXT) return text;
	return edge === 'start' ? `…${text.slice(-CONTEXT)}` : `${text.slice(0, CONTEXT)}…`;
}
