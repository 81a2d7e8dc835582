import { splitsPair } from '../../engine/text';
import type { FirstDifference } from '../types';

/** How much of each side is shown from there on, in UTF-16 units. */
const SHOWN = 40;

/** Where two texts part; null when they do not. */
export function firstDifference(a: string, b: string): FirstDifference | null {
	if (a === b) return null;
	let at = 0;
	while (at < a.length && at < b.length && a[at] === b[at]) at++;
	if (splitsPair(a, at) || splitsPair(b, at)) at--;
	return { at, a: excerpt(a, at), b: excerpt(b, at) };
}

function excerpt(text: string, at: number): string {
	const end = at + SHOWN;
	return end < text.length
		? `${text.slice(at, splitsPair(text, end) ? end - 1 : end)}…`
		: text.slice(at);
}
